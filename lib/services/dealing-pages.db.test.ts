/** What pages read of orders at NAV: the ticket before one, what became of it day by day, and its line among a person's movements. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { getActivity, getDealingTicketPage, getOwnDealingOrder } from '@/db/queries/investor-pages';
import { testDatabase } from '@/db/test-hooks';
import { runDue } from '@/lib/jobs/run-due';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { openDocument } from './open-document';
import { placeDealingOrder } from './place-dealing-order';

const database = testDatabase('seeded');
const JAPANESE = BigInt(PERSONAS.japanese.id);
const actor = { investorId: JAPANESE, locale: 'ja' } as const;
const [bought, sold] = [randomUUID(), randomUUID()];
const at = async (instant: string) => {
  await database.owner`update clock set mode = 'STEPPED', at = ${instant}::text::timestamptz`;
  await runDue();
};
const gate = (valueE4: number) => database.owner`update covenant_limits set value_e4 = ${valueE4} where name = 'GATE'`;
const order = async (key: string) => {
  const found = await getOwnDealingOrder(JAPANESE, key);
  if (!found) throw new Error('The order is not there.');
  return found;
};
const ticket = async () => {
  const found = await getDealingTicketPage(JAPANESE, 'JP');
  if (!found) throw new Error('The class is not there.');
  return found;
};

beforeAll(async () => {
  await database.owner`update clock set mode = 'STEPPED', at = '2026-11-18T03:00:00Z'`;
  await database.owner`update unit_classes set dealing_from = '2026-11-18' where code = 'JP'`;
});

/** Kinds of the mails to the person, in order, and what their bodies have in common. */
const mails = () =>
  database.owner<{ kind: string; body: string; locale: string }[]>`
    select kind, body, locale from mails where user_id = ${JAPANESE} and kind like 'dealing-%' order by id`;
const kindsSince = async (count: number) => (await mails()).slice(count).map(({ kind }) => kind);

test('a ticket has the class, its last price, and what the person may use', async () => {
  const before = await ticket();
  expect(before.unitClass).toMatchObject({
    dealingFrom: '2026-11-18',
    cutOff: '15:00',
    settlementDays: 2,
    gateE4: 1_000,
  });
  expect(before.nav?.price).toBeGreaterThan(0n);
  expect(before.reader.freeUnits).toBe(before.reader.heldUnits);
  expect(await getDealingTicketPage(JAPANESE, 'FR')).toBeNull();
  await openDocument(actor, before.prospectus.documentVersionId);
  expect((await ticket()).reader).toMatchObject({ openedIn: expect.arrayContaining(['ja']) });
});

test('what waits is set aside, and nobody else sees it', async () => {
  const { reader } = await ticket();
  const shared = { classCode: 'JP', dealingDate: '2026-11-18', consent: true };
  const buying = { ...shared, key: bought, kind: 'BUY_AMOUNT' as const, amount: '5000', units: '' };
  const selling = { ...shared, key: sold, kind: 'SELL_UNITS' as const, amount: '', units: '30000' };
  expect(await placeDealingOrder(actor, buying)).toMatchObject({ ok: true });
  expect(await placeDealingOrder(actor, selling)).toMatchObject({ ok: true });
  expect((await ticket()).reader).toMatchObject({
    ...{ freeUnits: reader.freeUnits - 30_000n, availableMinor: reader.availableMinor - 5_000n },
  });
  expect(await placeDealingOrder(actor, selling)).toMatchObject({ ok: true, value: { replayed: true } });
  expect(await kindsSince(0)).toEqual(['dealing-accepted', 'dealing-accepted']);
  expect(await order(sold)).toMatchObject({ state: 'ACCEPTED', days: [], placedUnits: 30_000n, heldSince: null });
  expect(await getOwnDealingOrder(BigInt(PERSONAS.american.id), sold)).toBeNull();
  const { movements } = await getActivity(JAPANESE, { limit: 2, open: true });
  expect(movements).toMatchObject([
    { type: 'DEALING', key: sold, dealtUnits: 0n, placedUnits: 30_000n },
    { type: 'DEALING', key: bought, dealtUnits: 0n, placedMinor: 5_000n },
  ]);
});

test('the gate divides a redemption over days, and each day is told', async () => {
  await gate(0);
  await at('2026-11-18T23:30:00Z');
  expect(await kindsSince(2)).toEqual(['dealing-part', 'dealing-bought']);
  for (const { body, locale } of await mails()) {
    expect(locale).toBe('ja');
    expect(body).toContain('日本クラス');
  }
  const held = await order(sold);
  expect(held).toMatchObject({ state: 'CUT_OFF', reservedUnits: 29_999n });
  expect(held.days).toMatchObject([{ dealingDate: '2026-11-18', units: 1n, deferredUnits: 29_999n }]);
  const purchase = await order(bought);
  expect(purchase.state).toBe('PRICED');
  expect(purchase.days).toMatchObject([{ deferredUnits: 0n, settlementDate: '2026-11-20', settledAt: null }]);
  const [day] = purchase.days;
  expect((day?.amountMinor ?? 0n) + (day?.releaseMinor ?? 0n)).toBe(5_000n);

  await gate(1_000);
  await at('2026-11-19T23:30:00Z');
  // Friday has begun in Tokyo: what was dealt on Wednesday is settled, too.
  expect(await kindsSince(4)).toEqual(['dealing-paid', 'dealing-settled', 'dealing-redeemed']);
  const whole = await order(sold);
  expect(whole.state).toBe('PRICED');
  // Each day with the gate that was in force on it.
  expect(whole.days.map(({ units, deferredUnits, gateE4 }) => [units, deferredUnits, gateE4])).toEqual([
    [1n, 29_999n, 0],
    [29_999n, 0n, 1_000],
  ]);
  // Two days on which Tokyo is open: Monday is a holiday there.
  await at('2026-11-24T00:30:00Z');
  expect(await kindsSince(7)).toEqual(['dealing-paid']);
  // Nothing is told twice.
  await runDue();
  expect(await kindsSince(8)).toEqual([]);
  const paid = await order(sold);
  expect(paid).toMatchObject({ state: 'SETTLED', reservedUnits: 0n });
  for (const { settledAt } of paid.days) expect(settledAt).toBeInstanceOf(Date);
  const { movements } = await getActivity(JAPANESE, { limit: 40 });
  const line = movements.find((movement) => movement.type === 'DEALING' && movement.key === sold);
  const amount = paid.days.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  expect(line).toMatchObject({ state: 'SETTLED', dealtUnits: 30_000n, amountMinor: amount });
}, 60_000);
