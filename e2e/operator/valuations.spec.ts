/** A day's value on the desk and in public: brought in a file, held, published by both sides, and corrected. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, LOCALES, type Locale, type PersonaName, test, texts } from '../fixtures';
import { button, field } from '../fixtures/forms';
import type { Site } from '../fixtures/site';

/** The next day to be valued, whatever other tests have valued, with net assets a fifth above the last ones, and with a rate if it has none. */
async function nextDay(site: Site): Promise<{ day: string; high: string; sound: string; rate: string }> {
  const [row] = await site.sql<{ day: string; net: bigint; rate: string }[]>`
    select d.day::text as day, v.net_assets_usd_minor as net,
           case when exists (select 1 from fx_rates f where f.rate_date = d.day) then '' else round(v.jpy_per_usd_e4 / 10000.0, 4)::text end as rate
      from valuations v cross join lateral (select working_day_after(v.nav_date, 1) as day) d
     where v.state = 'PUBLISHED' order by v.nav_date desc limit 1`;
  if (!row) throw new Error('The fund has no books.');
  const dollars = (cents: bigint) => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
  return { day: row.day, high: dollars((row.net * 6n) / 5n), sound: dollars(row.net), rate: row.rate };
}

async function signNewest(
  page: Page,
  locale: Locale,
  site: Site,
  login: (who: PersonaName) => Promise<string>,
  who: PersonaName,
) {
  await login(who);
  const [row] = await site.sql<{ id: string }[]>`select id from proposals order by number desc limit 1`;
  await page.goto(`/${locale}/operator/proposals/${row?.id}`);
  await button(page, texts(locale, 'proposals')('sign.act')).click();
}

for (const locale of LOCALES) {
  test.describe(() => {
    test.use({ locale: locale === 'ja' ? 'ja-JP' : 'en-US' });
    test.slow();

    test(`a value from a file is held, published by both sides, and corrected [${locale}]`, async ({
      page,
      site,
      clock,
      login,
    }) => {
      const t = texts(locale, 'valuations');
      const fund = texts(locale, 'fund');
      const proposals = texts(locale, 'proposals');
      const { day, high, sound, rate } = await nextDay(site);
      await clock.set(new Date(`${day}T23:30:00Z`));

      await login('manager');
      await page.goto(`/${locale}/operator/valuations`);
      await page.getByRole('link', { name: t('import.title') }).click();
      await page.getByLabel(t('import.csv')).fill('nav_date,nav\n1,2');
      await button(page, t('import.act')).click();
      await expect(page.getByRole('alert', { name: texts(locale, 'common')('form.summary') })).toContainText(
        texts(locale, 'errors')('valuation.file-shape'),
      );
      const csv = `nav_date,net_assets_usd,usd_jpy\r\n${day},${high},${rate}\r\n`;
      await page.getByLabel(t('import.file')).setInputFiles({
        name: 'nav.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(csv),
      });
      await button(page, t('import.act')).click();
      await expect(page.getByText(t('imported', { state: t('state.HELD') }))).toBeVisible();
      await expect(page.getByRole('heading', { level: 2, name: t('reason.JUMP') })).toBeVisible();

      await page.goto(`/${locale}/fund`);
      const hold = page
        .getByRole('region')
        .or(page.locator('section'))
        .filter({
          has: page.getByRole('heading', { name: fund('valuation.held-title') }),
        });
      await expect(hold.last()).toContainText(fund('valuation.reason.JUMP'));

      await page.goto(`/${locale}/operator/valuations/${day}`);
      await field(page, locale, t('publish.remark')).fill(randomUUID());
      await button(page, t('publish.act')).click();
      await expect(page.getByText(proposals('done.proposed'))).toBeVisible();
      await signNewest(page, locale, site, login, 'usOperator');
      await expect(page.getByText(proposals('done.signed'))).toBeVisible();
      await signNewest(page, locale, site, login, 'jpOperator');
      await expect(page.getByText(proposals('done.executed'))).toBeVisible();

      await page.goto(`/${locale}/fund`);
      await expect(page.getByText(fund('valuation.approved'))).toBeVisible();
      await expect(page.getByRole('heading', { name: fund('valuation.held-title') })).toHaveCount(0);

      await login('manager');
      await page.goto(`/${locale}/operator/valuations/${day}`);
      await field(page, locale, t('correct.net-assets')).fill(sound);
      await field(page, locale, t('correct.remark')).fill(randomUUID());
      await button(page, t('correct.act')).click();
      await expect(page.getByText(proposals('done.proposed'))).toBeVisible();
      await signNewest(page, locale, site, login, 'usOperator2');
      await expect(page.getByText(proposals('done.signed'))).toBeVisible();
      await signNewest(page, locale, site, login, 'jpOperator2');
      await expect(page.getByText(proposals('done.executed'))).toBeVisible();

      await page.goto(`/${locale}/operator/valuations/${day}`);
      const revisions = page.getByRole('table', { name: t('revisions') });
      await expect(revisions.getByRole('row').filter({ hasText: t('source.CORRECTION') })).toContainText(
        t('state.PUBLISHED'),
      );
      await expect(revisions.getByRole('row').filter({ hasText: t('source.IMPORT') })).toContainText(
        t('state.SUPERSEDED'),
      );
      await page.goto(`/${locale}/fund`);
      await expect(page.getByText(fund('valuation.corrected'))).toBeVisible();
      await page.goto(`/${locale}/governance`);
      await expect(
        page.getByRole('heading', { name: texts(locale, 'governance')('kind.NAV_CORRECTION') }).first(),
      ).toBeVisible();
    });
  });
}
