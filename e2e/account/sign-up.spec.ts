/** Sign-up names all that is wrong at once, and keeps what may be kept. */
import { expect, LOCALES, test, texts } from '../fixtures';
import { button, field } from '../fixtures/forms';
import { expectRefusal } from '../investor/ticket';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    for (const locale of LOCALES) {
      const t = texts(locale, 'access');
      const errors = texts(locale, 'errors');

      test(`every fault, in the summary and beside its field [${locale}]`, async ({ page }) => {
        await page.goto(`/${locale}/sign-up`);
        await field(page, locale, t('email')).fill('taro at example');
        await field(page, locale, t('password')).fill('short');
        await button(page, t('sign-up.act')).click();
        await expectRefusal(page, errors('email.form'), 'email');
        await expectRefusal(page, errors('password.too-short'), 'password');
        const summary = page.getByRole('alert').filter({ has: page.getByRole('heading') });
        await expect(summary.getByRole('listitem')).toHaveCount(2);
        if (javaScriptEnabled) await expect(summary).toBeFocused();
        await expect(field(page, locale, t('email'))).toHaveValue('taro at example');
        // A password is never sent back.
        await expect(field(page, locale, t('password'))).toHaveValue('');
      });

      test(`two empty boxes are two faults [${locale}]`, async ({ page }) => {
        await page.goto(`/${locale}/sign-up`);
        await button(page, t('sign-up.act')).click();
        await expectRefusal(page, errors('email.empty'), 'email');
        await expectRefusal(page, errors('password.empty'), 'password');
      });
    }
  });
}
