/** Passkeys, with Chromium's virtual authenticator, and recovery codes (TRUST, sign-in). */
import type { BrowserContext, Page } from '@playwright/test';
import { closeDatabase } from '@/db/client';
import { consume } from '@/db/commands/throttle';
import { LIMITS } from '@/lib/auth/limits';
import { DEMO_PASSWORD, expect, LOCALES, type Locale, PERSONAS, test, texts } from '../fixtures';
import { button, field } from '../fixtures/forms';

type Authenticator = { verify(verified: boolean): Promise<void> };

/** A device that keeps passkeys and says that it has checked its owner. */
async function addAuthenticator(context: BrowserContext, page: Page): Promise<Authenticator> {
  const browser = await context.newCDPSession(page);
  await browser.send('WebAuthn.enable');
  const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    verify: async (isUserVerified) => {
      await browser.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
  };
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

async function signIn(page: Page, locale: Locale, email: string) {
  const t = texts(locale, 'access');
  await page.goto(`/${locale}/sign-in`);
  await field(page, locale, t('email')).fill(email);
  await field(page, locale, t('password')).fill(DEMO_PASSWORD);
  await button(page, t('sign-in.act')).click();
}

/** Signed in already; a citizen who has no second step yet gives the password again. */
async function addPasskey(page: Page, locale: Locale, name: string, password?: string) {
  const t = texts(locale, 'factors');
  await page.goto(`/${locale}/account/security`);
  await page.getByRole('link', { name: t('passkey.add') }).click();
  await field(page, locale, t('passkey.name')).fill(name);
  if (password) await field(page, locale, texts(locale, 'account')('password.current')).fill(password);
  await button(page, t('passkey.make')).click();
}

for (const locale of LOCALES) {
  test.describe(() => {
    test.use({ locale: locale === 'ja' ? 'ja-JP' : 'en-US' });
    test.slow();

    test(`a passkey signs in alone, also while the password is throttled [${locale}]`, async ({
      page,
      context,
      login,
      newCitizen,
    }) => {
      const t = texts(locale, 'factors');
      const { id, email } = await newCitizen(locale === 'ja' ? 'JP' : 'US');
      await addAuthenticator(context, page);
      await login(id);
      await addPasskey(page, locale, 'Phone', 'not the password');
      await expect(page.getByText(texts(locale, 'errors')('auth.current-password-wrong'))).toBeVisible();
      await addPasskey(page, locale, 'Phone', DEMO_PASSWORD);
      await expect(page.getByText(t('security.added'))).toBeVisible();
      await expect(page.getByText(t('security.codes-next'))).toBeVisible();
      await expect(page.getByText('Phone', { exact: true })).toBeVisible();

      await context.clearCookies();
      // Somebody else has guessed at the password until nobody may.
      for (let guess = 0; guess < LIMITS.signInAccount.points; guess += 1) await consume(LIMITS.signInAccount, email);
      await closeDatabase();
      await signIn(page, locale, email);
      await expect(
        page.getByRole('alert').filter({ hasText: locale === 'ja' ? '試行回数が多すぎます' : 'Too many attempts' }),
      ).toBeVisible();
      await expect(heading(page, texts(locale, 'access')('sign-in.title'))).toBeVisible();
      await button(page, t('passkey.sign-in')).click();
      await expect(heading(page, texts(locale, 'overview')('title'))).toBeVisible();
      await page.goto(`/${locale}/account/security`);
      await button(page, t('passkey.remove')).click();
      await expect(page.getByText(t('security.removed'))).toBeVisible();
    });

    test(`the second step by passkey, and what a device that refuses leads to [${locale}]`, async ({
      page,
      context,
      login,
      newCitizen,
    }) => {
      const t = texts(locale, 'factors');
      const { id, email } = await newCitizen(locale === 'ja' ? 'JP' : 'US');
      const device = await addAuthenticator(context, page);
      await login(id);
      await addPasskey(page, locale, 'Key', DEMO_PASSWORD);
      await expect(page.getByText(t('security.added'))).toBeVisible();
      await context.clearCookies();
      await signIn(page, locale, email);
      await expect(heading(page, t('second.title'))).toBeVisible();
      // No authenticator app, no box for its code.
      await expect(page.getByLabel(t('second.code'))).toHaveCount(0);
      await device.verify(false);
      await button(page, t('passkey.use')).click();
      await expect(page.getByText(t('passkey.not-used'))).toBeVisible();
      await device.verify(true);
      await button(page, t('passkey.use')).click();
      await expect(heading(page, texts(locale, 'overview')('title'))).toBeVisible();
    });

    for (const javaScriptEnabled of [true, false]) {
      test.describe(() => {
        test.use({ javaScriptEnabled });

        test(`a recovery code does the second step once [${locale}${javaScriptEnabled ? '' : ', without JavaScript'}]`, async ({
          page,
          context,
          login,
          site,
        }) => {
          const t = texts(locale, 'factors');
          const { id, email } = PERSONAS.usOperator2;
          await login('usOperator2');
          await page.goto(`/${locale}/account/security`);
          await page.getByRole('link', { name: t('codes.make') }).click();
          await button(page, t('codes.make')).click();
          const shown = page.getByRole('region', { name: t('codes.shown') }).getByRole('listitem');
          await expect(shown).toHaveCount(10);
          const [code = ''] = await shown.allTextContents();
          // Nobody can have them shown again.
          await page.goto(`/${locale}/account/security/recovery-codes`);
          await expect(heading(page, t('codes.title'))).toBeVisible();
          expect(await page.content()).not.toContain(code);

          const recover = async () => {
            await context.clearCookies();
            await signIn(page, locale, email);
            await page.getByRole('link', { name: t('second.lost') }).click();
            await field(page, locale, t('recovery.code')).fill(code.toLowerCase().replaceAll('-', ' '));
            await button(page, t('recovery.act')).click();
          };
          await recover();
          await expect(heading(page, t('recovery.title'))).toHaveCount(0);
          await page.goto(`/${locale}/account`);
          await expect(page.getByText(email)).toBeVisible();
          await recover();
          await expect(page.getByText(texts(locale, 'errors')('factor.recovery-wrong')).first()).toBeVisible();
          await site.sql`delete from recovery_codes where user_id = ${id}`;
        });
      });
    }
  });
}

test('staff keep one factor, and a new one goes beside it', async ({ page, context, login }) => {
  const t = texts('en', 'factors');
  await addAuthenticator(context, page);
  await login('auditor');
  await page.goto('/en/account/security');
  await expect(button(page, t('totp.remove'))).toHaveCount(0);
  await addPasskey(page, 'en', 'Desk key');
  await expect(page.getByText(t('security.added'))).toBeVisible();
  await expect(button(page, t('totp.remove'))).toBeVisible();
  await button(page, t('passkey.remove')).click();
  await expect(page.getByText(t('security.removed'))).toBeVisible();
  await expect(button(page, t('totp.remove'))).toHaveCount(0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the sign-in page says that passkeys need it', async ({ page }) => {
    await page.goto('/en/sign-in');
    await expect(page.locator('main noscript p')).toBeVisible();
    await expect(page.locator('main noscript p')).toHaveText(texts('en', 'factors')('passkey.noscript'));
  });
});
