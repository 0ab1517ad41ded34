/** What a file brings, what both sides publish or correct, and everything that is refused on the way, on the demonstration's fund. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { connect, type Sql } from '@/db/connect';
import { verifyInvariants } from '@/db/queries/verify';
import { type Council, setCouncil } from '@/db/test-council';
import { testDatabase } from '@/db/test-hooks';
import { DEMONSTRATION } from '@/lib/domain/valuation/market-model';
import { advanceValuations } from './advance-valuations';
import { importValuation } from './import-valuation';
import { proposeNavCorrection, proposeNavPublication } from './propose-nav';
import { viewProposal } from './view-proposals';
import { viewValuationDay } from './view-valuations';

const database = testDatabase('seeded');
let site: Sql;
let council: Council;
let us: { sessionId: string; role: 'OPERATOR' };

beforeAll(async () => {
  site = connect(database.appUrl, { max: 2, name: 'test-site' });
  council = await setCouncil(database.owner, site);
  us = { sessionId: council.us.sessionId, role: 'OPERATOR' };
  return () => site.end({ timeout: 5 });
});

const at = (instant: string) => database.owner`update clock set mode = 'STEPPED', at = ${instant}::text::timestamptz`;
const file = (row: string) => `nav_date,net_assets_usd,usd_jpy\n${row}\n`;
const refusedWith = (code: string) => ({ ok: false, error: { code } });
const shown = (day: string) =>
  database.owner<{ revision: number; price: bigint }[]>`
    select revision, price from current_prices where nav_date = ${day}::text::date order by class_id`;
/** Prices that do not follow from the net assets. */
const LIE = {
  netAssetsUsdMinor: '30000000000000',
  classes: { US: { currency: 'USD', price: '1.0000' }, JP: { currency: 'JPY', price: '1' } },
  remark: 'x',
};
const astray = { ...DEMONSTRATION, projectReturnE6: () => 40_000n };

/** Dollars and cents, so many parts of a million away from what the newest published books say. */
async function near(millionths: bigint): Promise<string> {
  const [row] = await database.owner<{ net: bigint }[]>`
    select net_assets_usd_minor as net from valuations where state = 'PUBLISHED' order by nav_date desc limit 1`;
  const cents = ((row?.net ?? 0n) * (1_000_000n + millionths)) / 1_000_000n;
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
}

/** As the pages do: what the proposal says is what is signed. */
async function sign(id: string, ...seats: (keyof Pick<Council, 'us' | 'us2' | 'jp' | 'jp2'>)[]) {
  const [row] = await database.owner<{ sha256: string }[]>`
    select sha256 from proposal_revisions where proposal_id = ${id} order by revision desc limit 1`;
  let answer: unknown;
  for (const seat of seats) answer = await council.sign(council[seat], { id, sha256: row?.sha256 ?? '' });
  return answer;
}

describe('a file', () => {
  it('is taken for the day that is next, once its cut-off has passed', async () => {
    await at('2026-11-18T20:59:00Z');
    const row = `2026-11-18,${await near(1_000n)},`;
    expect(await importValuation(us, file(row))).toMatchObject(refusedWith('valuation.too-early'));
    await at('2026-11-18T21:00:00Z');
    expect(await importValuation(us, file('2026-11-17,1.00,'))).toMatchObject(refusedWith('valuation.published'));
    expect(await importValuation(us, file('2026-11-19,1.00,150.0'))).toMatchObject(
      refusedWith('valuation.out-of-order'),
    );
    expect(await importValuation(us, file('2026-11-21,1.00,150.0'))).toMatchObject(
      refusedWith('valuation.no-dealing-day'),
    );
    expect(await importValuation(us, file(`2026-11-18,${await near(0n)},99.9999`))).toMatchObject(
      refusedWith('valuation.rate-differs'),
    );
    expect(await importValuation(us, 'what is this')).toMatchObject(refusedWith('valuation.file-shape'));
    const session = (seat: keyof Council) => ({ ...(council[seat] as typeof council.us), role: 'AUDITOR' as const });
    for (const seat of ['auditor', 'support'] as const)
      expect(await importValuation(session(seat), file(row))).toMatchObject(refusedWith('valuation.not-allowed'));

    const first = await importValuation(us, file(row));
    expect(first).toMatchObject({ ok: true, value: { state: 'PUBLISHED', reason: null } });
    expect(await importValuation(us, file(row))).toEqual(first);
    expect(await importValuation(us, file(`2026-11-18,${await near(2_000n)},`))).toMatchObject(
      refusedWith('valuation.published'),
    );
    // The job has nothing left to do for that day.
    await at('2026-11-18T23:00:00Z');
    expect(await advanceValuations()).toBe(0);
    const day = await viewValuationDay(us, '2026-11-18');
    expect(day?.current).toMatchObject({ source: 'IMPORT', revision: 1 });
    const log = await database.owner`select subject from operator_log where kind = 'NAV_IMPORTED'`;
    expect([...log]).toEqual([{ subject: 'nav:2026-11-18' }]);
  });

  it('is held like any other value, and the right one takes its place', async () => {
    await at('2026-11-19T23:00:00Z');
    await advanceValuations({ ...DEMONSTRATION, midRate: () => null });
    expect((await viewValuationDay(us, '2026-11-19'))?.current).toMatchObject({
      state: 'HELD',
      reason: 'MISSING_RATE',
    });
    expect(await importValuation(us, file(`2026-11-19,${await near(0n)},`))).toMatchObject(
      refusedWith('valuation.rate-missing'),
    );
    const bring = (row: string) => importValuation(us, file(row));
    expect(await bring('2026-11-19,0.00,150.1')).toMatchObject({
      ok: true,
      value: { state: 'HELD', reason: 'NOT_POSITIVE' },
    });
    expect(await bring('2026-11-19,-1.00,150.1')).toMatchObject({ value: { reason: 'NOT_POSITIVE' } });
    expect(await bring(`2026-11-19,${await near(200_000n)},`)).toMatchObject({ value: { reason: 'JUMP' } });
    const [rate] = await database.owner<{ before: bigint }[]>`
      select jpy_per_usd_e4 as before from fx_rates where rate_date = '2026-11-19'`;
    expect(rate?.before).toBe(1_501_000n);
    expect((await shown('2026-11-19')).length).toBe(0);
  });
});

describe('a day that is held', () => {
  it('is published as it stands when one of each side has signed its figures', async () => {
    const form = {
      key: randomUUID(),
      date: '2026-11-19',
      revision: '4',
      remark: 'The port was sold.\r\nSee the report.',
    };
    expect(await proposeNavPublication(us, { ...form, remark: ' ' })).toMatchObject(refusedWith('form.required'));
    expect(await proposeNavPublication(us, { ...form, revision: '3' })).toMatchObject(refusedWith('valuation.changed'));
    expect(await proposeNavPublication(us, { ...form, date: '2026-11-18', revision: '1' })).toMatchObject(
      refusedWith('valuation.not-held'),
    );
    expect(await proposeNavPublication(us, { ...form, date: '2026-12-25' })).toMatchObject(
      refusedWith('valuation.not-held'),
    );
    const made = await proposeNavPublication(us, form);
    if (!made.ok) throw new Error(made.error.code);
    expect(await proposeNavPublication(us, { ...form, key: randomUUID() })).toMatchObject(
      refusedWith('proposal.duplicate'),
    );
    const seen = await viewProposal({ ...council.jp, role: 'OPERATOR', side: 'JP', secondFactorAge: 1 }, made.value.id);
    expect(seen).toMatchObject({ subject: 'nav:2026-11-19', may: { sign: true, edit: false } });
    expect(await sign(made.value.id, 'us')).toMatchObject({ ok: false, code: 'proposal.own-proposal' });
    expect(await sign(made.value.id, 'us2')).toMatchObject({ ok: true, state: 'OPEN' });
    expect(await shown('2026-11-19')).toEqual([]);
    expect(await sign(made.value.id, 'jp')).toMatchObject({ ok: true, state: 'EXECUTED' });
    expect((await shown('2026-11-19')).length).toBe(2);
    expect((await viewValuationDay(us, '2026-11-19'))?.current).toMatchObject({
      state: 'PUBLISHED',
      reason: 'JUMP',
      proposalId: made.value.id,
    });
  });

  it('is not published where there is no sound value, nor with other figures than those that are held', async () => {
    await at('2026-11-20T23:00:00Z');
    await advanceValuations();
    await at('2026-11-24T23:00:00Z');
    await advanceValuations(astray);
    const day = await viewValuationDay(us, '2026-11-24');
    expect(day?.current).toMatchObject({ state: 'HELD', reason: 'OUT_OF_TOLERANCE' });
    const form = { key: randomUUID(), date: '2026-11-24', revision: '1', remark: 'A better harvest.' };
    // Not even past the page: what is signed is what is held.
    const lie = { ...LIE, navDate: '2026-11-24', revision: '1' };
    for (const [navDate, code] of [
      ['2026-11-24', 'valuation.changed'],
      ['2026-11-20', 'valuation.not-held'],
      ["' or true --", 'valuation.not-held'],
    ] as const)
      expect(await council.propose(council.jp, 'NAV_PUBLICATION', { ...lie, navDate })).toMatchObject({
        answer: { ok: false, code },
      });
    const made = await proposeNavPublication(us, form);
    if (!made.ok) throw new Error(made.error.code);
    await sign(made.value.id, 'us2');
    // Between the two signatures a file takes the place of what the first one was over.
    expect(await importValuation(us, file(`2026-11-24,${await near(200_000n)},`))).toMatchObject({
      value: { state: 'HELD', reason: 'JUMP' },
    });
    expect(await sign(made.value.id, 'jp')).toMatchObject({ ok: false, code: 'valuation.changed' });
    expect(await importValuation(us, file('2026-11-24,0.00,'))).toMatchObject({ value: { reason: 'NOT_POSITIVE' } });
    expect(await sign(made.value.id, 'jp')).toMatchObject({ ok: false, code: 'valuation.not-sound' });
    expect(await importValuation(us, file(`2026-11-24,${await near(500n)},`))).toMatchObject({
      value: { state: 'PUBLISHED' },
    });
    expect(await sign(made.value.id, 'jp')).toMatchObject({ ok: false, code: 'valuation.not-held' });
  });
});

describe('a published day that was wrong', () => {
  it('gets a further revision by joint approval; the one before stays', async () => {
    const before = await shown('2026-11-20');
    const [old] = await database.owner<{ net: bigint }[]>`
      select net_assets_usd_minor as net from valuations where nav_date = '2026-11-20' and state = 'PUBLISHED'`;
    const wrong = String((old?.net ?? 0n) / 100n);
    const form = { key: randomUUID(), date: '2026-11-20', revision: '1', remark: 'A mark was typed twice.' };
    const correct = (more: Partial<typeof form & { netAssets: string }> = {}) =>
      proposeNavCorrection(us, { ...form, key: randomUUID(), netAssets: '300000000000.00', ...more });
    expect(await correct({ netAssets: '3,00' })).toMatchObject(refusedWith('amount.not-a-number'));
    expect(await correct({ netAssets: '0' })).toMatchObject(refusedWith('amount.zero'));
    expect(await correct({ netAssets: '100000000000000.00' })).toMatchObject(refusedWith('amount.too-large'));
    expect(await correct({ netAssets: `${wrong}.${String((old?.net ?? 0n) % 100n).padStart(2, '0')}` })).toMatchObject(
      refusedWith('proposal.unchanged'),
    );
    expect(await correct({ revision: '2' })).toMatchObject(refusedWith('valuation.changed'));
    expect(await correct({ date: '2026-11-17' })).toMatchObject(refusedWith('valuation.not-published'));
    expect(await correct({ date: '2026-12-25' })).toMatchObject(refusedWith('valuation.not-published'));
    expect(await correct({ remark: '' })).toMatchObject(refusedWith('form.required'));
    // A price that does not follow from the net assets is not signed by anybody.
    const payload = { ...LIE, navDate: '2026-11-20', revision: '1' };
    expect(await council.propose(council.us, 'NAV_CORRECTION', payload)).toMatchObject({
      answer: { ok: false, code: 'valuation.changed' },
    });

    const made = await correct();
    if (!made.ok) throw new Error(made.error.code);
    expect(await sign(made.value.id, 'us2', 'jp')).toMatchObject({ ok: true, state: 'EXECUTED' });
    const after = await shown('2026-11-20');
    expect(after.map(({ revision }) => revision)).toEqual([2, 2]);
    expect(after[0]?.price).not.toBe(before[0]?.price);
    const kept = await database.owner<{ price: bigint }[]>`
      select price from nav_prices where nav_date = '2026-11-20' and revision = 1 order by class_id`;
    expect([...kept]).toEqual(before.map(({ price }) => ({ price })));
    const day = await viewValuationDay(us, '2026-11-20');
    expect(day?.revisions.map(({ state, source }) => `${state} ${source}`)).toEqual([
      'PUBLISHED CORRECTION',
      'SUPERSEDED MODEL',
    ]);
    const seen = await viewProposal({ ...council.us, role: 'OPERATOR', side: 'US', secondFactorAge: 1 }, made.value.id);
    expect(seen?.from).toMatchObject({ netAssetsUsdMinor: String(old?.net), revision: '1' });
  });

  it('has the days after it that wait struck again from the corrected books', async () => {
    await at('2026-11-25T23:00:00Z');
    await advanceValuations(astray);
    expect((await viewValuationDay(us, '2026-11-25'))?.current).toMatchObject({ state: 'HELD', revision: 1 });
    const netAssets = await near(1_000n);
    const form = { key: randomUUID(), date: '2026-11-24', revision: '4', remark: 'A cent was lost.', netAssets };
    const made = await proposeNavCorrection(us, form);
    if (!made.ok) throw new Error(made.error.code);
    await sign(made.value.id, 'us2', 'jp');
    expect(await advanceValuations()).toBe(3);
    const day = await viewValuationDay(us, '2026-11-25');
    expect(day?.current).toMatchObject({ state: 'PUBLISHED', revision: 2, source: 'MODEL' });
  });

  it('leaves every invariant standing', async () => {
    const findings = await database.owner.begin((tx) => verifyInvariants(tx));
    expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
  });
});
