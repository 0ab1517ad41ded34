/** The prices of a class over a period that the reader chooses: links, a picture with its table, and a file. It needs no script. */
import { expect, LOCALES, test, texts } from '../fixtures';

const FIRST = { en: 'Oct 16, 2026', ja: '2026年10月16日' };
const CHANGE = {
  en: /^▲Up \+\$\d+\.\d{4} \(\+\d+\.\d\d%\)|^▼Down −\$\d+\.\d{4} \(−\d+\.\d\d%\)/,
  ja: /^▲1か月で\+[\d,]+円（\+\d+\.\d\d%）上昇|^▼1か月で−[\d,]+円（−\d+\.\d\d%）下落/,
};

for (const locale of LOCALES) {
  const t = texts(locale, 'fund');
  const own = locale === 'ja' ? 'jp' : 'us';

  test.describe(() => {
    test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    // A browser without script reports the scripts that it does not load as blocked.
    test.beforeEach(({ problems }) => problems.allow(/\.js csp$/));

    test(`class and period are links, and say what became of the price [${locale}]`, async ({ page }) => {
      await page.goto(`/${locale}/fund/prices/us/1y`);
      const name = { us: { en: 'US class', ja: '米国クラス' }, jp: { en: 'Japan class', ja: '日本クラス' } };
      await page
        .getByRole('navigation', { name: t('prices.choose-class') })
        .getByText(name[own][locale])
        .click();
      const periods = page.getByRole('navigation', { name: t('prices.choose-period') });
      await expect(periods.getByRole('link')).toHaveCount(5);
      await periods.getByRole('link', { name: t('prices.period.1m') }).click();
      await expect(page).toHaveURL(new RegExp(`/${locale}/fund/prices/${own}/1m$`));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('prices.title', { name: name[own][locale] }));
      await expect(periods.locator('[aria-current=page]')).toHaveText(t('prices.period.1m'));
      const chart = page.getByRole('region', { name: t('prices.chart-title') });
      await expect(chart.getByRole('paragraph').first()).toHaveText(CHANGE[locale]);
      // October 17 is a Saturday: it is counted from Friday's price.
      await expect(chart).toContainText(FIRST[locale]);

      // A price says how many units it is for.
      await expect(page.getByRole('region', { name: t('prices.newest') })).toContainText(
        own === 'jp' ? t('nav.per-units', { units: '10,000' }) : t('nav.per-share'),
      );

      // Each point of the picture is a row of its table, and leads to it by keyboard.
      const points = chart.locator('svg a');
      await expect(chart.locator('tbody tr')).toHaveCount(await points.count());
      const row = page.locator(String(await points.first().getAttribute('href')));
      await expect(row).toBeHidden();
      await points.first().focus();
      await page.keyboard.press('Enter');
      await expect(row).toBeVisible();
      await expect(row).toContainText(FIRST[locale]);

      // On paper there is nothing to choose, and the table is open.
      await page.goto(`/${locale}/fund/prices/${own}/3m`);
      await page.emulateMedia({ media: 'print' });
      await expect(periods).toBeHidden();
      await expect(chart.getByRole('table').or(page.getByRole('table')).first()).toBeVisible();
    });
  });

  test(`all days are a file that Excel opens [${locale}]`, async ({ request }) => {
    const response = await request.get(`/${locale}/fund/prices/us/csv`);
    expect(response.headers()).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="wakachi-prices-us.csv"',
    });
    const [head = '', newest = '', ...rest] = (await response.text()).split('\r\n');
    expect(head).toMatch(new RegExp(`^\uFEFF${t('prices.file-head.date')},${t('prices.file-head.price')},`));
    expect(newest).toMatch(/^2026-11-17,\d+\.\d{4},USD,1\.000,\d+\.\d\d,2026-11-17T\d\d:\d\d:\d\d\.\d{3}Z,$/);
    expect(rest.length).toBeGreaterThan(400);
  });

  test(`what there is none of is not found [${locale}]`, async ({ page, problems }) => {
    problems.allow(/404/);
    for (const path of ['eu/1m', 'us/2m', 'US/1m']) {
      const response = await page.goto(`/${locale}/fund/prices/${path}`);
      expect(response?.status(), path).toBe(404);
    }
    expect((await page.request.get(`/${locale}/fund/prices/eu/csv`)).status()).toBe(404);
  });
}
