import { expect, LOCALES, test, texts } from '../fixtures';

for (const locale of LOCALES) {
  test(`the landing page says what the fund is [${locale}]`, async ({ page }) => {
    await page.goto(`/${locale}`);
    await expect(page.locator('html')).toHaveAttribute('lang', locale);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText(texts(locale, 'common')('simulation'))).toBeVisible();
  });
}
