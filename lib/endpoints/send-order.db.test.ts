/** The address that places orders, as anybody may call it: what a review page's form sends, and what none of ours does. */
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OrderRefusalCode } from '@/db/commands/orders';
import type { SubscriptionRefusalCode } from '@/db/commands/subscriptions';
import { testDatabase } from '@/db/test-hooks';
import { addInvestors, addOffering, addStaff, fund, setFund } from '@/db/test-scene';
import { encodeSessionToken, sessionCookieName } from '@/lib/auth/session-token';
import { env, setEnv } from '@/lib/env';
import { sendOrder } from './send-order';
import type { TicketRefusal } from './ticket-refusals';

const database = testDatabase();
let slug: string;
let buyer: bigint;
let cookie: string;

beforeAll(async () => {
  setEnv({ SITE_URL: 'http://localhost:3000' });
  await setFund(database.owner);
  slug = await slugOf(await addOffering(database.owner));
});

beforeEach(async () => {
  [buyer = 0n] = await addInvestors(database.owner, 1);
  await fund(database.owner, [buyer], 'USD', 100_000n);
  cookie = await signIn(buyer);
});

async function slugOf(id: number): Promise<string> {
  const [row] = await database.owner<{ slug: string }[]>`select slug from offerings where id = ${id}`;
  return row?.slug ?? '';
}

async function signIn(userId: bigint): Promise<string> {
  const id = randomUUID();
  await database.owner`
    insert into sessions (id, user_id, role, user_agent) select ${id}, id, role, 'test' from users where id = ${userId}`;
  return `${sessionCookieName()}=${await encodeSessionToken(id)}`;
}

const ordersOf = (investorId: bigint) =>
  database.owner<
    { key: string; units: bigint }[]
  >`select key::text, units from orders where investor_id = ${investorId}`;

type Sent = {
  method?: string;
  headers?: Record<string, string | undefined>;
  query?: Record<string, string>;
  body?: BodyInit | null;
};

const ASSENT = { price: '100000', termsVersion: '1', consent: 'yes' };

/** What the form of the review page sends, but for what is named. */
function send(
  key: string,
  { method = 'POST', headers = {}, query = {}, body = new URLSearchParams(ASSENT) }: Sent = {},
) {
  const search = new URLSearchParams({ kind: 'BUY_UNITS', units: '1', key, ...query });
  const all = Object.entries({ origin: env().SITE_URL, cookie, ...headers });
  const known = all.filter((pair): pair is [string, string] => pair[1] !== undefined);
  return sendOrder(
    new Request(`http://anything/en/buy/${slug}/order?${search}`, {
      method,
      headers: known,
      body: method === 'POST' ? body : null,
    }),
  );
}

const whereTo = ({ status, headers }: Response) => `${status} ${headers.get('location')}`;
const reviewOf = (key: string, refused?: string) =>
  `303 /en/buy/${slug}/review?kind=BUY_UNITS&units=1&key=${key}${refused ? `&refused=${refused}#refused` : ''}`;

describe('the form of a review page', () => {
  test('is an order, and leads to it', async () => {
    const key = randomUUID();
    const answer = await send(key);
    expect(whereTo(answer)).toBe(`303 /en/orders/${key}?placed=1`);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect([...(await ordersOf(buyer))]).toEqual([{ key, units: 1_000n }]);
  });

  test('is the same as multipart', async () => {
    const key = randomUUID();
    const body = new FormData();
    for (const [name, value] of Object.entries(ASSENT)) body.set(name, value);
    expect(whereTo(await send(key, { body }))).toBe(`303 /en/orders/${key}?placed=1`);
  });

  test('sent again, also at once, is the one order; with another figure it is refused', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(key)));
    expect(new Set(answers.map(whereTo))).toEqual(new Set([`303 /en/orders/${key}?placed=1`]));
    const other = await send(key, { query: { units: '2' } });
    expect(other.headers.get('location')).toContain('refused=order.key-reused');
    expect(await ordersOf(buyer)).toHaveLength(1);
  });

  test('asks for consent and for the terms that its reader saw', async () => {
    const key = randomUUID();
    const without = new URLSearchParams({ price: '100000', termsVersion: '1' });
    expect(whereTo(await send(key, { body: without }))).toBe(reviewOf(key, 'order.consent-missing'));
    const old = new URLSearchParams({ ...ASSENT, termsVersion: '2' });
    expect(whereTo(await send(key, { body: old }))).toBe(reviewOf(key, 'order.terms-changed'));
    expect(await ordersOf(buyer)).toHaveLength(0);
  });

  test('in a window is a subscription, and a change of one names it', async () => {
    const window = await addOffering(database.owner, { method: 'BALLOT' });
    const path = `http://anything/en/buy/${await slugOf(window)}/order`;
    const sent = (query: Record<string, string>) =>
      sendOrder(
        new Request(`${path}?${new URLSearchParams({ kind: 'BUY_UNITS', ...query })}`, {
          method: 'POST',
          headers: { origin: env().SITE_URL, cookie },
          body: new URLSearchParams(ASSENT),
        }),
      );
    const key = randomUUID();
    expect((await sent({ units: '1', key })).headers.get('location')).toMatch(/\/subscriptions\/.*done=PLACED$/);
    const changed = await sent({ units: '2', key: randomUUID(), change: key });
    expect(changed.headers.get('location')).toMatch(/\/subscriptions\/.*done=CHANGED$/);
    const nobodys = await sent({ units: '2', key: randomUUID(), change: randomUUID() });
    expect(nobodys.headers.get('location')).toContain('refused=subscription.not-found');
  });
});

describe('who may', () => {
  test.each([
    ['from another site', 'https://evil.example'],
    ['from an opaque place', 'null'],
    ['from nowhere', undefined],
    ['from another port', 'http://localhost:1'],
  ])('a request %s orders nothing', async (_, origin) => {
    const key = randomUUID();
    expect(whereTo(await send(key, { headers: { origin } }))).toBe(reviewOf(key, 'form.forbidden-origin'));
    expect(await ordersOf(buyer)).toHaveLength(0);
  });

  test('a request without a session, or with one that is altered or over, signs in first and comes back', async () => {
    const key = randomUUID();
    // The sign-in page says that nothing was ordered.
    const signInFirst = `303 /en/sign-in?next=${encodeURIComponent(reviewOf(key).slice(4))}&lost=order`;
    const [name, token = ''] = cookie.split('=');
    for (const other of [undefined, `${cookie}x`, `${name}x=${token}`, `${name}=${'A'.repeat(5_000)}`])
      expect(whereTo(await send(key, { headers: { cookie: other } }))).toBe(signInFirst);
    expect(whereTo(await send(key, { headers: { cookie: undefined, authorization: `Bearer ${token}` } }))).toBe(
      signInFirst,
    );
    await database.owner`update sessions set ended_at = statement_timestamp() where user_id = ${buyer}`;
    expect(whereTo(await send(key))).toBe(signInFirst);
    expect(await ordersOf(buyer)).toHaveLength(0);
  });

  test('somebody else’s key and session are theirs: each orders for themselves alone', async () => {
    const [other = 0n] = await addInvestors(database.owner, 1);
    await fund(database.owner, [other], 'USD', 100_000n);
    const key = randomUUID();
    await send(key);
    await send(key, { headers: { cookie: await signIn(other) } });
    expect(await ordersOf(buyer)).toHaveLength(1);
    expect(await ordersOf(other)).toHaveLength(1);
    const named = await send(randomUUID(), { query: { investorId: String(other) } });
    expect(named.headers.get('location')).toContain('refused=form.invalid');
    expect(await ordersOf(other)).toHaveLength(1);
  });

  test('staff have nothing to order with, and a second step that is due comes first', async () => {
    const { sessionId } = await addStaff(database.owner);
    const staff = `${sessionCookieName()}=${await encodeSessionToken(sessionId)}`;
    const answer = async () => whereTo(await send(randomUUID(), { headers: { cookie: staff } }));
    expect(await answer()).toBe('303 /en/staff-account');
    await database.owner`update sessions set second_factor_at = null where id = ${sessionId}`;
    expect(await answer()).toBe('303 /en/account/security');
    await database.owner`insert into totp_factors (id, user_id, sealed_secret, confirmed_at)
      select gen_random_uuid(), user_id, 'x', statement_timestamp() from sessions where id = ${sessionId}`;
    expect(await answer()).toMatch(/^303 \/en\/second-factor\?next=/);
  });
});

describe('what no form of ours sends', () => {
  const form = 'application/x-www-form-urlencoded';
  const bodies: [string, Sent][] = [
    ['no body', { body: null }],
    ['no form', { body: '{"price":"100000"}', headers: { 'content-type': 'application/json' } }],
    ['JSON as text', { body: '{"price":"100000"}', headers: { 'content-type': 'text/plain' } }],
    ['bytes', { body: new Uint8Array(1_000).fill(0xff), headers: { 'content-type': form } }],
    [
      'a form of parts without an end',
      { body: '--x\r\n', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
    ],
    ['a field more', { body: new URLSearchParams({ ...ASSENT, role: 'OPERATOR' }) }],
    [
      '__proto__',
      {
        body: `${new URLSearchParams(ASSENT)}&__proto__=1`,
        headers: { 'content-type': form },
      },
    ],
    ['a field twice', { body: 'price=1&price=100000&termsVersion=1&consent=yes', headers: { 'content-type': form } }],
    ['a price that is none', { body: new URLSearchParams({ ...ASSENT, price: '1e5' }) }],
    ['more than a form has', { body: new URLSearchParams({ ...ASSENT, consent: 'y'.repeat(10_000) }) }],
    ['an amount too long', { query: { units: '1'.repeat(41) } }],
    ['another kind', { query: { kind: 'SELL' } }],
  ];
  test.each(bodies)('%s is refused', async (_, sent) => {
    const answer = await send(randomUUID(), sent);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toContain('refused=form.invalid');
    expect(await ordersOf(buyer)).toHaveLength(0);
  });

  test('a body without an end is read no further than a form is long', async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1_024));
      },
    });
    const request = new Request(`http://anything/en/buy/${slug}/order?kind=BUY_UNITS&units=1&key=${randomUUID()}`, {
      method: 'POST',
      headers: { origin: env().SITE_URL, cookie, 'content-type': form },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect((await sendOrder(request)).headers.get('location')).toContain('refused=form.invalid');
    expect(pulled).toBeLessThan(20);
  });

  test('a figure that is none leads back with its code', async () => {
    const answer = await send(randomUUID(), { query: { units: '1,00' } });
    expect(answer.headers.get('location')).toContain('refused=amount.not-a-number');
  });

  test('reading changes nothing, and other methods are none', async () => {
    const key = randomUUID();
    expect(whereTo(await send(key, { method: 'GET' }))).toBe(reviewOf(key));
    expect((await send(key, { method: 'PUT' })).status).toBe(405);
    expect(await ordersOf(buyer)).toHaveLength(0);
  });
});

test('every code that the database refuses with has a place on the review page', () => {
  // Checked by the compiler: what is left over would be a type that no value has.
  type Nowhere = Exclude<OrderRefusalCode | SubscriptionRefusalCode, TicketRefusal>;
  const nowhere: Nowhere[] = [];
  expect(nowhere).toEqual([]);
});
