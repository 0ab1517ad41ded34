/** Sign-up names all that is wrong at once, and keeps what may be kept. */
import { LIMITS } from '@/lib/auth/limits';
import { expect, LOCALES, newAddress, Outbox, test, texts } from '../fixtures';
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

      test(`signing in before the address is confirmed leads to the mail, and to another one [${locale}]`, async ({
        page,
        outbox,
      }) => {
        const email = newAddress('unconfirmed');
        const password = 'a quiet harbour at dawn';
        const fill = async () => {
          await field(page, locale, t('email')).fill(email);
          await field(page, locale, t('password')).fill(password);
        };
        await page.goto(`/${locale}/sign-up`);
        await fill();
        await button(page, t('sign-up.act')).click();
        await expect(page.getByText(t('check-mail.verify'))).toBeVisible();
        const first = await outbox.latestTo(email);
        await page.goto(`/${locale}/sign-in`);
        await fill();
        await button(page, t('sign-in.act')).click();
        await expect(page.getByText(t('check-mail.confirm'))).toBeVisible();
        await expect(page.getByRole('link', { name: t('check-mail.outbox') })).toBeVisible();
        expect((await outbox.latestTo(email)).body).not.toBe(first.body);
        // More than a few are not sent in an hour, and are not said to be.
        for (let mails = 2; mails < LIMITS.linkMails.points; mails += 1) {
          await page.getByRole('link', { name: t('check-mail.again.confirm') }).click();
          await fill();
          await button(page, t('sign-in.act')).click();
          await expect(page.getByText(t('check-mail.confirm'))).toBeVisible();
        }
        await page.goto(`/${locale}/sign-in`);
        await fill();
        await button(page, t('sign-in.act')).click();
        await expect(page.getByText(t('check-mail.confirm-newest'))).toBeVisible();
      });

      test(`the way back to a link that was used leads to what can be done [${locale}]`, async ({ page, outbox }) => {
        const email = newAddress('back');
        await page.goto(`/${locale}/sign-up`);
        await field(page, locale, t('email')).fill(email);
        await field(page, locale, t('password')).fill('a quiet harbour at dawn');
        await button(page, t('sign-up.act')).click();
        await expect(page.getByText(t('check-mail.verify'))).toBeVisible();
        await page.goto(Outbox.link(await outbox.latestTo(email)));
        await button(page, t('verify.act')).click();
        await expect(page.getByText(t('sign-in.verified'))).toBeVisible();
        await page.goBack();
        // Without a script the page is fetched anew; with one it may come back as it was left, with its button.
        if (javaScriptEnabled) await button(page, t('verify.act')).click();
        await expect(page.getByRole('heading', { level: 1, name: t('verify.gone-title') })).toBeVisible();
        const signIn = page.getByRole('main').getByRole('link', { name: t('sign-in.act'), exact: true });
        await expect(signIn).toHaveAttribute('href', `/${locale}/sign-in`);
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
