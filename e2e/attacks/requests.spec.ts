/**
 * What anybody can send, with or without a browser (TRUST, "Attacks"): tokens where none belongs, actions from elsewhere, forged headers, other
 * people's things. Each is refused, and nothing has changed afterwards.
 */
import { randomUUID } from 'node:crypto';
import { sessionCookieName } from '@/lib/auth/session-token';
import { ourToken } from '@/lib/public-data/ours';
import { DEMO_PASSWORD, expect, newAddress, PERSONAS, test, texts } from '../fixtures';
import { actionFields } from '../fixtures/actions';
import type { Site } from '../fixtures/site';

const cookieOf = async (
  site: Site,
  login: (who: 'american') => Promise<string>,
  context: import('@playwright/test').BrowserContext,
) => {
  const sessionId = await login('american');
  const [cookie] = (await context.cookies(site.url)).filter(({ name }) => name === sessionCookieName());
  return { sessionId, value: cookie?.value ?? '', header: `${sessionCookieName()}=${cookie?.value}` };
};

const signInFields = { locale: 'en', email: PERSONAS.american.email, password: DEMO_PASSWORD };
const sessionsOf = async (site: Site) => {
  const [row] = await site.sql<
    { n: number }[]
  >`select count(*)::int as n from sessions where user_id = ${PERSONAS.american.id}`;
  return row?.n ?? -1;
};

test.describe('a session', () => {
  test('opens pages by its one cookie, and by nothing else that carries its token', async ({
    site,
    login,
    context,
    playwright,
  }) => {
    const { value, header } = await cookieOf(site, login, context);
    const client = await playwright.request.newContext({ baseURL: site.url });
    const status = async (headers: Record<string, string>) =>
      (await client.get('/en/account', { headers, maxRedirects: 0 })).status();
    const name = sessionCookieName();
    const half = Math.floor(value.length / 2);
    expect(await status({ cookie: header })).toBe(200);
    expect(await status({}), 'no cookie').toBe(307);
    expect(await status({ authorization: `Bearer ${value}` }), 'as a bearer token').toBe(307);
    expect(
      await status({ cookie: `${name}.0=${value.slice(0, half)}; ${name}.1=${value.slice(half)}` }),
      'in pieces',
    ).toBe(307);
    expect(await status({ cookie: `${name}x=${value}` }), 'under a longer name').toBe(307);
    expect(await status({ cookie: `next-auth.session-token=${value}` }), 'under the name of next-auth').toBe(307);
    expect(await status({ cookie: `${name}=${value.slice(0, -3)}abc` }), 'altered').toBe(307);
    expect(await status({ cookie: `${name}=${'A'.repeat(10_000)}` }), 'huge').toBe(307);
    await client.dispose();
  });

  test('is over after sign-out, for whoever kept its cookie', async ({ page, site, login, context, playwright }) => {
    const { header } = await cookieOf(site, login, context);
    const t = texts('en', 'access');
    await page.goto('/en/account');
    await page.getByRole('button', { name: texts('en', 'account')('sign-out') }).click();
    await expect(page.getByText(t('sign-in.signed-out'))).toBeVisible();
    const client = await playwright.request.newContext({ baseURL: site.url });
    const replayed = await client.get('/en/account', { headers: { cookie: header }, maxRedirects: 0 });
    expect(replayed.status()).toBe(307);
    // Nor does the browser keep the page: going back asks the site again.
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1, name: t('sign-in.title') })).toBeVisible();
    await expect(page.getByText(PERSONAS.american.email)).toHaveCount(0);
    await client.dispose();
  });

  test('is not opened by headers that once got around the proxy', async ({ site, playwright }) => {
    const client = await playwright.request.newContext({ baseURL: site.url });
    const forged: Record<string, string>[] = [
      { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
      { 'x-middleware-subrequest': 'src/middleware:src/middleware' },
      { rsc: '1' },
      { rsc: '1', 'next-router-prefetch': '1' },
      { 'x-wakachi-path': '/en/account', 'x-forwarded-host': 'evil.example' },
    ];
    for (const headers of forged) {
      const response = await client.get('/en/account', { headers, maxRedirects: 0 });
      expect(await response.text(), JSON.stringify(headers)).not.toContain(PERSONAS.american.email);
      expect(response.headers().location ?? '', JSON.stringify(headers)).not.toContain('evil');
    }
    await client.dispose();
  });
});

test.describe('an action', () => {
  for (const [from, origin] of [
    ['another site', 'https://evil.example'],
    ['an opaque place', 'null'],
    ['nowhere', undefined],
    ['another port', 'http://localhost:1'],
  ] as const) {
    test(`called from ${from} does nothing`, async ({ site, playwright }) => {
      const client = await playwright.request.newContext({ baseURL: site.url });
      const before = await sessionsOf(site);
      const multipart = { ...(await actionFields(client, '/en/sign-in')), ...signInFields };
      expect(Object.keys(multipart).length).toBeGreaterThan(3);
      const response = await client.post('/en/sign-in', {
        multipart,
        headers: origin === undefined ? {} : { origin },
        maxRedirects: 0,
      });
      expect(response.headers()['set-cookie']).toBeUndefined();
      expect(response.status()).not.toBe(303);
      expect(await sessionsOf(site)).toBe(before);
      await client.dispose();
    });
  }

  test('called from the site itself works, so that the tests above say something', async ({ site, playwright }) => {
    const client = await playwright.request.newContext({ baseURL: site.url });
    const multipart = { ...(await actionFields(client, '/en/sign-in')), ...signInFields };
    const response = await client.post('/en/sign-in', { multipart, headers: { origin: site.url }, maxRedirects: 0 });
    expect(response.status()).toBe(303);
    const cookie = response.headers()['set-cookie'] ?? '';
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=lax/i);
    await client.dispose();
  });

  test('called with fields that it does not know changes nothing', async ({ site, playwright }) => {
    const client = await playwright.request.newContext({ baseURL: site.url });
    const email = newAddress('extra');
    const multipart = {
      ...(await actionFields(client, '/en/sign-up')),
      locale: 'en',
      email,
      password: 'a quiet harbour at dawn',
      role: 'OPERATOR',
    };
    const response = await client.post('/en/sign-up', { multipart, headers: { origin: site.url }, maxRedirects: 0 });
    expect(response.status()).not.toBe(303);
    expect(await site.sql`select 1 from users where email = ${email}`).toHaveLength(0);
    await client.dispose();
  });

  test('of a person’s page, called without a session, asks to sign in', async ({
    site,
    login,
    context,
    playwright,
  }) => {
    const { header } = await cookieOf(site, login, context);
    const client = await playwright.request.newContext({ baseURL: site.url });
    const fields = await actionFields(client, '/en/account/settings', header);
    const response = await client.post('/en/account/settings', {
      multipart: { ...fields, locale: 'en', mailLocale: 'ja', displayCurrency: 'JPY' },
      headers: { origin: site.url },
      maxRedirects: 0,
    });
    expect(response.status()).toBe(303);
    expect(response.headers().location).toContain('/en/sign-in');
    const [user] = await site.sql`select locale from users where id = ${PERSONAS.american.id}`;
    expect(user?.locale).toBe('en');
    await client.dispose();
  });

  test('cannot end someone else’s session', async ({ site, login, context, playwright }) => {
    const { header } = await cookieOf(site, login, context);
    const other = randomUUID();
    await site.sql`insert into sessions (id, user_id, role, user_agent) values (${other}, ${PERSONAS.japanese.id}, 'CITIZEN', 'x')`;
    // A second session of one's own, so that the page has the form.
    await site.sql`insert into sessions (id, user_id, role, user_agent) values (${randomUUID()}, ${PERSONAS.american.id}, 'CITIZEN', 'x')`;
    const client = await playwright.request.newContext({ baseURL: site.url });
    const fields = await actionFields(client, '/en/account/sessions', header);
    await client.post('/en/account/sessions', {
      multipart: { ...fields, locale: 'en', sessionId: other },
      headers: { origin: site.url, cookie: header },
      maxRedirects: 0,
    });
    const [row] = await site.sql`select ended_at from sessions where id = ${other}`;
    expect(row?.ended_at).toBeNull();
    await client.dispose();
  });
});

test.describe('the address that places orders', () => {
  const key = () => randomUUID();
  const address = (orderKey: string) => `/en/buy/general-us/order?kind=BUY_AMOUNT&amount=100&key=${orderKey}`;
  const body = 'price=1000000&termsVersion=1&consent=yes';
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  test('sends whoever has no session to sign in, and others nowhere but back', async ({
    site,
    login,
    context,
    playwright,
  }) => {
    const { header } = await cookieOf(site, login, context);
    const client = await playwright.request.newContext({ baseURL: site.url });
    const before = await site.sql`select 1 from orders where investor_id = ${PERSONAS.american.id}`;
    const answerTo = async (headers: Record<string, string>, data: string | Buffer = body) => {
      const response = await client.post(address(key()), { headers: { ...form, ...headers }, data, maxRedirects: 0 });
      expect(response.headers()).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
      return `${response.status()} ${response.headers().location}`;
    };
    expect(await answerTo({ origin: site.url })).toMatch(/^303 \/en\/sign-in\?next=/);
    for (const origin of ['https://evil.example', 'null', 'http://localhost:1'])
      expect(await answerTo({ origin, cookie: header })).toContain('refused=form.forbidden-origin');
    expect(await answerTo({ cookie: header })).toContain('refused=form.forbidden-origin');
    const own = { origin: site.url, cookie: header };
    expect(await answerTo(own, 'price=1')).toContain('refused=form.invalid');
    expect(await answerTo(own, Buffer.alloc(2_000, 0xff))).toContain('refused=form.invalid');
    expect(await answerTo(own, Buffer.alloc(1_000_000, 0x61))).toContain('refused=form.invalid');
    expect(await site.sql`select 1 from orders where investor_id = ${PERSONAS.american.id}`).toHaveLength(
      before.length,
    );
    await client.dispose();
  });

  test('changes nothing when it is read', async ({ site, login, context, playwright }) => {
    const { header } = await cookieOf(site, login, context);
    const client = await playwright.request.newContext({ baseURL: site.url });
    const response = await client.get(address(key()), { headers: { cookie: header }, maxRedirects: 0 });
    expect(response.status()).toBe(303);
    expect(response.headers().location).toContain('/en/buy/general-us/review?');
    expect((await client.put(address(key()), { headers: { cookie: header } })).status()).toBe(405);
    await client.dispose();
  });
});

test('the public pages are made anew for whoever has the site’s secret, and nobody else', async ({
  site,
  playwright,
}) => {
  const client = await playwright.request.newContext({ baseURL: site.url });
  const asked = async (headers: Record<string, string>) =>
    (await client.post('/api/public-data', { headers, maxRedirects: 0 })).status();
  for (const authorization of [undefined, 'Bearer ', `Bearer ${'A'.repeat(43)}`, `Basic ${ourToken()}`, ourToken()])
    expect(await asked(authorization === undefined ? {} : { authorization }), authorization).toBe(404);
  expect(await asked({ authorization: `Bearer ${ourToken()}` })).toBe(204);
  expect((await client.get('/api/public-data')).status()).toBe(405);
  await client.dispose();
});

test('the address of a caller is the socket’s, whatever headers say', async ({ site, playwright }) => {
  const client = await playwright.request.newContext({ baseURL: site.url });
  const agent = `forger ${randomUUID()}`;
  const multipart = { ...(await actionFields(client, '/en/sign-in')), ...signInFields };
  const forged = {
    'x-forwarded-for': '203.0.113.9',
    'x-wakachi-peer': '203.0.113.9',
    'x-real-ip': '203.0.113.9',
    forwarded: 'for=203.0.113.9',
  };
  await client.post('/en/sign-in', {
    multipart,
    headers: { ...forged, origin: site.url, 'user-agent': agent },
    maxRedirects: 0,
  });
  const [row] = await site.sql<
    { address: string }[]
  >`select host(address) as address from sessions where user_agent = ${agent}`;
  expect(['127.0.0.1', '::1']).toContain(row?.address);
  await client.dispose();
});

for (const next of [
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  'https://evil.example/en',
  '/en@evil.example',
  '/en//evil.example',
]) {
  test(`sign-in does not lead to ${next}`, async ({ page, site }) => {
    const t = texts('en', 'access');
    await page.goto(`/en/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByLabel(t('email')).fill(PERSONAS.american.email);
    await page.getByLabel(t('password')).fill(DEMO_PASSWORD);
    await page.getByRole('button', { name: t('sign-in.act'), exact: true }).click();
    await expect(page).toHaveURL(`${site.url}/en/overview`);
  });
}

test('a link in a mail may be opened any number of times; only the button uses it', async ({ page, site, outbox }) => {
  const t = texts('en', 'access');
  await page.goto('/en/recover');
  await page.getByLabel(t('email')).fill(PERSONAS.newAmerican.email);
  await page.getByRole('button', { name: t('recover.act') }).click();
  await expect(page.getByRole('heading', { level: 1, name: t('check-mail.title') })).toBeVisible();
  const [link = ''] = /http\S+reset-password\S+/.exec((await outbox.latestTo(PERSONAS.newAmerican.email)).body) ?? [];
  for (let opened = 0; opened < 3; opened += 1) {
    await page.goto(link);
    await expect(page.getByRole('button', { name: t('reset.act') })).toBeVisible();
  }
  const [token] =
    await site.sql`select used_at from email_tokens where user_id = ${PERSONAS.newAmerican.id} and purpose = 'RESET'`;
  expect(token?.used_at).toBeNull();
});
