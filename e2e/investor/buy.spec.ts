/** The main job: units of an open offering, bought by amount or by units, with a script and without one. */
import { randomUUID } from 'node:crypto';
import { requestWithdrawal } from '@/db/commands/cash';
import { formatMoney, formatUnits } from '@/lib/i18n/format';
import { DEMO_PASSWORD, expect, test, texts } from '../fixtures';
import { button, field } from '../fixtures/forms';
import { CLASSES, costOf, expectRefusal, ordersOf, ownOffering, press, priceOf, Ticket } from './ticket';

const CITIZENS = [
  {
    country: 'US',
    locale: 'en',
    cashMinor: 1_000_000n,
    amount: '2,500',
    asked: 250_000n,
    units: '12.5',
    unitParts: 12_500n,
  },
  {
    country: 'JP',
    locale: 'ja',
    cashMinor: 1_000_000n,
    amount: '２５０，０００',
    asked: 250_000n,
    units: '50000',
    unitParts: 50_000n,
  },
] as const;

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    for (const { country, locale, cashMinor, amount, asked } of CITIZENS) {
      test(`a citizen reads the prospectus and buys by amount [${locale}]`, async ({
        page,
        site,
        login,
        newCitizen,
      }) => {
        const { id } = await newCitizen(country, cashMinor);
        await login(id);
        const { offering, currency, unitDecimals, holding } = CLASSES[country];
        const price = await priceOf(site, offering);
        const ticket = new Ticket(page, locale);
        await ticket.open(offering);
        await ticket.ask('BUY_AMOUNT', amount);

        // The review answers before anything is ordered, and waits for the prospectus.
        await expect(page.getByRole('heading', { level: 1, name: ticket.t('review.title') })).toBeVisible();
        await expect(ticket.place()).toHaveCount(0);
        await page.getByRole('button', { name: ticket.t('review.document-open') }).click();
        await expect(page.getByText(ticket.t('prospectus.hash'))).toBeVisible();
        await page
          .getByRole('link', { name: ticket.t('prospectus.back') })
          .first()
          .click();
        const consents = await site.sql<{ act: string; locale: string }[]>`
          select act, locale from consents where investor_id = ${id}`;
        expect([...consents]).toEqual([{ act: 'OPENED', locale }]);

        await ticket.consent().check();
        await ticket.place().click();
        const done = texts(locale, 'order');
        await expect(page.getByRole('heading', { level: 1, name: done('placed-title') })).toBeVisible();
        const [order, ...more] = await ordersOf(site, id);
        if (!order) throw new Error('There is no order.');
        expect(more).toEqual([]);
        const units = BigInt(order.units);
        const paid = BigInt(order.amount_minor);
        expect(paid).toBe(costOf(country, units, price));
        expect(paid).toBeLessThanOrEqual(asked);
        expect(costOf(country, units + 1n, price)).toBeGreaterThan(asked);
        await expect(page.getByRole('main')).toContainText(String(order.number));
        await expect(page.getByRole('main')).toContainText(formatMoney(locale, paid, currency));

        await page.getByRole('link', { name: done('placed-next') }).click();
        await expect(page).toHaveURL(new RegExp(`${holding}$`));
        await expect(page.getByRole('main')).toContainText(formatUnits(locale, units, unitDecimals));
        await page.goto(`/${locale}/cash`);
        await expect(page.getByRole('main')).toContainText(formatMoney(locale, cashMinor - paid, currency));
      });

      test(`what cannot be ordered is refused beside its field and kept [${locale}]`, async ({
        page,
        login,
        newCitizen,
      }) => {
        const { id } = await newCitizen(country, cashMinor);
        await login(id);
        const ticket = new Ticket(page, locale);
        await ticket.open(CLASSES[country].offering);
        const errors = texts(locale, 'errors');
        for (const typed of ['1,00', '1.000,5', '1e3', '0x10', '-5', '−5', 'NaN', '①', '١٢', '<script>']) {
          await ticket.ask('BUY_AMOUNT', typed);
          await expectRefusal(page, errors('amount.not-a-number', { example: '10,000' }), 'amount');
          await expect(page.getByRole('textbox')).toHaveValue(typed);
        }
        await ticket.ask('BUY_AMOUNT', '');
        await expectRefusal(page, errors('form.required'), 'amount');
        await ticket.ask('BUY_AMOUNT', '１');
        await expectRefusal(page, errors('order.below-minimum', { minimum: '' }).slice(0, 4), 'amount');
        await expect(page.getByRole('textbox')).toHaveValue('1');
        await ticket.ask('BUY_AMOUNT', '99999999999999999999');
        await expectRefusal(page, errors('amount.too-large'), 'amount');
        await ticket.ask('BUY_UNITS', '99999999');
        await expectRefusal(page, /./, 'units');
        await expect(page.getByRole('textbox')).toHaveValue('99999999');
      });
    }

    test('more than the cash at hand is refused, with what is missing and a way to add it', async ({
      page,
      login,
      newCitizen,
    }) => {
      const { id } = await newCitizen('US', 10_000n);
      await login(id);
      const ticket = new Ticket(page, 'en');
      await ticket.open('general-us');
      await ticket.ask('BUY_AMOUNT', '１５０');
      await expectRefusal(page, /available cash is \$100\.00/, 'amount');
      await expect(page.getByRole('textbox')).toHaveValue('150');
      await page.getByRole('link', { name: ticket.t('facts.available-none') }).click();
      await expect(page).toHaveURL(/\/en\/cash\/deposit/);
    });

    test('the way back after an order shows that order and places no second one', async ({
      page,
      site,
      login,
      newCitizen,
    }) => {
      const { id } = await newCitizen('JP', 1_000_000n);
      await login(id);
      const ticket = new Ticket(page, 'ja');
      await ticket.open('general-jp');
      await ticket.reviewed('BUY_UNITS', '２００００');
      const review = page.url();
      await ticket.consent().check();
      await ticket.place().click();
      await expect(page.getByRole('heading', { level: 1, name: texts('ja', 'order')('placed-title') })).toBeVisible();
      await page.reload();
      await page.goto(review);
      await expect(page.getByRole('heading', { level: 1, name: ticket.t('review.done') })).toBeVisible();
      await expect(ticket.place()).toHaveCount(0);
      expect(await ordersOf(site, id)).toHaveLength(1);
    });

    test("the browser's own way back from the prospectus leads to an order that no longer waits for it", async ({
      page,
      login,
      newCitizen,
    }) => {
      await login((await newCitizen('JP', 1_000_000n)).id);
      const ticket = new Ticket(page, 'ja');
      await ticket.open('general-jp');
      await ticket.ask('BUY_UNITS', '20000');
      await page.getByRole('button', { name: ticket.t('review.document-open') }).click();
      await expect(page.getByText(ticket.t('prospectus.kept')).first()).toBeVisible();
      await page.goBack();
      await expect(ticket.consent()).toBeVisible();
      await expect(ticket.place()).toBeVisible();
      await expect(page.getByRole('button', { name: ticket.t('review.document-open'), exact: true })).toHaveCount(0);
    });

    test('an order without the box ticked is refused beside it', async ({ page, site, login, newCitizen }) => {
      const { id } = await newCitizen('US', 100_000n);
      await login(id);
      const ticket = new Ticket(page, 'en');
      await ticket.open('general-us');
      await ticket.reviewed('BUY_AMOUNT', '100');
      await ticket.place().click();
      await expectRefusal(page, texts('en', 'errors')('order.consent-missing'), 'consent');
      if (javaScriptEnabled) await expect(page.locator('#refused')).toBeFocused();
      else await expect(page.locator('#refused')).toBeInViewport();
      await expect(page.getByRole('main')).toContainText('$100.00');
      expect(await ordersOf(site, id)).toHaveLength(0);
      await ticket.consent().check();
      await ticket.place().click();
      await expect(page.getByRole('heading', { level: 1, name: texts('en', 'order')('placed-title') })).toBeVisible();
    });

    test('terms that changed under the reader are refused, and the new ones shown', async ({
      page,
      site,
      login,
      newCitizen,
    }) => {
      const { id } = await newCitizen('US', 1_000_000n);
      await login(id);
      const slug = await ownOffering(site, 'US', 1_000_000n);
      const ticket = new Ticket(page, 'en');
      await ticket.open(slug);
      await ticket.reviewed('BUY_UNITS', '10');
      await site.sql`update offerings set price = 200000, terms_version = terms_version + 1 where slug = ${slug}`;
      await ticket.consent().check();
      await ticket.place().click();
      await expectRefusal(page, texts('en', 'errors')('order.terms-changed'));
      await expect(page.getByRole('main')).toContainText('$200.00');
      expect(await ordersOf(site, id)).toHaveLength(0);
      await ticket.consent().check();
      await ticket.place().click();
      await expect(page.getByRole('heading', { level: 1, name: texts('en', 'order')('placed-title') })).toBeVisible();
    });

    test('cash that has gone elsewhere meanwhile is one box with a way to add it and to come back', async ({
      page,
      site,
      login,
      newCitizen,
    }) => {
      const { id } = await newCitizen('JP', 100_000n);
      await login(id);
      const ticket = new Ticket(page, 'ja');
      await ticket.open('general-jp');
      await ticket.reviewed('BUY_AMOUNT', '60000');
      const available = 100_000n - 70_000n;
      await requestWithdrawal(site.sql, { investorId: id, key: randomUUID(), currency: 'JPY', amountMinor: 70_000n });
      await ticket.consent().check();
      await ticket.place().click();
      const box = page.getByRole('alert').filter({ has: page.getByRole('heading') });
      await expect(box).toHaveCount(1);
      await expect(box).toContainText(ticket.t('review.refused'));
      await expect(box).toContainText(formatMoney('ja', available, 'JPY'));
      await expect(page.getByText(formatMoney('ja', available, 'JPY'))).toHaveCount(1);
      if (javaScriptEnabled) await expect(page.locator('#refused')).toBeFocused();
      expect(await ordersOf(site, id)).toHaveLength(0);

      await box.getByRole('link', { name: ticket.t('stop.add-cash'), exact: true }).click();
      const cash = texts('ja', 'cash');
      // What is missing stands in the box already.
      await expect(page.getByRole('textbox')).not.toHaveValue('');
      await press(page, cash('deposit.submit'));
      await page
        .getByRole('main')
        .getByRole('link', { name: cash('done.go-on') })
        .click();
      await expect(page.getByRole('heading', { level: 1, name: ticket.t('review.title') })).toBeVisible();
      await expect(page.getByRole('alert').filter({ has: page.getByRole('heading') })).toHaveCount(0);
      await ticket.consent().check();
      await ticket.place().click();
      await expect(page.getByRole('heading', { level: 1, name: texts('ja', 'order')('placed-title') })).toBeVisible();
      expect(await ordersOf(site, id)).toHaveLength(1);
    });

    test('a session that ended meanwhile: nothing was ordered, and signing in leads back to the order', async ({
      page,
      site,
      login,
      newCitizen,
    }) => {
      const { id, email } = await newCitizen('US', 100_000n);
      const access = texts('en', 'access');
      const endAndSignIn = async (act: () => Promise<void>) => {
        await site.sql`update sessions set ended_at = now() where user_id = ${id} and ended_at is null`;
        await act();
        await expect(page.getByText(access('sign-in.not-placed'))).toBeVisible();
        await field(page, 'en', access('email')).fill(email);
        await field(page, 'en', access('password')).fill(DEMO_PASSWORD);
        await button(page, access('sign-in.act')).click();
        await expect(page.getByRole('heading', { level: 1, name: access('sign-in.title') })).toHaveCount(0);
      };
      await login(id);
      const ticket = new Ticket(page, 'en');
      await ticket.open('general-us');
      await page.getByRole('radio', { name: ticket.t('ticket.BUY_AMOUNT') }).check();
      await page.getByRole('textbox').fill('100');
      await endAndSignIn(() => button(page, ticket.t('ticket.submit')).click());
      await expect(page.getByRole('textbox')).toHaveValue('100');

      await ticket.reviewed('BUY_AMOUNT', '100');
      await ticket.consent().check();
      await endAndSignIn(() => ticket.place().click());
      await expect(page.getByRole('heading', { level: 1, name: ticket.t('review.title') })).toBeVisible();
      await expect(page.getByRole('main')).toContainText('$100.00');
      expect(await ordersOf(site, id)).toHaveLength(0);
      await ticket.consent().check();
      await ticket.place().click();
      await expect(page.getByRole('heading', { level: 1, name: texts('en', 'order')('placed-title') })).toBeVisible();
    });

    test('the last units go to who comes first; the next is told how many are left', async ({
      page,
      site,
      login,
      newCitizen,
    }) => {
      const slug = await ownOffering(site, 'JP', 30_000n);
      const { id } = await newCitizen('JP', 1_000_000n);
      await login(id);
      const ticket = new Ticket(page, 'ja');
      await ticket.open(slug);
      await ticket.reviewed('BUY_UNITS', '20000');
      // Meanwhile the offering is made smaller, so that fewer are left and the books still balance.
      await site.sql`update offerings set size_units = 469 where slug = ${slug}`;
      await ticket.consent().check();
      await ticket.place().click();
      await expectRefusal(page, ticket.t('review.refused'));
      await expect(page.getByRole('main')).toContainText(formatUnits('ja', 469n, 0));
      expect(await ordersOf(site, id)).toHaveLength(0);
    });
  });
}

test('the estimate follows each keystroke with the exact figures', async ({ page, site, login, newCitizen }) => {
  const { id } = await newCitizen('US', 1_000_000n);
  await login(id);
  const price = await priceOf(site, 'general-us');
  const ticket = new Ticket(page, 'en');
  await ticket.open('general-us');
  await page.getByRole('radio', { name: ticket.t('ticket.BUY_UNITS') }).check();
  await page.getByRole('textbox').fill('１２．５');
  const estimate = page.getByRole('region', { name: ticket.t('ticket.estimate') });
  await expect(estimate).toContainText(formatMoney('en', costOf('US', 12_500n, price), 'USD'));
  await page.getByRole('textbox').fill('5000');
  await expect(estimate).toContainText(ticket.t('ticket.estimate-short'));
});

test('two presses of the button are one order', async ({ page, site, login, newCitizen }) => {
  const { id } = await newCitizen('US', 1_000_000n);
  await login(id);
  const ticket = new Ticket(page, 'en');
  await ticket.open('general-us');
  await ticket.reviewed('BUY_AMOUNT', '100');
  await ticket.consent().check();
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  await ticket.place().dblclick();
  await expect(page.getByRole('heading', { level: 1, name: texts('en', 'order')('placed-title') })).toBeVisible();
  expect(await ordersOf(site, id)).toHaveLength(1);
  expect(sent).toHaveLength(1);
});

test('a refusal in the address is a code that we know, or nothing', async ({ page, login, newCitizen }) => {
  const { id } = await newCitizen('JP', 1_000_000n);
  await login(id);
  const ticket = new Ticket(page, 'ja');
  await ticket.open('general-jp');
  await ticket.reviewed('BUY_UNITS', '20000');
  const review = page.url();
  const refused = page.locator('#refused');
  for (const code of ['auth.wrong', '<script>', '__proto__', 'order.consent-missing&refused=order.closed']) {
    await page.goto(`${review}&refused=${code}`);
    await expect(ticket.place()).toBeVisible();
    await expect(refused).toHaveCount(0);
  }
  await page.goto(`${review}&refused=order.sold-out`);
  await expect(refused).toContainText(texts('ja', 'errors')('order.changed-meanwhile'));
  await page.getByRole('link', { name: texts('ja', 'common')('switch-language') }).click();
  await expect(refused).toContainText(texts('en', 'errors')('order.changed-meanwhile'));
});

test('the language switch keeps the ticket and what was typed', async ({ page, login, newCitizen }) => {
  const { id } = await newCitizen('US', 1_000_000n);
  await login(id);
  const ticket = new Ticket(page, 'en');
  await ticket.open('general-us');
  await page.getByRole('textbox').fill('123');
  await page.getByRole('link', { name: texts('en', 'common')('switch-language') }).click();
  await expect(page).toHaveURL(/\/ja\/buy\/general-us/);
  await expect(page.getByRole('textbox')).toHaveValue('123');
});

test.describe('what stands against an order is said before anything is typed', () => {
  for (const [who, slug, reason] of [
    ['newAmerican', 'general-us', 'not-eligible'],
    ['american', 'founding-us', 'closed'],
    ['american', 'anniversary-us', 'not-open'],
  ] as const) {
    test(`${who} at ${slug}`, async ({ page, login }) => {
      await login(who);
      const { t } = new Ticket(page, 'en');
      await page.goto(`/en/buy/${slug}`);
      await expect(page.getByRole('heading', { name: t(`stop.${reason}`) })).toBeVisible();
      await expect(page.getByRole('textbox')).toHaveCount(0);
    });
  }

  test('a Japanese citizen at the US class', async ({ page, login }) => {
    await login('japanese');
    const { t } = new Ticket(page, 'ja');
    await page.goto('/ja/buy/general-us');
    await expect(page.getByRole('heading', { name: t('stop.other-country', { country: t('stop.US') }) })).toBeVisible();
    await expect(page.getByRole('textbox')).toHaveCount(0);
  });
});

test("somebody else's order is a page that is not there", async ({ page, site, login, newCitizen, problems }) => {
  problems.allow(/404/);
  const { id } = await newCitizen('US', 0n);
  await login(id);
  const [theirs] = await site.sql<{ key: string }[]>`select key::text from orders where investor_id <> ${id} limit 1`;
  if (!theirs) throw new Error('The seed has no orders.');
  const answer = await page.goto(`/en/orders/${theirs.key}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(texts('en', 'failure')('not-found.title'));
});
