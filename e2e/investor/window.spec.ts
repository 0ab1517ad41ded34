/** A window as a citizen lives it: subscribe, change, withdraw, subscribe again, and after the close the result, the refund and the units. */
import { startAllotment } from '@/db/test-window';
import { formatMoney, formatUnits } from '@/lib/i18n/format';
import { expect, test, texts } from '../fixtures';
import type { Site } from '../fixtures/site';
import { CLASSES, costOf, ownOffering, press, priceOf, Ticket } from './ticket';

const CITIZENS = [
  { country: 'US', locale: 'en', units: '4', unitParts: 4_000n, more: '9', moreParts: 9_000n },
  { country: 'JP', locale: 'ja', units: '40000', unitParts: 40_000n, more: '90000', moreParts: 90_000n },
] as const;

/** A window of five lots that is open for another day. */
async function ownWindow(site: Site, country: 'US' | 'JP') {
  const lot = country === 'US' ? 1_000n : 10_000n;
  const slug = await ownOffering(site, country, 5n * lot, lot);
  const [row] = await site.sql<{ id: number; closes: Date }[]>`
    update offerings set method = 'QUANTITY_CEILING', lot_units = ${lot}, max_units = ${20n * lot}, show_demand = true,
           closes_at = app_now() + interval '1 day' where slug = ${slug} returning id, closes_at as closes`;
  if (!row) throw new Error('The window is not there.');
  return { slug, ...row };
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    for (const { country, locale, units, unitParts, more, moreParts } of CITIZENS) {
      test(`a citizen subscribes, changes, withdraws, and gets a part [${locale}]`, async ({
        page,
        site,
        login,
        newCitizen,
        clock,
      }) => {
        // A long walk: a dozen pages and the run of an allotment.
        test.setTimeout(120_000);
        const { id } = await newCitizen(country, 1_000_000n);
        await login(id);
        const { currency, unitDecimals } = CLASSES[country];
        const { id: offering, slug, closes } = await ownWindow(site, country);
        const price = await priceOf(site, slug);
        const t = texts(locale, 'subscription');
        const shown = (parts: bigint) => formatUnits(locale, parts, unitDecimals);
        const money = (parts: bigint) => formatMoney(locale, costOf(country, parts, price), currency);
        const reserved = async () => {
          const [wallet] = await site.sql<{ reserved: bigint }[]>`
            select reserved from wallets where investor_id = ${id} and asset_id = (select id from assets where code = ${currency})`;
          return wallet?.reserved;
        };

        const ticket = new Ticket(page, locale);
        // The version was agreed to with the first subscription, and is not asked for again.
        const confirm = async (name: 'window.confirm' | 'window.confirm-change') => {
          await expect(page.getByText(ticket.t('review.agreed-note'))).toBeVisible();
          await expect(page.getByRole('checkbox')).toHaveCount(0);
          await page.getByRole('button', { name: ticket.t(name), exact: true }).click();
        };
        await ticket.subscribe(slug, units);
        expect(await reserved()).toBe(costOf(country, unitParts, price));
        await ticket.open(slug);
        await expect(page.getByRole('heading', { name: ticket.t('window.standing.title') })).toBeVisible();
        await page.getByRole('link', { name: ticket.t('window.standing.go') }).click();

        await page.getByRole('link', { name: t('standing.change'), exact: true }).click();
        await expect(page.getByText(ticket.t('window.change.available', { held: money(unitParts) }))).toBeVisible();
        await page.getByRole('textbox').fill(more);
        await press(page, ticket.t('window.ticket.submit'));
        const difference = formatMoney(
          locale,
          costOf(country, moreParts, price) - costOf(country, unitParts, price),
          currency,
        );
        await expect(page.getByText(ticket.t('window.change.more', { amount: difference }))).toBeVisible();
        await confirm('window.confirm-change');
        await expect(page.getByText(t('done.CHANGED'))).toBeVisible();
        expect(await reserved()).toBe(costOf(country, moreParts, price));

        await page.getByText(t('standing.withdraw'), { exact: true }).click();
        await page.getByRole('button', { name: t('standing.withdraw-confirm') }).click();
        await expect(page.getByText(t('done.WITHDRAWN'))).toBeVisible();
        expect(await reserved()).toBe(0n);

        await page.getByRole('link', { name: t('next.again') }).click();
        await ticket.ask('BUY_UNITS', more, 'window.');
        await confirm('window.confirm');
        await expect(page.getByText(t('done.PLACED'))).toBeVisible();

        // The clock closes the window; the operators' part is played by the owner of the database.
        await clock.set(closes);
        await site.sql`select advance_offerings()`;
        await site.sql`select list_closed_windows()`;
        await page.goto(`/${locale}/subscriptions/${slug}`);
        await expect(page.getByText(t('next.listed'))).toBeVisible();
        await startAllotment(site.sql, offering);
        const [run] = await site.sql<{ fence: number }[]>`select claim_allotment(${offering}, 60) as fence`;
        for (let step = 0; step < 4; step += 1)
          await site.sql`select advance_allotment(${offering}, ${run?.fence ?? 0})`;

        await page.reload();
        const got = moreParts === 9_000n ? 5_000n : 50_000n;
        await expect(page.getByText(t('outcome.got-title', { units: shown(got) }))).toBeVisible();
        const refund = costOf(country, moreParts, price) - costOf(country, got, price);
        const outcome = page.getByRole('region', { name: t('outcome.title') });
        await expect(outcome).toContainText(money(got));
        await expect(outcome).toContainText(formatMoney(locale, refund, currency));
        expect(await reserved()).toBe(0n);
        const [holding] = await site.sql<{ units: bigint }[]>`select units from holdings where investor_id = ${id}`;
        expect(holding?.units).toBe(got);
        await page.goto(`/${locale}/activity`);
        const activity = texts(locale, 'activity');
        const names = { en: 'Small offering', ja: '少額募集' };
        await expect(
          page.getByText(activity('allotment', { units: shown(got), offering: names[locale] })),
        ).toBeVisible();
      });
    }
  });
}
