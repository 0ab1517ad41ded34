/** Orders at NAV as a page places and cancels them: figures as they are typed, refusals with the figures of their texts. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { testDatabase } from '@/db/test-hooks';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { cancelDealingOrder } from './cancel-dealing-order';
import { placeDealingOrder } from './place-dealing-order';

const database = testDatabase('seeded');
const actor = { investorId: BigInt(PERSONAS.japanese.id), locale: 'ja' } as const;
const at = (instant: string) => database.owner`update clock set mode = 'STEPPED', at = ${instant}::text::timestamptz`;
const ticket = (over: object) => ({
  ...{ classCode: 'JP', key: randomUUID(), kind: 'BUY_AMOUNT' as const, amount: '5000', units: '' },
  ...{ dealingDate: '2026-11-19', consent: true, ...over },
});
const placing = (over: object = {}) => placeDealingOrder(actor, ticket(over));

beforeEach(async () => {
  // 15:00 in Tokyo has passed: the next dealing day is Thursday.
  await at('2026-11-18T06:00:00Z');
  await database.owner`update unit_classes set dealing_from = '2026-11-18' where code = 'JP'`;
});

test('an order is placed once, waits for its day, and is cancelled before the cut-off', async () => {
  const asked = ticket({ amount: '５，０００' });
  const placed = await placeDealingOrder(actor, asked);
  expect(placed).toMatchObject({ ok: true, value: { reservedMinor: 5_000n, dealingDate: '2026-11-19' } });
  expect(await placeDealingOrder(actor, asked)).toMatchObject({ ok: true, value: { replayed: true } });
  expect(await placeDealingOrder(actor, { ...asked, amount: '6000' })).toMatchObject({
    error: { code: 'order.key-reused' },
  });
  const cancelling = { order: asked.key, key: randomUUID() };
  expect(await cancelDealingOrder(actor, cancelling)).toMatchObject({ ok: true, value: { replayed: false } });
  expect(await cancelDealingOrder(actor, cancelling)).toMatchObject({ ok: true, value: { replayed: true } });
  expect(await cancelDealingOrder(actor, { ...cancelling, key: randomUUID() })).toMatchObject({
    error: { code: 'order.not-waiting' },
  });
});

test('whoever confirms a day whose cut-off has passed is asked again, and an order past its own stands', async () => {
  expect(await placing({ dealingDate: '2026-11-18' })).toMatchObject({ error: { code: 'order.day-changed' } });
  const asked = ticket({});
  expect(await placeDealingOrder(actor, asked)).toMatchObject({ ok: true });
  await at('2026-11-19T06:00:00Z');
  expect(await cancelDealingOrder(actor, { order: asked.key, key: randomUUID() })).toMatchObject({
    error: { code: 'order.cut-off-passed' },
  });
});

test('what is refused stands beside its field, with the figures that there are', async () => {
  expect(await placing({ amount: '1.5' })).toMatchObject({ error: { field: 'amount' } });
  expect(await placing({ classCode: 'FR' })).toMatchObject({ error: { code: 'dealing.no-such-class' } });
  const poor = await placing({ amount: '9000000000' });
  expect(poor).toMatchObject({ error: { code: 'order.insufficient-cash', field: 'amount' } });
  if (poor.ok) throw new Error('Nobody has so much.');
  const { available, missing } = poor.error.params as Record<string, { money: bigint }>;
  expect((available?.money ?? 0n) + (missing?.money ?? 0n)).toBe(9_000_000_000n);
  expect(await placing({ kind: 'SELL_UNITS', units: '9000000000' })).toMatchObject({
    error: { code: 'order.insufficient-units', field: 'units' },
  });
  expect(await cancelDealingOrder(actor, { order: randomUUID(), key: randomUUID() })).toMatchObject({
    error: { code: 'order.no-such-order' },
  });
});
