/** Amending an order at NAV: another takes its place, or nothing happens. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { getOwnDealingOrder } from '@/db/queries/investor-pages';
import { verifyInvariants } from '@/db/queries/verify';
import { testDatabase } from '@/db/test-hooks';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { placeDealingOrder } from './place-dealing-order';

const database = testDatabase('seeded');
const JAPANESE = BigInt(PERSONAS.japanese.id);
const actor = { investorId: JAPANESE, locale: 'ja' } as const;
const at = (instant: string) => database.owner`update clock set mode = 'STEPPED', at = ${instant}::text::timestamptz`;
const placing = (over: object) =>
  placeDealingOrder(actor, {
    ...{ classCode: 'JP', key: randomUUID(), kind: 'BUY_AMOUNT', amount: '5000', units: '', consent: true },
    ...{ dealingDate: '2026-11-19', ...over },
  });
const available = async () =>
  (
    await database.owner<{ available: bigint }[]>`
    select available from wallets where investor_id = ${JAPANESE} and asset_id = (select id from assets where code = 'JPY')`
  )[0]?.available ?? 0n;

beforeEach(async () => {
  await at('2026-11-18T06:00:00Z');
  await database.owner`update unit_classes set dealing_from = '2026-11-18' where code = 'JP'`;
});

test('all cash can be asked for anew, once for each key, and both orders tell of each other', async () => {
  const before = await available();
  const [old, key] = [randomUUID(), randomUUID()];
  expect(await placing({ key: old, amount: String(before) })).toMatchObject({ ok: true });
  const amending = { key, change: old, amount: String(before - 1n) };
  expect(await placing(amending)).toMatchObject({ ok: true, value: { replayed: false, reservedMinor: before - 1n } });
  expect(await placing(amending)).toMatchObject({ ok: true, value: { replayed: true } });
  expect(await placing({ ...amending, amount: '7' })).toMatchObject({ error: { code: 'order.key-reused' } });
  expect(await available()).toBe(1n);
  const [replaced, newer] = [await getOwnDealingOrder(JAPANESE, old), await getOwnDealingOrder(JAPANESE, key)];
  expect(replaced).toMatchObject({ state: 'CANCELLED', replacedBy: { key, number: newer?.number }, replaces: null });
  expect(newer).toMatchObject({
    state: 'ACCEPTED',
    replacedBy: null,
    replaces: { key: old, number: replaced?.number },
  });
  const kinds = await database.owner<{ kind: string }[]>`
    select kind from mails where user_id = ${JAPANESE} and kind like 'dealing-%' order by id`;
  expect(kinds.map(({ kind }) => kind)).toEqual(['dealing-accepted', 'dealing-amended']);
  // Nothing of it can be amended twice, nor a cancelled one.
  expect(await placing({ change: old })).toMatchObject({ error: { code: 'order.not-waiting' } });
});

test('what is refused leaves the order as it was, and past the cut-off it stands', async () => {
  const old = randomUUID();
  const units = { kind: 'SELL_UNITS', amount: '' };
  expect(await placing({ key: old, ...units, units: '10' })).toMatchObject({ ok: true });
  const key = randomUUID();
  expect(await placing({ key, change: old, ...units, units: '9000000000' })).toMatchObject({
    error: { code: 'order.insufficient-units', field: 'units' },
  });
  expect(await getOwnDealingOrder(JAPANESE, old)).toMatchObject({ state: 'ACCEPTED', reservedUnits: 10n });
  // The same key may try again: it has done nothing.
  expect(await placing({ key, change: old, ...units, units: '20' })).toMatchObject({ ok: true });
  expect(await placing({ change: randomUUID(), ...units, units: '20' })).toMatchObject({
    error: { code: 'order.no-such-order' },
  });
  expect(await placing({ change: key, ...units, units: '20', dealingDate: '2026-11-18' })).toMatchObject({
    error: { code: 'order.day-changed' },
  });
  await at('2026-11-19T06:00:00Z');
  expect(await placing({ change: key, ...units, units: '30', dealingDate: '2026-11-20' })).toMatchObject({
    error: { code: 'order.cut-off-passed' },
  });
  const findings = await database.owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
});
