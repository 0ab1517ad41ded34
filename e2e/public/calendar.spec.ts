/** The calendar of both markets: which day an order would deal on, and why another one is skipped. It needs no script. */
import { expect, LOCALES, test, texts } from '../fixtures';

const WORDS = {
  en: {
    // Noon of the 18th in Tokyo is ten in the evening of the 17th in New York: past its cut-off, and before that of Tokyo.
    us: /US class: order by\s*Nov 18, 2026, 4:00 p\.m\. ET \/ Nov 19, 2026, 6:00 a\.m\. Japan time/,
    jp: /Japan class: order by\s*Nov 18, 2026, 1:00 a\.m\. ET \/ Nov 18, 2026, 3:00 p\.m\. Japan time/,
    passed: 'Tue, Nov 17, 2026: the cut-off has passed',
    settlement: 'Fri, Nov 20, 2026',
    first: 'Wed, Nov 18, 2026',
    oneOnly: /^Mon, Nov 23, 2026\s*Tokyo is closed \(Labor Thanksgiving Day\)$/,
    other: /^Thu, Nov 26, 2026\s*New York is closed \(Thanksgiving Day\)$/,
    next: 'December 2026',
    both: /^Fri, Jan 1, 2027\s*New York is closed \(New Year’s Day\); Tokyo is closed \(New Year’s Day\)$/,
    field: /Nov 23, 2026 no dealing/,
    record: /US class\s*Mon, Dec 21, 2026\s*Each year on December 20/,
  },
  ja: {
    us: /米国クラスの締切時間\s*2026年11月19日 06:00（日本時間）／2026年11月18日 16:00（米国東部時間）/,
    jp: /日本クラスの締切時間\s*2026年11月18日 15:00（日本時間）／2026年11月18日 01:00（米国東部時間）/,
    passed: '2026年11月17日（火）：締切時間を過ぎています',
    settlement: '2026年11月20日（金）',
    first: '2026年11月18日（水）',
    oneOnly: /^2026年11月23日（月）\s*東京休場（勤労感謝の日）$/,
    other: /^2026年11月26日（木）\s*ニューヨーク休場（感謝祭）$/,
    next: '2026年12月',
    both: /^2027年1月1日（金）\s*ニューヨーク休場（元日）、東京休場（元日）$/,
    field: /2026年11月23日 申込不可日/,
    record: /日本クラス\s*2026年12月21日（月）\s*毎年12月20日/,
  },
} as const;

for (const locale of LOCALES) {
  const words = WORDS[locale];
  const t = texts(locale, 'calendar');

  test.describe(() => {
    test.use({ javaScriptEnabled: false, locale: locale === 'ja' ? 'ja-JP' : 'en-US' });
    // A browser without script reports the scripts that it does not load as blocked.
    test.beforeEach(({ problems }) => problems.allow(/\.js csp$/));

    test(`says which cut-off comes next, and why days are skipped [${locale}]`, async ({ page }) => {
      const next = page.getByRole('region', { name: t('next.title') });
      await page.goto(`/${locale}/calendar`);
      await expect(next).toContainText(words.us);
      await expect(next).toContainText(words.jp);
      await expect(next).toContainText(words.passed);
      await expect(next).toContainText(words.settlement);

      // The 20th is a Sunday.
      await expect(page.getByRole('region', { name: t('record.title') })).toContainText(words.record);

      const month = page.getByRole('region', { name: t('month.title') });
      const reason = month.getByRole('listitem');
      await expect(reason.filter({ hasText: words.oneOnly })).toBeVisible();
      await expect(reason.filter({ hasText: words.other })).toBeVisible();
      // The days that an order can still reach, without scrolling sideways on the narrowest phone.
      await page.setViewportSize({ width: 360, height: 740 });
      const days = page.getByRole('region', { name: t('days.title') });
      expect(
        await days.evaluate(
          (region) =>
            [...region.querySelectorAll('*')].filter(
              (part) => part.scrollWidth > part.clientWidth && getComputedStyle(part).overflowX === 'auto',
            ).length,
        ),
      ).toBe(0);
      await expect(days.getByRole('heading', { level: 3 })).toHaveCount(5);
      await expect(days.getByRole('heading', { level: 3 }).first()).toHaveText(words.first);

      // A field without dealing leads to its reason, by keyboard too.
      await month.getByRole('link', { name: words.field }).focus();
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/#closed-2026-11-23$/);

      await month.getByRole('link', { name: words.next }).click();
      await expect(page).toHaveURL(/month=2026-12/);
      await page.goto(`/${locale}/calendar?month=2027-01`);
      await expect(reason.filter({ hasText: words.both })).toBeVisible();
    });
  });

  test(`is found from the foot of every page [${locale}]`, async ({ page }) => {
    await page.goto(`/${locale}`);
    const footer = page.getByRole('navigation', { name: texts(locale, 'common')('footer.label') });
    await footer.getByRole('link', { name: texts(locale, 'common')('footer.calendar') }).click();
    await expect(page.getByRole('heading', { level: 1, name: t('title') })).toBeVisible();
  });
}

test('a month that there is none of is this month', async ({ page }) => {
  for (const month of ['2026-13', '1999-01', 'x', '2099-01']) {
    await page.goto(`/en/calendar?month=${month}`);
    await expect(page.getByRole('table', { name: /^November 2026/ })).toBeVisible();
  }
});
