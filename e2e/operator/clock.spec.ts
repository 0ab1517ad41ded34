/** The clock at the desk: an operator steps to the next event and sees it arrive; a refusal stands beside its field; others only look. */
import { expect, LOCALES, test, texts } from '../fixtures';
import { button, field } from '../fixtures/forms';
import { runJob } from '../fixtures/jobs';

for (const locale of LOCALES) {
  const t = texts(locale, 'clock');

  test(`an operator steps to the next event and sees it arrive [${locale}]`, async ({ page, site, clock, login }) => {
    const before = await clock.now();
    const [next] = await site.sql<{ at: Date }[]>`select at from upcoming_events(1)`;
    await login('usOperator');
    await page.goto(`/${locale}/operator/clock`);
    await button(page, t('move.target.event')).click();
    await expect(page.getByRole('heading', { level: 2, name: t('run.under-way') })).toBeVisible();
    await expect(page.getByRole('progressbar')).toBeVisible();
    await expect(button(page, t('move.target.event'))).toHaveCount(0);
    await runJob(site, 'advance-clock');
    // The page looks by itself.
    await expect(page.getByText(t('run.arrived', { events: 1 }))).toBeVisible();
    const after = await clock.now();
    expect(after).toEqual(next?.at);
    expect(after.getTime()).toBeGreaterThan(before.getTime());
  });

  test(`a date in the past is refused beside its field and stays typed [${locale}]`, async ({ page, login }) => {
    await login('jpOperator');
    await page.goto(`/${locale}/operator/clock`);
    const date = field(page, locale, t('move.date'));
    await date.fill('2020-01-01T09:00');
    await button(page, t('move.to-act')).click();
    await expect(date).toHaveAccessibleDescription(texts(locale, 'errors')('clock.backwards'));
    await expect(date).toHaveValue('2020-01-01T09:00');
    const duration = field(page, locale, t('move.duration'));
    await duration.fill('-3');
    await button(page, t('move.for-act')).click();
    await expect(duration).toHaveAccessibleDescription(texts(locale, 'errors')('clock.duration'));
    await expect(duration).toHaveValue('-3');
  });

  test.describe(() => {
    test.use({ javaScriptEnabled: false });

    test(`without a script it is moved and stopped on its way [${locale}]`, async ({ page, clock, login }) => {
      const before = await clock.now();
      await login('usOperator');
      await page.goto(`/${locale}/operator/clock`);
      await field(page, locale, t('move.duration')).fill('２');
      await button(page, t('move.for-act')).click();
      await expect(page.getByRole('progressbar')).toBeVisible();
      await button(page, t('move.stop')).click();
      await expect(page.getByText(t('mode.FROZEN'))).toBeVisible();
      await expect(page.getByText(t('run.stopped', { events: 0 }))).toBeVisible();
      expect(await clock.now()).toEqual(before);
    });
  });

  test(`who only looks finds nothing to move [${locale}]`, async ({ page, login }) => {
    await login('auditor');
    await page.goto(`/${locale}/operator/clock`);
    await expect(page.getByRole('heading', { name: t('events.title') })).toBeVisible();
    await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
  });
}
