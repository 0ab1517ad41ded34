/** A published value that was a per cent too low: what signers are shown, what becomes of an order that was dealt at it, and what its owner is told. */
import { randomUUID } from 'node:crypto';
import { formatPrice, formatUnits } from '@/lib/i18n/format';
import { expect, LOCALES, type PersonaName, texts } from '../fixtures';
import { axeFindings, tooWide } from '../fixtures/accessible';
import { dealingTest } from '../fixtures/dealing';
import { button, field } from '../fixtures/forms';
import { runJob } from '../fixtures/jobs';
import { openProspectus } from '../fixtures/people';

const DAY = '2026-11-18';

for (const locale of LOCALES) {
  const test = dealingTest();
  const [country, classId, decimals] = locale === 'ja' ? (['JP', 2, 0] as const) : (['US', 1, 3] as const);

  test.describe(() => {
    test.use({ locale: locale === 'ja' ? 'ja-JP' : 'en-US' });

    test(`an order that was dealt at a wrong value is dealt again [${locale}]`, async ({
      page,
      site,
      clock,
      login,
      newCitizen,
      outbox,
    }) => {
      test.slow();
      const change = texts(locale, 'governance');
      const proposals = texts(locale, 'proposals');
      const valuations = texts(locale, 'valuations');
      const { id, email } = await newCitizen(country, 10_000_000n);
      const key = randomUUID();
      await openProspectus(site, id, locale);
      await clock.set(new Date(`${DAY}T03:00:00Z`));
      const placed = await site.sql<{ code: string | null }[]>`
        select code from place_dealing_order(${id}::bigint, ${key}::text::uuid, ${classId}::smallint, 'BUY_AMOUNT', 100000, ${DAY}::text::date,
                                             ${locale}::text::locale, true)`;
      expect([...placed]).toEqual([{ code: null }]);
      await clock.set(new Date('2026-11-19T00:00:00Z'));
      await runJob(site, 'run-due');
      const unitsNow = async () =>
        (await site.sql<{ units: bigint }[]>`select units from holdings where investor_id = ${id}`)[0]?.units ?? 0n;
      const before = await unitsNow();
      const [value] = await site.sql<{ net: string }[]>`
        select round(net_assets_usd_minor * 1.01 / 100, 2)::text as net from valuations where nav_date = ${DAY} and state = 'PUBLISHED'`;

      await login('manager');
      await page.goto(`/${locale}/operator/valuations/${DAY}`);
      await field(page, locale, valuations('correct.net-assets')).fill(value?.net ?? '');
      await field(page, locale, valuations('correct.remark')).fill(randomUUID());
      await button(page, valuations('correct.act')).click();
      await expect(page.getByText(proposals('done.proposed'))).toBeVisible();
      const [proposal] = await site.sql<{ id: string }[]>`select id from proposals order by number desc limit 1`;
      const sign = async (who: PersonaName) => {
        await login(who);
        await page.goto(`/${locale}/operator/proposals/${proposal?.id}`);
        // Before they sign they see how far it is, and what it does to orders.
        const row = page.getByRole('row').filter({ hasText: change('change.redealt', { code: country }) });
        await expect(row).toContainText(locale === 'ja' ? '1件' : '1 order is dealt again');
        await button(page, proposals('sign.act')).click();
      };
      await sign('usOperator');
      await expect(page.getByText(proposals('done.signed'))).toBeVisible();
      await sign('jpOperator');
      await expect(page.getByText(proposals('done.executed'))).toBeVisible();

      await runJob(site, 'run-due');
      const after = await unitsNow();
      expect(after).toBeLessThan(before);
      await login(id);
      await page.goto(`/${locale}/orders/${key}`);
      const deals = page.getByRole('main');
      await expect(deals).toContainText(formatUnits(locale, after, decimals));
      await expect(deals).toContainText(formatUnits(locale, before, decimals));
      const mail = await outbox.latestTo(email);
      expect(mail.subject).toMatch(locale === 'ja' ? /基準価額の訂正/ : /price was wrong/);

      // Everybody sees the price in force, that the day was corrected, and what stood before.
      const prices = texts(locale, 'fund.prices');
      const [shown] = await site.sql<{ price: bigint; before: bigint }[]>`
        select c.price, c.price_before as before from dealing_corrections c where c.class_id = ${classId} and c.dealing_date = ${DAY}`;
      await page.goto(`/${locale}/fund/prices/${country.toLowerCase()}/1m`);
      const corrected = page.getByRole('region', { name: prices('corrections') }).getByRole('listitem');
      const priceText = (price = 0n) =>
        formatPrice(locale, price, country === 'US' ? 'USD' : 'JPY', country === 'US' ? 4 : 0);
      await expect(corrected).toContainText(priceText(shown?.price));
      await expect(corrected).toContainText(priceText(shown?.before));

      // Where units are bought, too: the newest published price, and the ways to an order and to the prices before it.
      const nav = texts(locale, 'offerings');
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(`/${locale}/offerings`);
      const atNav = page.getByRole('region', { name: nav('nav.title') });
      await expect(atNav).toContainText(priceText(shown?.price));
      expect(await axeFindings(page)).toEqual([]);
      expect(await tooWide(page)).toEqual([]);
      const own = atNav.getByRole('article').filter({ hasText: nav(`who.${country}`) });
      await expect(own.getByRole('link')).toHaveText([nav('nav.buy'), nav('nav.sell'), nav('nav.prices')]);
    });
  });
}
