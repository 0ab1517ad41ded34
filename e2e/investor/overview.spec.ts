/** What I have, what waits for me, what changed: for everybody from the one who has just signed up to the one with a history. */
import { randomUUID } from 'node:crypto';
import { depositCash } from '@/db/commands/cash';
import { valueHolding } from '@/lib/domain/holdings/valuation';
import { formatMoney, formatUnits } from '@/lib/i18n/format';
import { expect, test, texts } from '../fixtures';
import { CLASSES } from './ticket';

for (const [who, locale, reason, path] of [
  ['newAmerican', 'en', 'identity-missing', '/identity'],
  ['newJapanese', 'ja', 'identity-missing', '/identity'],
  ['underReview', 'ja', 'identity-in-review', '/eligibility'],
  ['refused', 'en', 'identity-rejected', '/eligibility'],
  ['thirdCountry', 'en', 'residence-third-country', '/eligibility'],
] as const) {
  test(`${who} sees the one next step [${locale}]`, async ({ page, login }) => {
    await login(who);
    const t = texts(locale, 'overview.waits');
    await page.goto(`/${locale}/overview`);
    await expect(page.getByRole('heading', { name: t(`${reason}.title`) })).toBeVisible();
    await page.getByRole('link', { name: t(`${reason}.go`) }).click();
    await expect(page).toHaveURL(new RegExp(`/${locale}${path}$`));
  });
}

for (const [who, locale, reason, path] of [
  ['newJapanese', 'ja', 'identity-missing', '/identity'],
  ['underReview', 'en', 'identity-in-review', '/eligibility'],
] as const) {
  test(`${who} has done nothing yet and may not add cash: the list leads to what comes first [${locale}]`, async ({
    page,
    login,
  }) => {
    await login(who);
    await page.goto(`/${locale}/activity`);
    const main = page.getByRole('main');
    await expect(main.getByRole('heading', { name: texts(locale, 'activity')('empty-title') })).toBeVisible();
    await expect(main.locator('a[href$="/cash/deposit"]')).toHaveCount(0);
    await main.getByRole('link', { name: texts(locale, 'overview.waits')(`${reason}.go`) }).click();
    await expect(page).toHaveURL(new RegExp(`/${locale}${path}$`));
  });
}

test('who may buy and has no cash is sent to add some, then to the offerings', async ({
  page,
  login,
  newCitizen,
  site,
}) => {
  const { id } = await newCitizen('US');
  await login(id);
  const t = texts('en', 'overview.waits');
  await page.goto('/en/overview');
  await expect(page.getByRole('link', { name: t('no-cash.go'), exact: true })).toHaveAttribute(
    'href',
    '/en/cash/deposit',
  );
  await depositCash(site.sql, { investorId: id, key: randomUUID(), currency: 'USD', amountMinor: 12_345n });
  await page.reload();
  await expect(page.getByRole('main')).toContainText(t('no-units.body', { available: '$123.45' }));
  await page
    .getByRole('main')
    .getByRole('link', { name: t('no-units.go') })
    .click();
  await expect(page).toHaveURL(/\/en\/offerings$/);
});

test('where nothing waits, no button stands out', async ({ page, login, newCitizen }) => {
  const groundOf = (name: string) =>
    page
      .getByRole('main')
      .getByRole('link', { name, exact: true })
      .evaluate((link) => getComputedStyle(link).backgroundColor);
  const t = texts('en', 'overview.waits');
  await login((await newCitizen('US')).id);
  await page.goto('/en/overview');
  const loud = await groundOf(t('no-cash.go'));
  await login('american');
  await page.goto('/en/overview');
  await expect(page.getByRole('heading', { name: t('nothing') })).toBeVisible();
  expect(await groundOf(t('see-offerings'))).not.toBe(loud);
});

test('a card of the account is named by its title alone, and can be pressed anywhere', async ({ page, login }) => {
  await login('american');
  const t = texts('en', 'account');
  await page.goto('/en/account');
  await expect(page.getByRole('link', { name: t('menu.sessions'), exact: true })).toBeVisible();
  await page.getByText(t('menu.sessions-note')).click({ force: true });
  await expect(page).toHaveURL(/\/en\/account\/sessions$/);
});

for (const [who, locale, country] of [
  ['american', 'en', 'US'],
  ['japanese', 'ja', 'JP'],
] as const) {
  test(`${who} sees units, value and gain, and why they are so [${locale}]`, async ({ page, site, login }) => {
    const { currency, holding, ...quotation } = CLASSES[country];
    const userId = country === 'US' ? 1 : 2;
    const [row] = await site.sql<{ units: bigint; cost: bigint; price: bigint; rate: bigint }[]>`
      select h.units, h.cost_minor as cost,
             (select price from nav_prices p where p.class_id = h.class_id and published_at <= app_now() order by nav_date desc limit 1) as price,
             (select jpy_per_usd_e4 from fx_rates where published_at <= app_now() order by rate_date desc limit 1) as rate
        from holdings h join unit_classes c on c.id = h.class_id where h.investor_id = ${userId} and c.code = ${country}`;
    if (!row) throw new Error('The persona holds nothing.');
    const [units, costMinor, price, rate] = [row.units, row.cost, row.price, row.rate].map(BigInt) as [
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    const value = valueHolding({ ...quotation, currency, units, costMinor, price }, rate);
    await login(who);
    await page.goto(`/${locale}/overview`);
    const main = page.getByRole('main');
    await expect(main).toContainText(formatMoney(locale, value.valueMinor, currency));
    await expect(main).toContainText(formatUnits(locale, units, quotation.unitDecimals));
    await page
      .getByRole('link', { name: texts(locale, 'overview')('have.see-holding') })
      .first()
      .click();
    await expect(page).toHaveURL(new RegExp(`${holding}$`));
    await expect(main).toContainText(formatMoney(locale, costMinor, currency));
    const t = texts(locale, 'holdings');
    await expect(page.getByText(t('why-value-rule'))).toBeHidden();
    await page.getByText(t('why-title'), { exact: true }).click();
    await expect(page.getByText(t('why-value-rule'))).toBeVisible();
    await expect(page.getByText(t(`why-unit-cost-rule-${country}`))).toBeVisible();
  });
}

test('activity goes back page by page and misses nothing', async ({ page, site, login, newCitizen }) => {
  const { id } = await newCitizen('US');
  // All at one instant of the stopped clock, so that the order rests on the ledger's.
  for (let n = 1; n <= 60; n += 1) {
    await depositCash(site.sql, { investorId: id, key: randomUUID(), currency: 'USD', amountMinor: BigInt(n) });
  }
  await login(id);
  const t = texts('en', 'activity');
  await page.goto('/en/activity');
  const seen: string[] = [];
  for (let pages = 1; pages <= 3; pages += 1) {
    seen.push(...(await page.getByText(/^\+\$0\.\d\d$/).allTextContents()));
    const older = page.getByRole('link', { name: t('older') });
    if (pages === 3) await expect(older).toHaveCount(0);
    else {
      const before = page.url();
      await older.click();
      await expect(page).not.toHaveURL(before);
    }
  }
  expect(seen).toEqual(
    Array.from({ length: 60 }, (_, n) => formatMoney('en', BigInt(60 - n), 'USD')).map((s) => `+${s}`),
  );
});

test('the documents that were opened stand with version and hash', async ({ page, site, login, newCitizen }) => {
  const { id } = await newCitizen('JP');
  await site.sql`
    insert into consents (investor_id, document_version_id, act, locale, sha256)
    select ${id}, d.document_version_id, 'OPENED', 'ja', d.sha256 from document_texts d
      join document_versions v on v.id = d.document_version_id where v.slug = 'prospectus' and v.version = 2 and d.locale = 'ja'`;
  const [text] = await site.sql<{ sha256: string; title: string }[]>`
    select sha256, title from document_texts d join document_versions v on v.id = d.document_version_id
     where v.slug = 'prospectus' and v.version = 2 and d.locale = 'ja'`;
  await login(id);
  await page.goto('/ja/activity');
  await page.getByRole('link', { name: texts('ja', 'activity')('documents.link') }).click();
  await expect(page.getByRole('heading', { level: 2, name: text?.title ?? '' })).toBeVisible();
  await expect(page.getByText(text?.sha256 ?? 'none')).toBeVisible();
});
