/** A first-come offering that was called off, as its buyer sees it: the order is undone, the cash is back, the units are gone. */
import { randomUUID } from 'node:crypto';
import { placeOrders } from '@/db/commands/orders';
import { claimSaleRefund, listRefundOutcomes, refundSales } from '@/db/commands/sale-refunds';
import { formatMoney, formatUnits } from '@/lib/i18n/format';
import { expect, test, texts } from '../fixtures';
import { CLASSES, costOf, ownOffering, priceOf } from './ticket';

const BUYERS = [
  { country: 'US', locale: 'en', units: 4_000n, name: 'Small offering' },
  { country: 'JP', locale: 'ja', units: 40_000n, name: '少額募集' },
] as const;

for (const { country, locale, units, name } of BUYERS) {
  test(`a buyer finds the order refunded [${locale}]`, async ({ page, site, login, newCitizen }) => {
    const { id } = await newCitizen(country, 1_000_000n);
    await login(id);
    const slug = await ownOffering(site, country, 10n * units);
    const price = await priceOf(site, slug);
    const [offering] = await site.sql<{ id: number; terms: number }[]>`
      with opened as (
        insert into consents (investor_id, document_version_id, act, locale, sha256)
        select ${id}, o.prospectus_id, 'OPENED', t.locale, t.sha256
          from offerings o join document_texts t on t.document_version_id = o.prospectus_id and t.locale = ${locale} where o.slug = ${slug}
      )
      select id, terms_version as terms from offerings where slug = ${slug}`;
    if (!offering) throw new Error('The offering is not there.');
    const key = randomUUID();
    const [bought] = await placeOrders(site.sql, [
      {
        investorId: id,
        key,
        offeringId: offering.id,
        kind: 'BUY_UNITS',
        asked: units,
        price,
        termsVersion: offering.terms,
        locale,
        consent: true,
      },
    ]);
    expect(bought).toMatchObject({ ok: true });

    // Both sides' decision and the worker's part are played by the owner of the database.
    await site.sql`select cancel_offering(${offering.id}, null)`;
    const fence = (await claimSaleRefund(site.sql, offering.id, 60)) ?? 0;
    const outcomes = await listRefundOutcomes(site.sql, offering.id);
    // In the reader's words: the page of mails is read by other tests, which look at its language.
    const words = texts(locale, 'order')('refunded');
    const mails = outcomes.map((outcome) => ({ ...outcome, locale, subject: words, body: words }));
    expect(await refundSales(site.sql, offering.id, fence, 'purchase-refunded', mails)).toEqual({
      people: 1,
      finished: true,
    });

    const { currency, unitDecimals, holding } = CLASSES[country];
    const order = texts(locale, 'order');
    await page.goto(`/${locale}/orders/${key}`);
    await expect(page.getByRole('region', { name: order('facts.title') })).toContainText(order('refunded'));
    await expect(page.getByRole('region', { name: order('timeline.title') }).getByRole('listitem')).toHaveCount(4);
    await page.goto(`/${locale}/activity`);
    await expect(
      page.getByText(
        texts(locale, 'activity')('sale-refund', { units: formatUnits(locale, units, unitDecimals), offering: name }),
      ),
    ).toBeVisible();
    await expect(page.getByRole('main')).toContainText(formatMoney(locale, costOf(country, units, price), currency));
    await page.goto(`/${locale}${holding}`);
    await expect(page.getByRole('main')).toContainText(order('refunded'));
    // At the desk too.
    await page.goto('about:blank');
    await login('auditor');
    await page.goto(`/${locale}/operator/orders?q=${slug}`);
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText(order('refunded'));
    const [wallet] = await site.sql<{ available: bigint }[]>`select available from wallets where investor_id = ${id}`;
    expect(wallet?.available).toBe(1_000_000n);
  });
}
