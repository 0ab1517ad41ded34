/** A day on which a market closes by joint approval: what signers are shown, and what citizens then see of it on the calendar, their order, and by mail. */
import { randomUUID } from 'node:crypto';
import { formatDate, formatDay } from '@/lib/i18n/format';
import { expect, LOCALES, type PersonaName, texts } from '../fixtures';
import { dealingTest } from '../fixtures/dealing';
import { button, field } from '../fixtures/forms';
import { runJob } from '../fixtures/jobs';
import { openProspectus } from '../fixtures/people';

const WORDS = {
  en: {
    nameEn: 'National Day of Mourning',
    nameJa: '国民追悼日',
    reasonEn: 'Proclaimed on November 20.',
    reasonJa: '11月20日の布告による。',
  },
  ja: {
    nameEn: 'Day of Mourning',
    nameJa: '国葬の日',
    reasonEn: 'Decided by the Cabinet.',
    reasonJa: '閣議決定による。',
  },
} as const;
const test = dealingTest();

for (const locale of LOCALES) {
  const [country, classId] = locale === 'ja' ? (['JP', 2] as const) : (['US', 1] as const);
  const words = WORDS[locale];
  const [name, reason] = locale === 'ja' ? [words.nameJa, words.reasonJa] : [words.nameEn, words.reasonEn];

  test.describe(() => {
    test.use({ locale: locale === 'ja' ? 'ja-JP' : 'en-US' });

    test(`a market that closes moves the orders that wait [${locale}]`, async ({
      page,
      site,
      clock,
      login,
      newCitizen,
      outbox,
    }) => {
      test.slow();
      const [t, change, calendar] = [
        texts(locale, 'proposals'),
        texts(locale, 'governance'),
        texts(locale, 'calendar'),
      ];
      // Saturday noon in Tokyo: Friday’s orders have closed in New York too, and those of the next dealing day come in.
      await clock.set(new Date('2026-11-21T03:00:00Z'));
      const nextDay = async () =>
        (
          await site.sql<{ day: string }[]>`
            select dealing_date::text as day from dealing_session(${classId}::smallint, app_now())`
        )[0]?.day ?? '';
      const day = await nextDay();
      const { id, email } = await newCitizen(country, 10_000_000n);
      const key = randomUUID();
      await openProspectus(site, id, locale);
      const placed = await site.sql<{ code: string | null }[]>`
        select code from place_dealing_order(${id}::bigint, ${key}::text::uuid, ${classId}::smallint, 'BUY_AMOUNT', 100000, ${day}::text::date,
                                             ${locale}::text::locale, true)`;
      expect([...placed]).toEqual([{ code: null }]);

      await login('usOperator2');
      await page.goto(`/${locale}/operator/proposals/new/holiday-change`);
      await field(page, locale, t('form.market')).selectOption(country);
      for (const part of ['nameEn', 'nameJa'] as const)
        await page.getByLabel(`${t(`form.${part}`)} ${t('form.name-need')}`, { exact: true }).fill(words[part]);
      for (const part of ['reasonEn', 'reasonJa'] as const)
        await field(page, locale, t(`form.${part}`)).fill(words[part]);
      await field(page, locale, t('form.holiday')).fill('2026-11-20');
      await button(page, t('form.act')).click();
      await expect(page.getByRole('alert', { name: texts(locale, 'common')('form.summary') })).toContainText(
        texts(locale, 'errors')('holiday.cut-off-passed'),
      );
      await field(page, locale, t('form.holiday')).fill(day);
      await button(page, t('form.act')).click();
      await expect(page.getByText(t('done.proposed'))).toBeVisible();

      const [proposal] = await site.sql<{ id: string }[]>`select id from proposals order by number desc limit 1`;
      const sign = async (who: PersonaName) => {
        await login(who);
        await page.goto(`/${locale}/operator/proposals/${proposal?.id}`);
        // Before they sign they see which orders move, and from when to when.
        const row = page
          .getByRole('row')
          .filter({ hasText: change('change.move-ORDER', { code: country, orders: 1, buys: 'yes' }) });
        await expect(row).toContainText(formatDate(locale, day));
        await button(page, t('sign.act')).click();
      };
      await sign('usOperator');
      await expect(page.getByText(t('done.signed'))).toBeVisible();
      await sign('jpOperator');
      await expect(page.getByText(t('done.executed'))).toBeVisible();

      const moved = await nextDay();
      expect(moved > day).toBe(true);
      await page.goto(`/${locale}/calendar?month=2026-11`);
      const changes = page.getByRole('region', { name: calendar('changes.title') });
      await expect(changes).toContainText(name);
      await expect(changes).toContainText(reason);
      await expect(
        page
          .getByRole('region', { name: calendar('month.title') })
          .getByRole('listitem')
          .filter({ hasText: name }),
      ).toContainText(formatDay(locale, day));

      await login(id);
      await page.goto(`/${locale}/orders/${key}`);
      const tracker = page.getByRole('main');
      await expect(tracker).toContainText(texts(locale, 'tracker')('now.moved', { day: formatDay(locale, moved) }));
      await expect(tracker).toContainText(reason);
      await runJob(site, 'tell-moved-days');
      const mail = await outbox.latestTo(email);
      expect(mail.body).toContain(formatDay(locale, moved));
      expect(mail.body).toContain(reason);
    });
  });
}
