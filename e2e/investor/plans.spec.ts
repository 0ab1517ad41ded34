/**
 * A monthly plan as a citizen lives it: set up, a month whose day a holiday moves, three months without cash, the pause and its mails, resumed, an order,
 * changed and ended.
 */
import { formatDay, formatDeadline, formatMoney } from '@/lib/i18n/format';
import { expect, type Locale, texts } from '../fixtures';
import { axeFindings, tooWide } from '../fixtures/accessible';
import { dealingTest } from '../fixtures/dealing';
import { field } from '../fixtures/forms';
import { runJob } from '../fixtures/jobs';
import { press } from './ticket';

type Walk = {
  locale: Locale;
  country: 'US' | 'JP';
  name: 'us' | 'jp';
  amount: string;
  amountMinor: bigint;
  /** The turns: 9:00 on the dealing days of the 23rd, by the clocks of the class's market. */
  turns: [november: string, december: string, january: string, february: string];
};

const WALKS: Walk[] = [
  {
    ...{ locale: 'en', country: 'US', name: 'us', amount: '250.00', amountMinor: 25_000n },
    turns: ['2026-11-24T14:00:00Z', '2026-12-23T14:00:00Z', '2027-01-25T14:00:00Z', '2027-02-24T14:00:00Z'],
  },
  {
    ...{ locale: 'ja', country: 'JP', name: 'jp', amount: '30000', amountMinor: 30_000n },
    turns: ['2026-11-24T00:00:00Z', '2026-12-23T00:00:00Z', '2027-01-25T00:00:00Z', '2027-02-24T00:00:00Z'],
  },
];

for (const { locale, country, name, amount, amountMinor, turns } of WALKS) {
  const test = dealingTest();
  const t = texts(locale, 'plans');

  test.describe(() => {
    test.use({
      locale: locale === 'ja' ? 'ja-JP' : 'en-US',
      javaScriptEnabled: locale === 'en',
      viewport: { width: 360, height: 740 },
      contextOptions: { reducedMotion: 'reduce' },
    });

    test(`a monthly plan lapses, pauses, and goes on [${locale}]`, async ({ page, site, login, clock, newCitizen }) => {
      test.setTimeout(120_000);
      const { id } = await newCitizen(country);
      const told = async () =>
        (
          await site.sql<
            { kind: string }[]
          >`select kind from mails where user_id = ${id} and locale = ${locale} order by id`
        ).map(({ kind }) => kind);
      const currency = country === 'US' ? 'USD' : 'JPY';
      const main = page.getByRole('main');
      await login(id);
      await page.goto(`/${locale}/plans`);
      const [unitClass] = await site.sql<{ en: string; ja: string }[]>`
        select name_en as en, name_ja as ja from unit_classes where code = ${country}`;
      await main.getByRole('link', { name: t('offer.for', { class: unitClass?.[locale] ?? '' }) }).click();

      await field(page, locale, t('form.amount')).fill('1');
      await press(page, t('form.submit'));
      await expect(main).toContainText(
        texts(locale, 'errors')('plan.below-minimum', { minimum: formatMoney(locale, 1_000n, currency) }),
      );
      await field(page, locale, t('form.amount')).fill(amount);
      await field(page, locale, t('form.day')).selectOption('23');
      await press(page, t('form.submit'));
      // Monday is Labor Thanksgiving Day in Japan, which closes one market and so moves the plans of both.
      await expect(main).toContainText(formatDay(locale, '2026-11-24'));
      await expect(main).toContainText(locale === 'ja' ? '勤労感謝の日' : 'Labor Thanksgiving Day');
      await expect(main).toContainText(formatDeadline(locale, new Date(turns[0])).split(/ \/ |／/)[0] ?? '');
      await press(page, t('review.document-open'));
      await page
        .getByRole('link', { name: t('document.back') })
        .first()
        .click();
      await press(page, t('review.confirm'));
      await expect(page.getByRole('checkbox')).toHaveAccessibleDescription(
        texts(locale, 'errors')('order.consent-missing'),
      );
      await page.getByRole('checkbox').check();
      await press(page, t('review.confirm'));
      await expect(page.getByRole('heading', { name: t('done.STARTED') })).toBeVisible();
      await expect(page.getByRole('heading', { name: t('warn.title') })).toBeVisible();

      await clock.set(new Date(turns[0]));
      await runJob(site, 'advance-plans');
      expect(await told()).toEqual(['plan-lapsed']);
      await page.goto(`/${locale}/plans/${name}`);
      await expect(main).toContainText(t('state.lapses', { count: 1 }));

      // Two more, of which nobody was at work for the first: it is taken late.
      await clock.set(new Date(turns[2]));
      await runJob(site, 'advance-plans');
      expect(await told()).toEqual(['plan-lapsed', 'plan-lapsed', 'plan-paused']);
      await page.goto(`/${locale}/overview`);
      await expect(page.getByRole('heading', { name: texts(locale, 'overview')('waits.plan-paused') })).toBeVisible();
      await page.goto(`/${locale}/plans`);
      await expect(main).toContainText(t('state.PAUSED-lapses'));
      await page.getByRole('link', { name: t('list.details') }).click();
      await expect(page.getByRole('row').filter({ hasText: t('turns.lapsed') })).toHaveCount(3);
      expect(await tooWide(page)).toEqual([]);
      // Axe is a script, and colours are the same in both languages.
      if (locale === 'en') {
        expect(await axeFindings(page)).toEqual([]);
        await page.emulateMedia({ colorScheme: 'dark' });
        expect(await axeFindings(page, ['color-contrast'])).toEqual([]);
      }

      await press(page, t('paused.go'));
      await expect(page.getByRole('heading', { name: t('done.RESUMED') })).toBeVisible();
      await expect(main).toContainText(formatDay(locale, '2027-02-24'));

      // What is missing is named, and from where it is added the way leads back.
      const cash = texts(locale, 'cash');
      await main.getByRole('link', { name: t('warn.cash-go') }).click();
      await expect(field(page, locale, cash('deposit.amount'))).toHaveValue(amount);
      await press(page, cash('deposit.submit'));
      await expect(main).toContainText(cash('done.deposit', { amount: formatMoney(locale, amountMinor, currency) }));
      await main.getByRole('link', { name: cash('done.go-on-plan') }).click();
      await expect(page).toHaveURL(new RegExp(`/${locale}/plans/${name}$`));

      await page.getByRole('link', { name: t('acts.change') }).click();
      await expect(field(page, locale, t('form.amount'))).toHaveValue(amount);
      await press(page, t('form.change-submit'));
      await expect(page.getByRole('heading', { name: t('done.CHANGED') })).toBeVisible();
      await expect(page.getByRole('heading', { name: t('warn.title') })).toHaveCount(0);

      await clock.set(new Date(turns[3]));
      await runJob(site, 'advance-plans');
      expect(await told()).toEqual(['plan-lapsed', 'plan-lapsed', 'plan-paused', 'plan-ordered']);
      await page.goto(`/${locale}/plans/${name}`);
      await expect(page.getByRole('row').filter({ hasText: t('order-state.ACCEPTED') })).toHaveCount(1);

      // The order is one like any other, and says where it comes from.
      await page.getByRole('row').getByRole('link').click();
      await page.getByRole('link', { name: texts(locale, 'tracker')('facts.by-plan') }).click();
      await page.getByText(t('acts.end')).click();
      await press(page, t('acts.end-go'));
      await expect(page.getByRole('heading', { name: t('done.ENDED') })).toBeVisible();
      await expect(main).toContainText(t('list.none'));

      // Whoever answers them at the desk reads the same: how the plan stands, and what became of its months.
      const desk = texts(locale, 'desk');
      await login('support');
      await page.goto(`/${locale}/operator/investors/${id}`);
      const standing = page.getByRole('table', { name: desk('investor.plans'), exact: true });
      await expect(standing.getByRole('row').nth(1)).toContainText(t('state.ENDED'));
      const months = page.getByRole('table', { name: desk('investor.turns') }).getByRole('row');
      await expect(months).toHaveCount(5);
      await expect(months.nth(1)).toContainText(t('order-state.ACCEPTED'));
      await expect(months.nth(2)).toContainText(
        texts(locale, 'plans')('lapse.order.insufficient-cash', { available: formatMoney(locale, 0n, currency) }),
      );
    });
  });
}
