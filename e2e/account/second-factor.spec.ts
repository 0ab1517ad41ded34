/** The second step at sign-in by an authenticator app: staff always, citizens who set one up; with and without JavaScript (TRUST, sign-in). */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { totpCode } from '@/lib/auth/totp';
import { seal } from '@/lib/sealed';
import {
  DEMO_PASSWORD,
  DEMO_TOTP_SECRET,
  expect,
  LOCALES,
  type Locale,
  newAddress,
  Outbox,
  PERSONAS,
  test,
  texts,
} from '../fixtures';
import { button, field } from '../fixtures/forms';
import type { Site } from '../fixtures/site';

async function signIn(page: Page, locale: Locale, email: string) {
  const t = texts(locale, 'access');
  await page.goto(`/${locale}/sign-in`);
  await field(page, locale, t('email')).fill(email);
  await field(page, locale, t('password')).fill(DEMO_PASSWORD);
  await button(page, t('sign-in.act')).click();
}

const enterCode = async (page: Page, locale: Locale, code: string) => {
  const t = texts(locale, 'factors');
  await field(page, locale, t('second.code')).fill(code);
  await button(page, t('second.act')).click();
};

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const currentCode = (secret: string = DEMO_TOTP_SECRET) => totpCode(secret, new Date());

/** A member of staff of a test's own, who has set nothing up. */
async function newAuditor(site: Site): Promise<{ id: bigint; email: string }> {
  const email = newAddress('auditor', 'audit.example');
  const [user] = await site.sql<{ id: bigint }[]>`
    insert into users (email, password_hash, email_verified_at, role, locale)
    select ${email}, password_hash, app_now(), 'AUDITOR', 'en' from users where id = ${PERSONAS.auditor.id} returning id`;
  if (!user) throw new Error('The account was not made.');
  await site.sql`insert into staff (user_id, person_id, display_name) values (${user.id}, gen_random_uuid(), 'Auditor')`;
  return { id: user.id, email };
}

/** The secret that the page shows, as a person would type it into their app. */
async function shownSecret(page: Page, locale: Locale): Promise<string> {
  const t = texts(locale, 'factors');
  await expect(page.getByRole('img', { name: t('totp.qr') })).toBeVisible();
  return (await page.locator('[translate=no]').textContent())?.replaceAll(' ', '') ?? '';
}

for (const locale of LOCALES) {
  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? '' : ', without JavaScript';
    test.describe(() => {
      test.use({ javaScriptEnabled, locale: locale === 'ja' ? 'ja-JP' : 'en-US' });
      test.slow();

      test(`staff set one up before anything else, and use it from then on [${locale}${how}]`, async ({
        page,
        site,
      }) => {
        const t = texts(locale, 'factors');
        const { id, email } = await newAuditor(site);
        await signIn(page, locale, email);
        await expect(heading(page, t('security.title'))).toBeVisible();
        await expect(page.getByText(t('security.enrol'))).toBeVisible();
        // Nothing else opens.
        for (const path of ['/account', '/account/sessions', '/account/password']) {
          await page.goto(`/${locale}${path}`);
          await expect(heading(page, t('security.title'))).toBeVisible();
        }
        await page.getByRole('link', { name: t('totp.add') }).click();
        await button(page, t('totp.begin')).click();
        const secret = await shownSecret(page, locale);
        await field(page, locale, t('second.code')).fill(currentCode(secret));
        await button(page, t('totp.finish')).click();
        await expect(page.getByText(t('security.added'))).toBeVisible();
        await page.goto(`/${locale}/account/sessions`);
        await expect(heading(page, texts(locale, 'account')('sessions.title'))).toBeVisible();

        await page.context().clearCookies();
        await signIn(page, locale, email);
        await expect(heading(page, t('second.title'))).toBeVisible();
        // The code that set it up is used.
        const [factor] = await site.sql<
          { step: bigint }[]
        >`select last_used_step as step from totp_factors where user_id = ${id}`;
        await enterCode(page, locale, totpCode(secret, new Date(Number(factor?.step) * 30_000)));
        await expect(page.getByText(texts(locale, 'errors')('factor.code-used')).first()).toBeVisible();
        await site.sql`update totp_factors set last_used_step = null where user_id = ${id}`;
        await enterCode(page, locale, currentCode(secret));
        await expect(heading(page, t('second.title'))).toHaveCount(0);
        await page.goto(`/${locale}/account`);
        await expect(page.getByText(email)).toBeVisible();
      });
    });
  }

  test(`a persona of staff signs in with the code that testers are shown [${locale}]`, async ({ page, site }) => {
    const t = texts(locale, 'factors');
    await site.sql`update totp_factors set last_used_step = null where user_id = ${PERSONAS.manager.id}`;
    await signIn(page, locale, PERSONAS.manager.email);
    await page.getByRole('link', { name: t('demo.link') }).click();
    await expect(heading(page, t('demo-codes.title'))).toBeVisible();
    const code = (await page.locator('main strong').textContent()) ?? '';
    expect(code).toMatch(/^\d{6}$/);
    await page.goBack();
    await enterCode(page, locale, code);
    await expect(heading(page, t('second.title'))).toHaveCount(0);
    await page.goto(`/${locale}/account`);
    await expect(page.getByText(PERSONAS.manager.email)).toBeVisible();
  });
}

test('no page and no action opens before the second step, whatever the address', async ({ page, site, login }) => {
  const t = texts('en', 'factors');
  await login('support', { secondFactor: false });
  for (const path of ['/account', '/account/security', '/account/security/authenticator', '/account/password']) {
    await page.goto(`/en${path}`);
    await expect(heading(page, t('second.title'))).toBeVisible();
    await expect(page.getByText(PERSONAS.support.email)).toHaveCount(0);
    expect(new URL(page.url()).searchParams.get('next')).toBe(`/en${path}`);
  }
  const sent = await page.request.get('/en/account', { headers: { rsc: '1' }, maxRedirects: 0 });
  expect(await sent.text()).not.toContain(PERSONAS.support.email);
  // Nor does the address of a page that comes after it lead out of the site.
  await site.sql`update totp_factors set last_used_step = null where user_id = ${PERSONAS.support.id}`;
  await page.goto('/en/second-factor?next=//evil.example');
  await enterCode(page, 'en', currentCode());
  await expect(page).toHaveURL(new RegExp(`^${site.url}/en/`));
  await expect(heading(page, t('second.title'))).toHaveCount(0);
});

test('no action does anything before the second step', async ({ page, site, login }) => {
  // The fields of a form that a whole session was given, sent by one that waits.
  await login('support');
  const html = await (await page.request.get('/en/account/password')).text();
  const hidden = [...html.matchAll(/<input type="hidden" name="(\$ACTION[^"]*)"(?: value="([^"]*)")?/g)];
  const plain = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const action = Object.fromEntries(hidden.map(([, name = '', value = '']) => [plain(name), plain(value)]));
  expect(Object.keys(action).length).toBeGreaterThan(0);
  const passwordOf = async () => (await site.sql`select password_hash from users where id = ${PERSONAS.support.id}`)[0];
  const before = await passwordOf();
  await login('support', { secondFactor: false });
  const answer = await page.request.post('/en/account/password', {
    multipart: { ...action, locale: 'en', currentPassword: DEMO_PASSWORD, newPassword: 'a quiet harbour at dawn' },
    headers: { origin: site.url },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(303);
  expect(answer.headers().location).toContain('/en/second-factor');
  expect(await passwordOf()).toEqual(before);
});

test('a new password by mail does not skip the second step', async ({ page, site, outbox }) => {
  const t = texts('en', 'access');
  const { id, email } = await newAuditor(site);
  await site.sql`insert into totp_factors (id, user_id, sealed_secret, confirmed_at)
    values (${randomUUID()}, ${id}, ${seal('totp secret', id, DEMO_TOTP_SECRET)}, now())`;
  await page.goto('/en/recover');
  await field(page, 'en', t('email')).fill(email);
  await button(page, t('recover.act')).click();
  await expect(heading(page, t('check-mail.title'))).toBeVisible();
  await page.goto(Outbox.link(await outbox.latestTo(email)));
  await field(page, 'en', t('new-password')).fill('a quiet harbour at dawn');
  await button(page, t('reset.act')).click();
  await expect(page.getByText(t('sign-in.reset'))).toBeVisible();
  await field(page, 'en', t('email')).fill(email);
  await field(page, 'en', t('password')).fill('a quiet harbour at dawn');
  await button(page, t('sign-in.act')).click();
  await expect(heading(page, texts('en', 'factors')('second.title'))).toBeVisible();
  await page.goto('/en/account');
  await expect(heading(page, texts('en', 'factors')('second.title'))).toBeVisible();
});

test('what weighs more asks again after five minutes, and leads back', async ({ page, site, login }) => {
  const t = texts('en', 'factors');
  const sessionId = await login('jpOperator2');
  await page.goto('/en/account/security/authenticator');
  await expect(heading(page, t('totp.title'))).toBeVisible();
  await site.sql`update sessions set second_factor_at = now() - interval '301 seconds' where id = ${sessionId}`;
  await site.sql`update totp_factors set last_used_step = null where user_id = ${PERSONAS.jpOperator2.id}`;
  await page.goto('/en/account/security/authenticator');
  await expect(page.getByText(t('second.again'))).toBeVisible();
  await enterCode(page, 'en', currentCode());
  await expect(heading(page, t('totp.title'))).toBeVisible();
  const [row] = await site.sql`select ended_at is not null as ended from sessions where id = ${sessionId}`;
  expect(row?.ended).toBe(true);
});

test('a citizen sets one up with the password, and may remove it again', async ({
  page,
  newCitizen,
  login,
  outbox,
  site,
}) => {
  const t = texts('en', 'factors');
  const { id, email } = await newCitizen('US');
  await login(id);
  await page.goto('/en/account');
  await page.getByRole('link', { name: t('security.title') }).click();
  await page.getByRole('link', { name: t('totp.add') }).click();
  await button(page, t('totp.begin')).click();
  await expect(page.getByText(texts('en', 'errors')('auth.current-password-wrong')).first()).toBeVisible();
  await field(page, 'en', texts('en', 'account')('password.current')).fill(DEMO_PASSWORD);
  await button(page, t('totp.begin')).click();
  const secret = await shownSecret(page, 'en');
  await field(page, 'en', t('second.code')).fill(currentCode(secret));
  await button(page, t('totp.finish')).click();
  await expect(page.getByText(t('security.added'))).toBeVisible();
  // A lost device must not lock anybody out: what comes next is said, and one press away.
  await expect(page.getByText(t('security.codes-next'))).toBeVisible();
  await page.getByRole('link', { name: t('codes.make') }).click();
  await button(page, t('codes.make')).click();
  await expect(page.getByRole('region', { name: t('codes.shown') }).getByRole('listitem')).toHaveCount(10);
  await page.goto('/en/account/security?done=added');
  await expect(page.getByText(t('security.added'))).toBeVisible();
  await expect(page.getByText(t('security.codes-next'))).toHaveCount(0);
  expect((await outbox.latestTo(email)).body).toContain('/en/account/security');

  await page.context().clearCookies();
  await signIn(page, 'en', email);
  await expect(heading(page, t('second.title'))).toBeVisible();
  await site.sql`update totp_factors set last_used_step = null where user_id = ${id}`;
  await enterCode(page, 'en', currentCode(secret));
  await expect(heading(page, texts('en', 'overview')('title'))).toBeVisible();
  await page.goto('/en/account/security');
  await button(page, t('totp.remove')).click();
  await expect(page.getByText(t('security.removed'))).toBeVisible();
  await page.context().clearCookies();
  await signIn(page, 'en', email);
  await expect(heading(page, texts('en', 'overview')('title'))).toBeVisible();
});
