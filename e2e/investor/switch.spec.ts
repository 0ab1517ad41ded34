/**
 * A switch between classes as a citizen lives it who has moved from one country to the other: from what they hold of the old one to an order for the new
 * one, through the money in between.
 */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { placeOrders } from '@/db/commands/orders';
import { formatDay, formatMoney, formatUnits } from '@/lib/i18n/format';
import { expect, type Locale, texts } from '../fixtures';
import { axeFindings, tooWide } from '../fixtures/accessible';
import { dealingTest } from '../fixtures/dealing';
import { button, field } from '../fixtures/forms';
import { runJob } from '../fixtures/jobs';
import { openProspectus } from '../fixtures/people';
import type { Site } from '../fixtures/site';
import { CLASSES, press, priceOf } from './ticket';

type Walk = { locale: Locale; from: 'US' | 'JP'; into: 'US' | 'JP'; bought: bigint; typed: string; units: bigint };

const WALKS: Walk[] = [
  { locale: 'en', from: 'JP', into: 'US', bought: 500_000n, typed: '120000', units: 120_000n },
  { locale: 'ja', from: 'US', into: 'JP', bought: 100_000n, typed: '12.5', units: 12_500n },
];

for (const { locale, from, into, bought, typed, units } of WALKS) {
  const test = dealingTest();
  const t = texts(locale, 'switch');
  const deal = texts(locale, 'deal');
  const tracker = texts(locale, 'tracker');

  test.describe(() => {
    test.use({ locale: locale === 'ja' ? 'ja-JP' : 'en-US', javaScriptEnabled: locale === 'en' });

    test(`a switch from the ticket to the units of the other class [${locale}]`, async ({
      page,
      site,
      login,
      clock,
      newCitizen,
    }) => {
      test.setTimeout(120_000);
      const { id } = await newCitizen(from, 100_000_000n);
      await buyAndMove(site, id, from, into, bought, locale);
      const main = page.getByRole('main');
      const [old, other] = await Promise.all([nameOf(site, from, locale), nameOf(site, into, locale)]);
      const units1 = formatUnits(locale, units, CLASSES[from].unitDecimals);
      await login(id);
      await clock.set(new Date('2026-11-18T03:00:00Z'));
      await page.goto(`/${locale}/holdings/${from.toLowerCase()}`);
      await page.getByRole('link', { name: texts(locale, 'holdings')('deal-switch'), exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: t('title', { from: old }) })).toBeVisible();
      await expect(main).toContainText(t('how.held'));
      await expect(main).toContainText(t('ticket.into-one', { into: other }));
      await field(page, locale, t('ticket.units')).fill('0');
      await press(page, t('ticket.submit'));
      await expect(field(page, locale, t('ticket.units'))).toHaveAccessibleDescription(
        new RegExp(texts(locale, 'errors')('amount.zero')),
      );
      await field(page, locale, t('ticket.units')).fill(typed);
      if (locale === 'en') await look(page);
      await press(page, t('ticket.submit'));
      await expect(main).toContainText(units1);
      await expect(main).toContainText(t('review.risk-stop'));
      await expect(main).toContainText(t('review.confirm-note', { day: formatDay(locale, '2026-11-18') }));
      if (locale === 'en') await look(page);
      await button(page, t('review.confirm')).click();
      await expect(page.getByRole('heading', { level: 1, name: tracker('placed-title') })).toBeVisible();
      await expect(main).toContainText(tracker('placed-note-switch', { day: formatDay(locale, '2026-11-18') }));
      const placed = new URL(page.url()).pathname;
      // Once more is not twice.
      await page.goBack();
      await page.reload();
      await expect(page.getByRole('heading', { level: 1, name: deal('review.done') })).toBeVisible();

      await clock.set(new Date('2026-11-18T23:30:00Z'));
      await runJob(site, 'run-due');
      await page.goto(placed);
      await expect(page.getByRole('heading', { name: tracker('now.PRICED') })).toBeVisible();
      const key = placed.split('/').at(-1) ?? '';

      // Paid, and on its way: nothing of it was ever available.
      await clock.set(new Date('2026-11-19T23:30:00Z'));
      await runJob(site, 'run-due');
      await page.reload();
      await expect(main).toContainText(tracker('now.SETTLED-switch'));
      const part = await partOf(site, key);
      const region = page.getByRole('region', { name: tracker('switch.title') });
      await expect(region).toContainText(formatMoney(locale, part.amount, CLASSES[from].currency));
      await expect(region).toContainText(formatMoney(locale, part.got, CLASSES[into].currency));
      if (locale === 'en') await look(page);
      await region.getByRole('link', { name: tracker('switch.order', { number: String(part.number) }) }).click();
      await expect(main).toContainText(tracker('facts.by-switch', { number: String(part.of) }));
      await expect(page.getByRole('heading', { name: tracker('now.ACCEPTED') })).toBeVisible();

      await clock.set(new Date('2026-11-20T23:30:00Z'));
      await runJob(site, 'run-due');
      await page.goto(`/${locale}/holdings/${into.toLowerCase()}`);
      const [held] = await site.sql<{ units: bigint }[]>`
        select h.units from holdings h join unit_classes c on c.id = h.class_id where h.investor_id = ${id} and c.code = ${into}`;
      await expect(main).toContainText(formatUnits(locale, held?.units ?? 0n, CLASSES[into].unitDecimals));
      const told = await site.sql<{ kind: string }[]>`
        select kind from mails where user_id = ${id} and kind ~ '^(dealing|switch)-' order by id`;
      expect(told.map(({ kind }) => kind)).toEqual([
        'dealing-accepted',
        'dealing-redeemed',
        'switch-carried',
        'dealing-bought',
      ]);
    });
  });
}

/** Accessible, and no wider than a phone. */
async function look(page: Page) {
  expect(await axeFindings(page)).toEqual([]);
  const size = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await tooWide(page)).toEqual([]);
  await page.setViewportSize(size);
}

/** Buys units of where they lived, and moves. The account's language stays the reader's. */
async function buyAndMove(site: Site, id: bigint, from: 'US' | 'JP', into: 'US' | 'JP', units: bigint, locale: Locale) {
  const slug = CLASSES[from].offering;
  const [offering] = await site.sql<{ id: number; terms: number }[]>`
    select id, terms_version as terms from offerings where slug = ${slug}`;
  await openProspectus(site, id, locale);
  const [answer] = await placeOrders(site.sql, [
    {
      ...{ investorId: id, key: randomUUID(), offeringId: offering?.id ?? 0, kind: 'BUY_UNITS', asked: units },
      ...{ price: await priceOf(site, slug), termsVersion: offering?.terms ?? 0, locale, consent: true },
    },
  ]);
  expect(answer).toMatchObject({ ok: true });
  await site.sql`update investors set country = ${into}, residence = ${into} where investor_id = ${id}`;
  await site.sql`update users set locale = ${locale} where id = ${id}`;
}

const nameOf = async (site: Site, code: string, locale: Locale): Promise<string> => {
  const [row] = await site.sql<{ en: string; ja: string }[]>`
    select name_en as en, name_ja as ja from unit_classes where code = ${code}`;
  return row?.[locale] ?? '';
};

async function partOf(site: Site, key: string) {
  const [row] = await site.sql<{ amount: bigint; got: bigint; number: bigint; of: bigint }[]>`
    select p.amount_minor as amount, p.to_amount_minor as got, b.number, o.number as of
      from switch_parts p
      join dealing_orders o on o.investor_id = p.investor_id and o.key = p.key
      join dealing_orders b on b.investor_id = p.investor_id and b.key = p.order_key
     where p.key = ${key}`;
  if (!row) throw new Error('Nothing was carried on.');
  return row;
}
