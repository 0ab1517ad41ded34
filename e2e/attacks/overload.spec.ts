/** More requests at once than the site can answer (TRUST, fault 12): some wait, some are told to come again, none brings it down. */
import { randomUUID } from 'node:crypto';
import { encodeSessionToken, sessionCookieName } from '@/lib/auth/session-token';
import { expect, test } from '../fixtures';
import { axeFindings } from '../fixtures/accessible';
import { newCitizen } from '../fixtures/people';
import type { Site } from '../fixtures/site';
import { ordersOf, ownOffering, priceOf } from '../investor/ticket';

/** Signed in without a browser, with the prospectus of an offering opened. */
async function buyer(site: Site, slug: string) {
  const { id } = await newCitizen(site, 'US', 1_000_000n);
  const sessionId = randomUUID();
  await site.sql`insert into sessions (id, user_id, role, user_agent) values (${sessionId}, ${id}, 'CITIZEN', 'rush')`;
  await site.sql`
    insert into consents (investor_id, document_version_id, act, locale, sha256)
    select ${id}, o.prospectus_id, 'OPENED', 'en', t.sha256
      from offerings o join document_texts t on t.document_version_id = o.prospectus_id and t.locale = 'en' where o.slug = ${slug}`;
  return { id, cookie: `${sessionCookieName()}=${await encodeSessionToken(sessionId)}` };
}

test('a rush of orders and pages is answered, or told to come again, and the site goes on', async ({ site, page }) => {
  const slug = await ownOffering(site, 'US', 10_000_000n);
  const price = await priceOf(site, slug);
  const people = await Promise.all(Array.from({ length: 4 }, () => buyer(site, slug)));
  const body = `price=${price}&termsVersion=1&consent=yes`;
  const order = (n: number, key = randomUUID()) =>
    fetch(`${site.url}/en/buy/${slug}/order?kind=BUY_UNITS&units=0.001&key=${key}`, {
      method: 'POST',
      headers: {
        origin: site.url,
        cookie: people[n % people.length]?.cookie ?? '',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body,
      redirect: 'manual',
    });
  const look = (n: number) =>
    fetch(`${site.url}/${n % 2 ? 'en' : 'ja'}/cash`, {
      headers: { cookie: people[0]?.cookie ?? '' },
      redirect: 'manual',
    });

  const [orders, pages] = await Promise.all([
    Promise.all(Array.from({ length: 300 }, (_, n) => order(n))),
    Promise.all(Array.from({ length: 700 }, (_, n) => look(n))),
  ]);

  expect(new Set(orders.map(({ status }) => status))).toEqual(new Set([303]));
  const placed = orders.filter(({ headers }) => headers.get('location')?.endsWith('?placed=1'));
  const busy = orders.filter(({ headers }) => headers.get('location')?.includes('refused=form.busy'));
  expect(placed.length + busy.length).toBe(300);
  const stored = await Promise.all(people.map(({ id }) => ordersOf(site, id)));
  expect(stored.flat().length).toBe(placed.length);

  // More than may wait came at once: those that could not are told so, in both languages.
  expect([...new Set(pages.map(({ status }) => status))].sort()).toEqual([200, 503]);
  const refused = pages.find(({ status, url }) => status === 503 && url.includes('/ja/'));
  expect(refused?.headers.get('retry-after')).toBe('2');
  const { 'content-type': type = '', 'content-security-policy': policy = '' } = Object.fromEntries(
    refused?.headers ?? [],
  );
  const headers = { 'content-type': type, 'content-security-policy': policy };
  const html = (await refused?.text()) ?? '';
  await page.route('**/ja/cash', (route) => route.fulfill({ status: 200, headers, body: html }));
  await page.goto('/ja/cash');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ただいまアクセスが集中しています');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('Very many people are here right now');
  await expect(page.getByRole('link', { name: 'もう一度開く' })).toHaveAttribute('href', '');
  expect(await axeFindings(page)).toEqual([]);

  const answer = await page.goto('/en/offerings');
  expect(answer?.status()).toBe(200);
  const after = await order(0);
  expect(`${after.status} ${after.headers.get('location')}`).toMatch(/^303 .*placed=1$/);
});

test('a page that waits for the database in vain says when to come again, and an order is not lost', async ({
  site,
}) => {
  const slug = await ownOffering(site, 'US', 1_000_000n);
  const price = await priceOf(site, slug);
  const { id, cookie } = await buyer(site, slug);
  const look = () => fetch(`${site.url}/en/cash`, { headers: { cookie }, redirect: 'manual' });
  const order = () =>
    fetch(`${site.url}/en/buy/${slug}/order?kind=BUY_UNITS&units=1&key=${randomUUID()}`, {
      method: 'POST',
      headers: { origin: site.url, cookie },
      body: new URLSearchParams({ price: String(price), termsVersion: '1', consent: 'yes' }),
      redirect: 'manual',
    });
  await site.sql.begin(async (tx) => {
    await tx`lock table sessions in access exclusive mode`;
    const [page, sent] = await Promise.all([look(), order()]);
    expect(`${page.status} ${page.headers.get('retry-after')}`).toBe('503 2');
    expect(`${sent.status} ${sent.headers.get('location')}`).toMatch(/^303 .*units=1.*refused=form\.busy/);
  });
  expect((await look()).status).toBe(200);
  expect((await order()).headers.get('location')).toMatch(/placed=1$/);
  expect(await ordersOf(site, id)).toHaveLength(1);
});
