/** The two languages: which one a reader gets, and what the switch keeps. */
import { expect, LOCALES, test, texts } from '../fixtures';

test.describe('the address without a language', () => {
  for (const [header, locale] of [
    ['ja', 'ja'],
    ['ja-JP,en;q=0.5', 'ja'],
    ['en-US,ja;q=0.9', 'en'],
    ['fr,ja;q=0.8,en;q=0.4', 'ja'],
    ['fr', 'en'],
    ['en;q=0, ja;q=0.1', 'ja'],
    ['*', 'en'],
  ] as const) {
    test(`Accept-Language: ${header} leads to /${locale}`, async ({ request }) => {
      const answer = await request.get('/', { headers: { 'accept-language': header }, maxRedirects: 0 });
      expect(answer.status()).toBe(307);
      expect(new URL(answer.headers().location ?? '', 'http://localhost').pathname).toBe(`/${locale}`);
      expect(answer.headers().vary?.toLowerCase()).toContain('accept-language');
    });
  }
});

test('a language that is not ours is a page that is not there', async ({ page, problems }) => {
  problems.allow(/404/);
  const response = await page.goto('/fr');
  expect(response?.status()).toBe(404);
});

for (const locale of LOCALES) {
  const other = locale === 'en' ? 'ja' : 'en';
  test(`the switch keeps the page [${locale} → ${other}]`, async ({ page }) => {
    await page.goto(`/${locale}/offerings?from=mail#open`);
    await page.getByRole('link', { name: texts(locale, 'common')('switch-language') }).click();
    await expect(page).toHaveURL(new RegExp(`/${other}/offerings\\?from=mail#open$`));
    await expect(page.locator('html')).toHaveAttribute('lang', other);
  });
}

test('the switch is written in the other language, and says so', async ({ page }) => {
  await page.goto('/en');
  const toJapanese = page.getByRole('link', { name: texts('en', 'common')('switch-language') });
  await expect(toJapanese).toHaveAttribute('lang', 'ja');
  await expect(toJapanese).toHaveAttribute('hreflang', 'ja');
});
