/** A window from the first subscription to the last mail, as the site's services and the job worker take it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyInvariants } from '@/db/queries/verify';
import { testDatabase } from '@/db/test-hooks';
import { addInvestors, addOffering, fund, setFund } from '@/db/test-scene';
import { commitSide, startAllotment, stopClock } from '@/db/test-window';
import type { Actor } from '@/lib/services/actor';
import { changeSubscription } from '@/lib/services/change-subscription';
import { placeSubscription } from '@/lib/services/place-subscription';
import { quoteSubscription } from '@/lib/services/quote-subscription';
import { withdrawSubscription } from '@/lib/services/withdraw-subscription';
import { runDue } from './run-due';

const database = testDatabase();
const CLOSES = new Date('2026-06-02T06:00:00Z');
let actors: Actor[] = [];
let offeringSlug = '';
let offering = 0;

beforeAll(async () => {
  await setFund(database.owner);
  await stopClock(database.owner, new Date('2026-06-01T00:00:00Z'));
  offering = await addOffering(database.owner, {
    country: 'JP',
    method: 'QUANTITY_CEILING',
    state: 'APPROVED',
    sizeUnits: 50_000n,
    lotUnits: 10_000n,
    maxUnits: 60_000n,
    closesAt: CLOSES,
  });
  const [row] = await database.owner`update offerings set show_demand = true where id = ${offering} returning slug`;
  offeringSlug = row?.slug;
  const people = await addInvestors(database.owner, 2, { country: 'JP' });
  await database.owner`update users set locale = 'ja' where id = ${people[1] ?? 0n}`;
  await fund(database.owner, people, 'JPY', 100_000n);
  actors = people.map((investorId, n) => ({ investorId, locale: n === 0 ? 'en' : 'ja' }));
});

const request = (units: bigint) => ({
  kind: 'BUY_UNITS' as const,
  units,
  offeringSlug,
  key: crypto.randomUUID(),
  price: 10_000n,
  termsVersion: 1,
  consent: true,
});

test('subscribe, change, withdraw, and subscribe again, with refusals in figures', async () => {
  const [first, second] = actors as [Actor, Actor];
  expect(await quoteSubscription(first, request(40_000n))).toMatchObject({
    ok: true,
    value: { units: 40_000n, amountMinor: 40_000n, availableAfterMinor: 60_000n },
  });
  const placed = request(40_000n);
  expect(await placeSubscription(first, placed)).toMatchObject({ ok: true, value: { reservedMinor: 40_000n } });
  expect(await quoteSubscription(first, { ...request(60_000n), insteadOf: placed.key })).toMatchObject({
    ok: true,
    value: { availableMinor: 100_000n, boughtAfterUnits: 60_000n },
  });
  const more = await placeSubscription(first, request(30_000n));
  expect(more).toMatchObject({
    ok: false,
    error: { code: 'order.above-maximum', params: { held: { units: 40_000n }, maximum: { units: 60_000n } } },
  });
  const changed = await changeSubscription(first, { ...request(20_000n), subscription: placed.key });
  expect(changed).toMatchObject({ ok: true, value: { reservedMinor: 20_000n } });
  const foreign = await withdrawSubscription(second, { key: crypto.randomUUID(), subscription: placed.key });
  expect(foreign).toMatchObject({ ok: false, error: { code: 'subscription.not-found' } });
  const withdrawal = { key: crypto.randomUUID(), subscription: placed.key };
  expect(await withdrawSubscription(first, withdrawal)).toMatchObject({ ok: true, value: { replayed: false } });
  expect(await withdrawSubscription(first, withdrawal)).toMatchObject({ ok: true, value: { replayed: true } });
  const again = await changeSubscription(first, { ...request(20_000n), subscription: placed.key });
  expect(again).toMatchObject({ ok: false, error: { code: 'subscription.not-active' } });
  expect(await placeSubscription(first, request(60_000n))).toMatchObject({ ok: true });
  expect(await placeSubscription(second, request(10_000n))).toMatchObject({ ok: true });
});

test('the worker closes, lists, allots, and writes to each in their language', async () => {
  const [first, second] = actors as [Actor, Actor];
  expect(await runDue()).toMatchObject({ offerings: 1, lists: 0 });
  const [demand] = await database.owner`select applicants, units from window_demand where offering_id = ${offering}`;
  expect(demand).toEqual({ applicants: 2, units: 70_000n });
  await commitSide(database.owner, offering, 'US');
  await stopClock(database.owner, CLOSES);
  expect(await runDue()).toMatchObject({ offerings: 1, lists: 1, allotmentSteps: 0 });
  expect(await runDue()).toMatchObject({ offerings: 0, lists: 0 });
  await startAllotment(database.owner, offering, 1);
  const { allotmentSteps } = await runDue();
  expect(allotmentSteps).toBe(6);
  expect((await runDue()).allotmentSteps).toBe(0);
  const mails = await database.owner`select user_id, locale, subject, body from mails order by user_id`;
  expect([...mails]).toMatchObject([
    { user_id: first.investorId, locale: 'en', subject: 'The result of your subscription' },
    { user_id: second.investorId, locale: 'ja', subject: '【分かち】割当結果のお知らせ' },
  ]);
  for (const text of ['60,000 units', '40,000 units', '¥40,000', '¥20,000', `/en/subscriptions/${offeringSlug}`])
    expect(mails[0]?.body).toContain(text);
  for (const text of ['10,000口', '10,000円', '0円', `/ja/subscriptions/${offeringSlug}`])
    expect(mails[1]?.body).toContain(text);
});

afterAll(async () => {
  const findings = await database.owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
});
