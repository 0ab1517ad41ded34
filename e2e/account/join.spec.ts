/**
 * The main job of the portal, whole: from no account to units of one's own, in both languages, with and without JavaScript.
 */
import type { Page } from '@playwright/test';
import { expect, LOCALES, type Locale, newAddress, Outbox, test, texts } from '../fixtures';
import { button, field } from '../fixtures/forms';

const PASSWORD = 'a quiet harbour at dawn';

const PEOPLE = {
  en: {
    country: 'US',
    family: 'Okonkwo',
    given: 'Grace',
    kana: null,
    postal: '94110',
    region: 'CA',
    city: 'San Francisco',
    street: '3400 Folsom Street',
    slug: 'general-us',
    currency: 'USD',
    deposit: '1,000.00',
    typedDeposit: '1000',
    amount: '250',
  },
  ja: {
    country: 'JP',
    family: '髙田',
    given: '一郎',
    kana: ['ﾀｶﾀﾞ', 'いちろう'],
    postal: '１０００００１',
    region: '東京都',
    city: '千代田区',
    street: '千代田1番1号',
    slug: 'general-jp',
    currency: 'JPY',
    deposit: '200,000',
    typedDeposit: '２０００００',
    amount: '50000',
  },
} as const;

async function signUp(page: Page, locale: Locale, email: string) {
  const t = texts(locale, 'access');
  await page.goto(`/${locale}/sign-up`);
  await field(page, locale, t('email')).fill(email);
  await field(page, locale, t('password')).fill(PASSWORD);
  await button(page, t('sign-up.act')).click();
  await expect(page.getByRole('heading', { level: 1, name: t('check-mail.title') })).toBeVisible();
}

async function signIn(page: Page, locale: Locale, email: string) {
  const t = texts(locale, 'access');
  await field(page, locale, t('email')).fill(email);
  await field(page, locale, t('password')).fill(PASSWORD);
  await button(page, t('sign-in.act')).click();
  await expect(page.getByRole('heading', { level: 1, name: texts(locale, 'overview')('title') })).toBeVisible();
}

async function identify(page: Page, locale: Locale) {
  const t = texts(locale, 'identity');
  const person = PEOPLE[locale];
  await page.goto(`/${locale}/identity`);
  await field(page, locale, t('residence')).selectOption(person.country);
  await field(page, locale, t('nationality')).selectOption(person.country);
  await page.getByRole('radio', { name: t(locale === 'en' ? 'yes' : 'no'), exact: true }).check();
  await button(page, t('save')).click();

  await field(page, locale, t('family-name')).fill(person.family);
  await field(page, locale, t('given-name')).fill(person.given);
  // Japanese names alone have old forms of characters.
  await expect(page.getByText(t('name-hint'))).toHaveCount(person.kana ? 1 : 0);
  if (person.kana) {
    await field(page, locale, t('family-name-kana')).fill(person.kana[0]);
    await field(page, locale, t('given-name-kana')).fill(person.kana[1]);
  }
  await field(page, locale, t('year')).fill('1990');
  await field(page, locale, t('month')).fill('5');
  await field(page, locale, t('day')).fill('31');
  await button(page, t('save')).click();

  const [postal, region, city, street] =
    locale === 'ja'
      ? ([t('postal-jp'), t('region-jp'), t('city-jp'), t('street-jp')] as const)
      : ([t('postal-us'), t('region-us'), t('city'), t('street')] as const);
  await field(page, locale, postal).fill(person.postal);
  await button(page, t('look-up')).click();
  // Looked up in data that came with the site; nothing outside is asked.
  await expect(field(page, locale, region)).toHaveValue(person.region);
  await expect(field(page, locale, city)).toHaveValue(person.city);
  await field(page, locale, street).fill(person.street);
  await button(page, t('save')).click();

  // What was typed in half-width kana, hiragana or full-width digits comes back normalised; 髙 stays 髙.
  await expect(page.getByText(person.kana ? '髙田 一郎' : 'Grace Okonkwo')).toBeVisible();
  if (person.kana) await expect(page.getByText('タカダ イチロウ')).toBeVisible();
  await button(page, t('hand-in')).click();
  await expect(page.getByRole('heading', { level: 1, name: texts(locale, 'eligibility')('title') })).toBeVisible();
}

async function answerSuitability(page: Page, locale: Locale) {
  const t = texts(locale, 'suitability');
  await page.goto(`/${locale}/suitability`);
  const answers = {
    knowledgeLoss: t('questions.knowledgeLoss.choices.sometimes'),
    knowledgeCurrency: t('questions.knowledgeCurrency.choices.changes'),
    experience: t('questions.experience.choices.some'),
    finances: t('questions.finances.choices.spare'),
    purpose: t('questions.purpose.choices.longTerm'),
    risk: t('questions.risk.choices.smallLoss'),
  };
  for (const [question, answer] of Object.entries(answers)) {
    const group = page.getByRole('group').filter({ hasText: t(`questions.${question as keyof typeof answers}.text`) });
    await group.getByRole('radio', { name: answer, exact: true }).check();
  }
  await button(page, t('act')).click();
  const eligibility = texts(locale, 'eligibility');
  await expect(page.getByText(eligibility('reasons.all-met'))).toBeVisible();
  await expect(page.getByText(eligibility('status.ELIGIBLE')).first()).toBeVisible();
}

async function deposit(page: Page, locale: Locale) {
  const t = texts(locale, 'cash');
  const { currency, deposit: shown, typedDeposit } = PEOPLE[locale];
  await page.goto(`/${locale}/cash/deposit`);
  await page.getByRole('radio', { name: new RegExp(t(`wallets.${currency}`)) }).check();
  await field(page, locale, t('deposit.amount')).fill(typedDeposit);
  await button(page, t('deposit.submit')).click();
  const money = locale === 'en' ? `$${shown}` : `${shown}円`;
  await expect(page.getByText(t('done.deposit', { amount: money }))).toBeVisible();
}

async function buy(page: Page, locale: Locale) {
  const t = texts(locale, 'buy');
  const { slug, amount } = PEOPLE[locale];
  await page.goto(`/${locale}/offerings/${slug}`);
  await page.locator(`main a[href="/${locale}/buy/${slug}"]`).first().click();
  await page.getByRole('radio', { name: new RegExp(`^${t('ticket.BUY_AMOUNT')}`) }).check();
  await page.getByLabel(new RegExp(`^${t('ticket.amount')} `)).fill(amount);
  await button(page, t('ticket.submit')).click();
  await expect(page.getByRole('heading', { level: 1, name: t('review.title') })).toBeVisible();

  // The order waits for the prospectus.
  await expect(button(page, t('review.confirm'))).toHaveCount(0);
  await button(page, t('review.document-open')).click();
  await expect(page.getByText(t('prospectus.kept')).first()).toBeVisible();
  await page
    .getByRole('link', { name: t('prospectus.back') })
    .first()
    .click();
  await page.getByRole('checkbox', { name: t('review.consent', { version: '2' }) }).check();
  await button(page, t('review.confirm')).click();
  await expect(page.getByRole('heading', { name: texts(locale, 'order')('placed-title') })).toBeVisible();
}

for (const locale of LOCALES) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(() => {
      test.use({ javaScriptEnabled, locale: locale === 'ja' ? 'ja-JP' : 'en-US' });
      test.slow();

      test(`from sign-up to units [${locale}${javaScriptEnabled ? '' : ', without JavaScript'}]`, async ({
        page,
        outbox,
        site,
      }) => {
        const email = newAddress('join');
        await test.step('sign-up', () => signUp(page, locale, email));
        await test.step('verification by mail', async () => {
          const mail = await outbox.latestTo(email);
          expect(mail.locale).toBe(locale);
          await page.goto(Outbox.link(mail));
          await button(page, texts(locale, 'access')('verify.act')).click();
          await expect(page.getByText(texts(locale, 'access')('sign-in.verified'))).toBeVisible();
        });
        await test.step('sign-in', () => signIn(page, locale, email));
        await test.step('identity check', () => identify(page, locale));
        await test.step('suitability and eligibility', () => answerSuitability(page, locale));
        await test.step('cash', () => deposit(page, locale));
        await test.step('prospectus and order', () => buy(page, locale));
        await test.step('holding', async () => {
          await page.goto(`/${locale}/overview`);
          await expect(page.getByText(texts(locale, 'overview')('have.none'))).toHaveCount(0);
          const [held] = await site.sql<{ units: bigint; consents: bigint; language: string }[]>`
            select h.units, (select count(*) from consents c where c.investor_id = u.id) as consents,
                   (select min(c.locale::text) from consents c where c.investor_id = u.id) as language
              from holdings h join users u on u.id = h.investor_id where u.email = ${email}`;
          expect(held?.units).toBeGreaterThan(0n);
          // Opened and agreed, in the language that was read.
          expect(held).toMatchObject({ consents: 2n, language: locale });
        });
      });
    });
  }
}
