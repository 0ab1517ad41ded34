/** A wrong value on the demonstration's fund: both sides correct it, and the job deals its day again. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { placeDealingOrder } from '@/db/commands/dealing-orders';
import { connect, type Sql } from '@/db/connect';
import { verifyInvariants } from '@/db/queries/verify';
import { type Council, setCouncil } from '@/db/test-council';
import { testDatabase } from '@/db/test-hooks';
import { decimalString } from '@/lib/i18n/format';
import { runDue } from '@/lib/jobs/run-due';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { proposeNavCorrection } from './propose-nav';
import { viewProposal } from './view-proposals';

const database = testDatabase('seeded');
const at = (instant: string) => database.owner`update clock set mode = 'STEPPED', at = ${instant}::text::timestamptz`;
const DAY = '2026-11-18';
const AMERICAN = BigInt(PERSONAS.american.id);
let site: Sql;
let council: Council;

beforeAll(async () => {
  const { owner } = database;
  site = connect(database.appUrl, { max: 2, name: 'test-redeal' });
  council = await setCouncil(owner, site);
  await owner`update unit_classes set dealing_from = ${DAY}`;
  for (const [person, classId] of [
    [AMERICAN, 1],
    [BigInt(PERSONAS.japanese.id), 2],
  ] as const) {
    await owner`insert into consents (investor_id, document_version_id, act, locale, sha256)
      select ${person}, t.document_version_id, a, t.locale, t.sha256
        from document_texts t join document_versions d on d.id = t.document_version_id cross join unnest(array['OPENED', 'AGREED']) a
       where d.kind = 'PROSPECTUS' and t.locale = 'en' on conflict do nothing`;
    const call = { investorId: person, classId, dealingDate: DAY, locale: 'en', consent: false } as const;
    for (const order of [
      { kind: 'BUY_AMOUNT', asked: 50_000n },
      { kind: 'SELL_UNITS', asked: 1_000n },
    ] as const)
      expect(await placeDealingOrder(owner, { ...call, ...order, key: randomUUID() })).toMatchObject({ ok: true });
  }
  await at('2026-11-19T00:00:00Z');
  await runDue();
  return () => site.end({ timeout: 5 });
});

const us = () => ({ sessionId: council.us.sessionId, role: 'OPERATOR' as const });

/** Proposes so many parts of ten thousand more, and answers with the number of the proposal. */
async function propose(partsE4: bigint): Promise<string> {
  const [row] = await database.owner<{ net: bigint; revision: number }[]>`
    select net_assets_usd_minor as net, revision from valuations where nav_date = ${DAY} and state = 'PUBLISHED'`;
  const netAssets = decimalString(((row?.net ?? 0n) * (10_000n + partsE4)) / 10_000n, 2);
  const form = {
    key: randomUUID(),
    date: DAY,
    revision: String(row?.revision),
    remark: 'A mark was typed twice.',
    netAssets,
  };
  const made = await proposeNavCorrection(us(), form);
  if (!made.ok) throw new Error(made.error.code);
  return made.value.id;
}

const see = async (id: string) =>
  (await viewProposal({ ...council.jp, role: 'OPERATOR', side: 'JP', secondFactorAge: 1 }, id))?.from as {
    redealing: Record<string, { redealt: boolean; orders: string; units: string; toHoldersMinor: string }>;
  };

async function sign(id: string) {
  const [row] = await database.owner<
    { sha256: string }[]
  >`select sha256 from proposal_revisions where proposal_id = ${id}`;
  await council.sign(council.us2, { id, sha256: row?.sha256 ?? '' });
  expect(await council.sign(council.jp, { id, sha256: row?.sha256 ?? '' })).toMatchObject({
    ok: true,
    state: 'EXECUTED',
  });
}

const deals = (revision: number) =>
  database.owner<{ buys: boolean; units: bigint; amount: bigint; release: bigint }[]>`
    select buys, units, amount_minor as amount, release_minor as release from deals
     where investor_id = ${AMERICAN} and dealing_date = ${DAY} and revision = ${revision} order by buys`;
const findings = async () =>
  (await database.owner.begin((sql) => verifyInvariants(sql))).filter(({ ok }) => ok === false);

test('below half a per cent what was dealt stands', async () => {
  const id = await propose(40n);
  expect((await see(id)).redealing).toMatchObject({ US: { redealt: false, orders: '0' }, JP: { redealt: false } });
  await sign(id);
  await runDue();
  expect(await database.owner`select 1 from dealing_corrections`).toHaveLength(0);
  expect(await findings()).toEqual([]);
});

test('from half a per cent on, measured from what was dealt at, the day is dealt again, and everybody is told', async () => {
  const id = await propose(40n);
  expect((await see(id)).redealing).toMatchObject({ US: { redealt: true, orders: '2' }, JP: { redealt: true } });
  await sign(id);
  // Not twice at once; and the days after it wait.
  await expect(propose(50n)).rejects.toThrow('valuation.being-dealt-again');
  await at('2026-11-20T00:30:00Z');
  await runDue();
  const [sold, bought] = await deals(0);
  const [paid, got] = await deals(1);
  // The price was too low: fewer units for the same amount, and more for those that were redeemed.
  expect(got?.units ?? 0n).toBeLessThan(bought?.units ?? 0n);
  expect((got?.amount ?? 0n) + (got?.release ?? 0n)).toBe(50_000n);
  expect(paid?.units).toBe(sold?.units);
  expect(paid?.amount ?? 0n).toBeGreaterThan(sold?.amount ?? 0n);
  const states = await database.owner<{ state: string }[]>`select state from dealing_orders`;
  expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['SETTLED']));
  const mails = await database.owner<
    { body: string }[]
  >`select body from mails where kind = 'day-redealt' and user_id = ${AMERICAN}`;
  expect(mails).toHaveLength(2);
  expect((await see(id)).redealing).toMatchObject({ US: { redealt: true, orders: '2' } });
  expect(await runDue()).toMatchObject({ dealing: 0 });
  expect(await findings()).toEqual([]);
});

test('who has neither the units nor the cash any more owes nothing: the fund bears it', async () => {
  const { owner } = database;
  const [free] = await owner<{ units: bigint; cash: bigint }[]>`
    select free_units(${AMERICAN}, 1::smallint) as units, available as cash from wallets where investor_id = ${AMERICAN} and asset_id = 1`;
  const order = { classId: 1, dealingDate: '2026-11-20', investorId: AMERICAN, locale: 'en', consent: false } as const;
  for (const act of [
    { kind: 'SELL_ALL', asked: 0n },
    { kind: 'BUY_AMOUNT', asked: free?.cash ?? 0n },
  ] as const)
    expect(await placeDealingOrder(owner, { ...order, ...act, key: randomUUID() })).toMatchObject({ ok: true });
  await sign(await propose(300n));
  await runDue();
  const [bridge] = await owner<{ borne: bigint }[]>`
    select lent_units - returned_units as borne from dealing_bridges where investor_id = ${AMERICAN} and buys and revision = 2`;
  const [[, once], [, twice]] = [await deals(1), await deals(2)];
  expect(bridge?.borne).toBe((once?.units ?? 0n) - (twice?.units ?? 0n));
  expect(
    await owner`select 1 from holdings where investor_id = ${AMERICAN} and class_id = 1 and units = ${free?.units ?? 0n}`,
  ).toHaveLength(1);
  // Corrected down again, more than before: what was paid too much is taken of what is there, and no more.
  await sign(await propose(-400n));
  await runDue();
  expect(await owner`select 1 from wallets where available < 0 or reserved < 0`).toHaveLength(0);
  expect(await findings()).toEqual([]);
}, 60_000);
