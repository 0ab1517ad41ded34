/** Simulated cash: in, out, and from one currency to the other, with a script and without one. */
import { dealtRateE4, quoteConversion } from '@/lib/domain/money/conversion';
import { formatMoney, formatRate } from '@/lib/i18n/format';
import { expect, test, texts } from '../fixtures';
import type { Site } from '../fixtures/site';
import { expectRefusal, press } from './ticket';

const movementsOf = (site: Site, investorId: bigint) =>
  site.sql<{ kind: string; state: string; amount_minor: bigint }[]>`
    select kind, state, amount_minor from cash_movements where investor_id = ${investorId} order by placed_at, kind`;

async function midRate(site: Site) {
  const [row] = await site.sql<{ rateDate: string; jpyPerUsdE4: bigint; spreadSen: number }[]>`
    select rate_date::text as "rateDate", jpy_per_usd_e4 as "jpyPerUsdE4", spread_sen as "spreadSen"
      from fx_rates where published_at <= app_now() order by rate_date desc limit 1`;
  if (!row) throw new Error('There is no rate.');
  return { ...row, jpyPerUsdE4: BigInt(row.jpyPerUsdE4) };
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('cash is added at once, in full-width digits too', async ({ page, site, login, newCitizen }) => {
      const { id } = await newCitizen('JP');
      await login(id);
      const t = texts('ja', 'cash');
      await page.goto('/ja/cash');
      await page.getByRole('link', { name: t('acts.deposit') }).click();
      await page.getByRole('textbox').fill('１５００００．５');
      await press(page, t('deposit.submit'));
      await expectRefusal(page, texts('ja', 'errors')('amount.no-decimals'), 'amount');
      await expect(page.getByRole('textbox')).toHaveValue('150000.5');
      await page.getByRole('textbox').fill('１５００００');
      await press(page, t('deposit.submit'));
      await expect(page.getByRole('heading', { name: t('done.deposit', { amount: '150,000円' }) })).toBeVisible();
      await page.reload();
      expect((await movementsOf(site, id)).map(({ amount_minor }) => BigInt(amount_minor))).toEqual([150_000n]);
    });

    test('cash that was just added leads on to what it buys, and that alone stands out', async ({
      page,
      login,
      newCitizen,
    }) => {
      await login((await newCitizen('JP')).id);
      const t = texts('ja', 'cash');
      const groundOf = (name: string) =>
        page
          .getByRole('main')
          .getByRole('link', { name, exact: true })
          .evaluate((link) => getComputedStyle(link).backgroundColor);
      await page.goto('/ja/cash');
      const loud = await groundOf(t('acts.deposit'));
      // The cash that a Japanese reader uses comes first.
      await expect(page.getByRole('main').getByRole('heading', { level: 3 })).toHaveText([
        t('wallets.JPY'),
        t('wallets.USD'),
      ]);
      await page.goto('/ja/cash/deposit');
      await page.getByRole('textbox').fill('150000');
      await press(page, t('deposit.submit'));
      await expect(page.getByRole('heading', { name: t('done.deposit', { amount: '150,000円' }) })).toBeVisible();
      expect(await groundOf(t('done.buy'))).toBe(loud);
      expect(await groundOf(t('acts.deposit'))).not.toBe(loud);
    });

    test('a deposit has a limit', async ({ page, login, newCitizen }) => {
      const { id } = await newCitizen('US');
      await login(id);
      await page.goto('/en/cash/deposit');
      await page.getByRole('textbox').fill('1000000.01');
      await press(page, texts('en', 'cash')('deposit.submit'));
      await expectRefusal(page, /\$1,000,000\.00/, 'amount');
    });

    test('a withdrawal is reserved, and comes back when it is cancelled', async ({ page, site, login, newCitizen }) => {
      const { id } = await newCitizen('US', 50_000n);
      await login(id);
      const t = texts('en', 'cash');
      await page.goto('/en/cash/withdraw');
      await page.getByRole('textbox').fill('600');
      await press(page, t('withdraw.submit'));
      await expectRefusal(page, /available cash is \$500\.00/, 'amount');
      await page.getByRole('textbox').fill('120.50');
      await press(page, t('withdraw.submit'));
      await expect(page.getByRole('main')).toContainText('$379.50');
      await page.getByRole('button', { name: t('withdraw.confirm', { amount: '$120.50' }) }).click();
      await expect(page.getByRole('heading', { name: t('done.withdraw', { amount: '$120.50' }) })).toBeVisible();
      await page.getByRole('button', { name: t('pending.cancel-label', { amount: '$120.50' }) }).click();
      await expect(page.getByRole('heading', { name: t('done.cancelled', { amount: '$120.50' }) })).toBeVisible();
      await expect(page.getByRole('main')).toContainText('$500.00');
      expect((await movementsOf(site, id)).find(({ kind }) => kind === 'WITHDRAWAL')?.state).toBe('CANCELLED');
    });

    for (const [from, locale, country, typed, minor] of [
      ['USD', 'en', 'US', '1000', 100_000n],
      ['JPY', 'ja', 'JP', '50000', 50_000n],
    ] as const) {
      test(`a conversion shows its rate, spread and result before it is made [${locale}]`, async ({
        page,
        site,
        login,
        newCitizen,
      }) => {
        const { id } = await newCitizen(country, minor);
        await login(id);
        const t = texts(locale, 'cash');
        const mid = await midRate(site);
        const quote = quoteConversion(minor, from, mid);
        const paid = formatMoney(locale, minor, from);
        const got = formatMoney(locale, quote.toAmountMinor, quote.to);
        await page.goto(`/${locale}/cash/convert`);
        await page.getByRole('radio', { name: t(`convert.${from}`) }).check();
        await page.getByRole('textbox').fill(typed);
        await page.getByRole('button', { name: t('convert.submit') }).click();
        await expect(page.getByRole('heading', { level: 1, name: t('convert.review-title') })).toBeVisible();
        const review = page.url();
        const main = page.getByRole('main');
        await expect(main).toContainText(got);
        await expect(main).toContainText(formatRate(locale, dealtRateE4(mid, from)));
        await page.getByRole('button', { name: t('convert.confirm', { from: paid }) }).click();
        await expect(page.getByRole('heading', { name: t('done.convert', { from: paid, to: got }) })).toBeVisible();
        // The way back makes no second one, and does not look as if it could; nor does the address.
        await page.goBack();
        await expect(page.getByRole('heading', { level: 1, name: t('review.done') })).toBeVisible();
        await page.goto(review);
        await expect(page.getByRole('heading', { level: 1, name: t('review.done') })).toBeVisible();
        expect((await movementsOf(site, id)).filter(({ kind }) => kind === 'CONVERSION')).toHaveLength(1);
      });
    }
  });
}

test('the way back after a deposit leads to a new form, not to the one that was used', async ({
  page,
  site,
  login,
  newCitizen,
}) => {
  const { id } = await newCitizen('US');
  await login(id);
  const t = texts('en', 'cash');
  await page.goto('/en/cash/deposit');
  // The form of the page that is shown: the router keeps the one that was left, out of sight.
  const shown = page.locator('form:visible');
  for (const [amount, movements] of [
    ['10', 1],
    ['10', 2],
    ['25', 3],
  ] as const) {
    await shown.getByRole('textbox').fill(amount);
    await shown.getByRole('button', { name: t('deposit.submit') }).click();
    await expect(page.getByRole('heading', { name: t('done.deposit', { amount: `$${amount}.00` }) })).toBeVisible();
    expect(await movementsOf(site, id)).toHaveLength(movements);
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1, name: t('deposit.title') })).toBeVisible();
  }
});

test('two presses are one deposit', async ({ page, site, login, newCitizen }) => {
  const { id } = await newCitizen('US');
  await login(id);
  const t = texts('en', 'cash');
  await page.goto('/en/cash/deposit');
  await page.getByRole('textbox').fill('10');
  await page.getByRole('button', { name: t('deposit.submit') }).dblclick();
  await expect(page.getByRole('heading', { name: t('done.deposit', { amount: '$10.00' }) })).toBeVisible();
  expect(await movementsOf(site, id)).toHaveLength(1);
});

for (const [who, locale, reason, next] of [
  ['newAmerican', 'en', 'identity-missing', '/identity'],
  ['underReview', 'ja', 'identity-in-review', '/eligibility'],
  ['refused', 'en', 'identity-rejected', '/eligibility'],
  ['thirdCountry', 'ja', 'residence-third-country', '/eligibility'],
] as const) {
  test(`${who} is led to what they can do instead of adding cash [${locale}]`, async ({ page, login }) => {
    await login(who);
    const t = texts(locale, 'cash');
    const main = page.getByRole('main');
    for (const [path, what] of [
      ['/cash', 'deposit'],
      ['/cash/deposit', 'deposit'],
      ['/cash/convert', 'convert'],
    ] as const) {
      await page.goto(`/${locale}${path}`);
      await expect(page.getByRole('heading', { name: t(`not-allowed.${what}`) })).toBeVisible();
      await expect(main.getByRole('textbox')).toHaveCount(0);
      // Nothing leads to a refusal; with nothing in the wallet there is nothing to take out either.
      for (const act of ['deposit', 'convert', 'withdraw'] as const)
        await expect(main.getByRole('link', { name: t(`acts.${act}`), exact: true })).toHaveCount(0);
      const go = main.getByRole('link', { name: texts(locale, 'overview.waits')(`${reason}.go`) });
      await expect(go).toHaveAttribute('href', `/${locale}${next}`);
    }
  });
}

test('who may no longer buy can still take their cash out, unless they are frozen', async ({
  page,
  site,
  login,
  newCitizen,
}) => {
  const { id } = await newCitizen('US', 50_000n);
  await login(id);
  const t = texts('en', 'cash');
  const withdraw = page.getByRole('main').getByRole('link', { name: t('acts.withdraw'), exact: true });
  const become = (status: string, reason: string) => site.sql`
    update investors set status = ${status}, status_reason = ${reason} where investor_id = ${id}`;
  await become('PENDING', 'suitability-expired');
  await page.goto('/en/cash');
  await expect(page.getByRole('heading', { name: t('not-allowed.deposit') })).toBeVisible();
  await withdraw.click();
  await expect(page.getByRole('textbox')).toBeVisible();
  await become('FROZEN', 'frozen');
  await page.goto('/en/cash');
  await expect(withdraw).toHaveCount(0);
  await page.goto('/en/cash/withdraw');
  await expect(page.getByRole('heading', { name: t('not-allowed.withdraw') })).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
});
