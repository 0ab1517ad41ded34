/** Staff who follow a citizen's links learn what their account is for; citizens have no such page. */
import { homeOf } from '@/lib/domain/people/session';
import { expect, LOCALES, test, texts } from '../fixtures';

for (const locale of LOCALES) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(() => {
      test.use({ javaScriptEnabled });

      test(`an operator who follows “Buy” is told that staff cannot buy [${locale}${javaScriptEnabled ? '' : ', without JavaScript'}]`, async ({
        page,
        login,
      }) => {
        const side = locale === 'ja' ? 'JP' : 'US';
        await login(side === 'JP' ? 'jpOperator' : 'usOperator');
        const t = texts(locale, 'access.staff-account');
        const main = page.getByRole('main');
        await page.goto(`/${locale}/offerings/general-${side.toLowerCase()}`);
        await main.getByRole('link', { name: texts(locale, 'offerings')('detail.buy') }).click();
        await expect(page).toHaveURL(new RegExp(`/${locale}/staff-account$`));
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('title'));
        await expect(main).toContainText(t('what'));
        await expect(main).toContainText(texts(locale, 'account.staff')(side));
        await expect(main.getByRole('link', { name: t('go') })).toHaveAttribute(
          'href',
          `/${locale}${homeOf('OPERATOR')}`,
        );
      });
    });
  }
}

test('no page of a citizen opens for staff', async ({ page, login }) => {
  await login('auditor');
  for (const path of ['/overview', '/cash', '/cash/deposit', '/activity', '/buy/general-us', '/identity']) {
    await page.goto(`/en${path}`);
    await expect(page, path).toHaveURL(/\/en\/staff-account$/);
  }
});

test('a citizen is sent from there to their overview', async ({ page, login }) => {
  await login('american');
  await page.goto('/en/staff-account');
  await expect(page).toHaveURL(/\/en\/overview$/);
});
