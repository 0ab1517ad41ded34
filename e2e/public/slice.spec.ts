/** The slice and the fund's figures answer without a script. */
import { expect, LOCALES, test, texts } from '../fixtures';

for (const locale of LOCALES) {
  const t = texts(locale, 'fund');

  test.describe(() => {
    test.use({ javaScriptEnabled: false });
    // A browser without script reports the scripts that it does not load as blocked.
    test.beforeEach(({ problems }) => problems.allow(/\.js csp$/));

    test(`an amount shows what part of the fund it is, without script [${locale}]`, async ({ page }) => {
      await page.goto(`/${locale}`);
      // Full-width digits and commas are what a Japanese keyboard gives.
      await page.getByLabel(t('slice.amount')).fill('５，０００');
      await page.getByLabel(t('slice.currency')).selectOption('JPY');
      await page.getByRole('button', { name: t('slice.show') }).click();
      await expect(page).toHaveURL(/\/slice\?amount=.*&currency=JPY$/);
      await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(
        locale === 'ja' ? '5,000円' : '¥5,000',
      );
      await expect(page.getByText(t('slice.widened'))).toBeVisible();
    });

    test(`what is no plain number is refused beside the field and stays typed [${locale}]`, async ({ page }) => {
      await page.goto(`/${locale}/slice?amount=1,00&currency=USD`);
      const amount = page.getByLabel(t('slice.amount'));
      await expect(amount).toHaveValue('1,00');
      await expect(amount).toHaveAttribute('aria-invalid', 'true');
      await expect(page.getByRole('alert')).toBeVisible();
      await page.goto(`/${locale}/slice?amount=99999999999&currency=USD`);
      await expect(page.getByRole('alert')).toHaveText(t('slice.too-large'));
    });
  });
}

test('a point of the price chart leads by keyboard to its row in the table', async ({ page }) => {
  await page.goto('/en/fund');
  const point = page.locator('svg a').first();
  const row = page.locator(String(await point.getAttribute('href')));
  await expect(row).toBeHidden();
  await point.focus();
  await page.keyboard.press('Enter');
  await expect(row).toBeVisible();
  const [date, price] = (await point.getAttribute('aria-label'))?.split(': ') ?? [];
  await expect(row).toContainText(date ?? '');
  await expect(row).toContainText(price ?? '');
});
