/** A day's value from the books to the published price, on the demonstration's fund: each step, each hold, and a worker that dies in between. */
import { describe, expect, it } from 'vitest';
import { batch, withInvestor } from '@/db/client';
import * as commands from '@/db/commands/valuations';
import { driverError } from '@/db/errors';
import { getBooks } from '@/db/queries/valuation-books';
import { verifyInvariants } from '@/db/queries/verify';
import { testDatabase } from '@/db/test-hooks';
import type { Currency, ProjectSector } from '@/lib/domain/states';
import { portfolioOf } from '@/lib/domain/valuation/book';
import { valuationFault } from '@/lib/domain/valuation/check';
import { DEMONSTRATION, type MarketModel } from '@/lib/domain/valuation/market-model';
import { netAssets, parUsdE12, valueFund } from '@/lib/domain/valuation/net-assets';
import { runDue } from '@/lib/jobs/run-due';
import { advanceValuations, rolled } from './advance-valuations';

const database = testDatabase('seeded');
const at = (instant: string) => database.owner`update clock set mode = 'STEPPED', at = ${instant}::text::timestamptz`;

const days = async (from = '0001-01-01') => [
  ...(await database.owner<{ day: string; state: string; reason: string | null }[]>`
    select nav_date::text as day, state, hold_reason as reason from valuations where nav_date >= ${from}::text::date
     order by nav_date, revision`),
];
const published = (day: string) => ({ day, state: 'PUBLISHED', reason: null });
const held = (day: string, reason: string) => ({ day, state: 'HELD', reason });
const shown = async (day: string) =>
  (
    await database.owner<{ price: bigint }[]>`
    select price from current_prices where nav_date = ${day}::text::date order by class_id`
  ).map(({ price }) => price);

/** Projects that do as their sectors do, but for so many millionths a day. */
const astray = (returnE6: bigint, sectorsToo = false): MarketModel => ({
  ...DEMONSTRATION,
  sectorReturnE6: (date, sector) => DEMONSTRATION.sectorReturnE6(date, sector) + (sectorsToo ? returnE6 : 0n),
  projectReturnE6: (date, project) => DEMONSTRATION.projectReturnE6(date, project) + returnE6,
});

type Row = {
  id: bigint;
  date: string;
  baseId: bigint | null;
  jpyPerUsdE4: bigint;
  portfolioUsdMinor: bigint;
  cashUsdMinor: bigint;
  citizensUsdMinor: bigint;
  citizensJpyMinor: bigint;
  debtUsdMinor: bigint;
  feesUsdMinor: bigint;
  netAssetsUsdMinor: bigint;
  ownersUsdMinor: bigint;
};
type ClassRow = {
  id: number;
  currency: Currency;
  quoteUnits: bigint;
  priceDecimals: number;
  units: bigint;
  netAssetsUsdMinor: bigint;
  netAssetsMinor: bigint;
  price: bigint;
  modelPrice: bigint | null;
  previousPrice: bigint | null;
};

const valuationRows = () =>
  database.owner<Row[]>`
    select id, nav_date::text as date, base_id as "baseId", jpy_per_usd_e4 as "jpyPerUsdE4", portfolio_usd_minor as "portfolioUsdMinor",
           cash_usd_minor as "cashUsdMinor", citizens_usd_minor as "citizensUsdMinor", citizens_jpy_minor as "citizensJpyMinor",
           debt_usd_minor as "debtUsdMinor", fees_usd_minor as "feesUsdMinor", net_assets_usd_minor as "netAssetsUsdMinor",
           owners_usd_minor as "ownersUsdMinor"
      from valuations where net_assets_usd_minor is not null order by id`;
const classRows = (id: bigint) =>
  database.owner<ClassRow[]>`
    select c.id, c.currency, c.quote_units as "quoteUnits", c.price_decimals as "priceDecimals", v.units, v.net_assets_usd_minor as "netAssetsUsdMinor",
           v.net_assets_minor as "netAssetsMinor", v.price, v.model_price as "modelPrice", v.previous_price as "previousPrice"
      from valuation_classes v join unit_classes c on c.id = v.class_id where v.valuation_id = ${id} order by c.id`;

/** What the pure domain makes of the same facts. */
async function expectDomainAgrees() {
  const [first] = await database.owner<{ us: bigint; jp: bigint; rate: bigint; owners: bigint }[]>`
    select (select price from nav_prices where class_id = 1 order by nav_date limit 1) as us,
           (select price from nav_prices where class_id = 2 order by nav_date limit 1) as jp,
           (select jpy_per_usd_e4 from fx_rates order by rate_date limit 1) as rate,
           (select sum(committed_usd_minor)::bigint from owner_commitments where owner_group <> 'CITIZENS') as owners`;
  if (!first) throw new Error('There is no fund.');
  for (const row of await valuationRows()) {
    const stored = await classRows(row.id);
    expect(netAssets(row, row.jpyPerUsdE4), row.date).toBe(row.netAssetsUsdMinor);
    const units = stored.map((line) => ({
      ...line,
      parUsdE12: parUsdE12(line.currency, line.id === 1 ? first.us : first.jp, line.priceDecimals, first.rate),
    }));
    const value = valueFund(row.netAssetsUsdMinor, row.jpyPerUsdE4, first.owners, units);
    expect(value.ownersUsdMinor).toBe(row.ownersUsdMinor);
    expect(value.classes, row.date).toEqual(
      stored.map(({ id, netAssetsUsdMinor, netAssetsMinor, price }) => ({
        id,
        netAssetsUsdMinor,
        netAssetsMinor,
        price,
      })),
    );
  }
}

/** Every struck day follows from the day before, the model and the date, whenever it was struck. */
async function expectModelAgrees(model: MarketModel) {
  for (const row of await valuationRows()) {
    if (row.baseId === null) continue;
    const struck = await rolled({ date: row.date, baseId: row.baseId, jpyPerUsdE4: row.jpyPerUsdE4 }, model);
    expect(struck, row.date).toMatchObject({
      cashUsdMinor: row.cashUsdMinor,
      debtUsdMinor: row.debtUsdMinor,
      feesUsdMinor: row.feesUsdMinor,
    });
    const books = await batch((db) => getBooks(db, row.id));
    expect(books?.book.marks.map(({ valueUsdMinor }) => valueUsdMinor)).toEqual(
      struck?.marks.map(({ valueUsdMinor }) => valueUsdMinor),
    );
    expect(portfolioOf(books?.book.marks ?? [])).toBe(row.portfolioUsdMinor);
    expect((await classRows(row.id)).map(({ modelPrice }) => modelPrice)).toEqual(
      struck?.modelPrices.map(({ price }) => price),
    );
  }
}

describe('the demonstration', () => {
  it('opens its books with the newest price that stands behind it', async () => {
    expect(await days()).toEqual([published('2026-11-17')]);
    const [row] = await database.owner<{ apart: bigint }[]>`
      select max(abs(c.price - p.price)) as apart from valuation_classes c join valuations v on v.id = c.valuation_id
        join nav_prices p on p.class_id = c.class_id and p.nav_date = v.nav_date`;
    expect(row?.apart).toBeLessThanOrEqual(1n);
  });
});

describe('a dealing day', () => {
  it('has its mid rate at ten in Tokyo, and its price two hours after the cut-off in New York, not before', async () => {
    await at('2026-11-18T00:59:59Z');
    expect(await advanceValuations()).toBe(0);
    await at('2026-11-18T01:00:00Z');
    // The seed has it already.
    expect(await advanceValuations()).toBe(0);
    await at('2026-11-18T22:59:59Z');
    expect(await advanceValuations()).toBe(0);
    await at('2026-11-18T23:00:00Z');
    // Where nothing is simulated there is no model, and the day waits for an import.
    expect(await advanceValuations(null)).toBe(0);
    expect(await advanceValuations()).toBe(3);
    expect(await days()).toEqual([published('2026-11-17'), published('2026-11-18')]);
    expect(await shown('2026-11-18')).toHaveLength(2);
    expect(await advanceValuations()).toBe(0);
    await at('2026-11-19T01:00:00Z');
    expect(await advanceValuations()).toBe(1);
  });

  it('comes after the other, once, also when two workers look at the same time', async () => {
    // Thursday and Friday, and then over a weekend and Labour Thanksgiving Day.
    await at('2026-11-25T03:00:00Z');
    const steps = await Promise.all([advanceValuations(), advanceValuations()]);
    expect(steps[0] + steps[1]).toBeGreaterThanOrEqual(12);
    await advanceValuations();
    expect((await days('2026-11-18')).map(({ day }) => day)).toEqual([
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
      '2026-11-24',
    ]);
    expect((await days('2026-11-18')).every(({ state }) => state === 'PUBLISHED')).toBe(true);
  });

  it('goes on where a worker died, to the same figures', async () => {
    await at('2026-12-02T03:00:00Z');
    const dying = {
      ...DEMONSTRATION,
      projectReturnE6: (date: string, project: { slug: string; sector: ProjectSector }) => {
        if (date === '2026-11-27') throw new Error('killed');
        return DEMONSTRATION.projectReturnE6(date, project);
      },
    };
    await expect(advanceValuations(dying)).rejects.toThrow('killed');
    expect((await days('2026-11-25')).map(({ day }) => day)).toEqual(['2026-11-25']);
    // Struck, and killed before the check; checked, and killed before the publication.
    for (const act of ['STRIKE', 'CHECK']) {
      const next = await batch((_, sql) => commands.nextValuation(sql, 1));
      expect(next).toMatchObject({ date: '2026-11-27', act });
      if (!next) return;
      const struck = await rolled(next, DEMONSTRATION);
      if (act === 'STRIKE') expect(struck && (await strike(next, struck))).toBe(true);
      else expect(await batch((_, sql) => commands.checkValuation(sql, 1, next.date))).toBe('CHECKED');
    }
    // By the worker's own job this time.
    expect(await runDue()).toMatchObject({ valuations: 7 });
    expect((await days('2026-11-27')).map(({ day, state }) => `${day} ${state}`)).toEqual([
      '2026-11-27 PUBLISHED',
      '2026-11-30 PUBLISHED',
      '2026-12-01 PUBLISHED',
    ]);
    await expectDomainAgrees();
    await expectModelAgrees(DEMONSTRATION);
  });
});

const strike = (next: commands.NextValuation, struck: commands.Struck) =>
  batch((_, sql) => commands.strikeValuation(sql, 1, next, struck));

/** Puts a held day aside, as an import does, so that it is struck again. */
const putAside = () => database.owner`update valuations set state = 'SUPERSEDED' where state = 'HELD'`;

describe('a day is held', () => {
  it('without a rate, and the days after it with it, until the rate is there', async () => {
    await at('2026-12-02T23:00:00Z');
    await advanceValuations();
    await at('2026-12-03T23:00:00Z');
    await advanceValuations({ ...DEMONSTRATION, midRate: () => null });
    await at('2026-12-04T23:00:00Z');
    await advanceValuations({ ...DEMONSTRATION, midRate: (date, e4) => (date === '2026-12-03' ? null : e4 + 1n) });
    expect(await days('2026-12-03')).toEqual([held('2026-12-03', 'MISSING_RATE'), held('2026-12-04', 'STALE')]);
    expect(await shown('2026-12-03')).toEqual([]);
    expect(await advanceValuations()).toBe(0);
    await database.owner`
      insert into fx_rates (rate_date, jpy_per_usd_e4, spread_sen, published_at)
      select '2026-12-03', jpy_per_usd_e4, spread_sen, app_now() from fx_rates where rate_date = '2026-12-02'`;
    expect(await advanceValuations()).toBe(6);
    expect((await days('2026-12-03')).filter(({ state }) => state !== 'SUPERSEDED')).toEqual([
      published('2026-12-03'),
      published('2026-12-04'),
    ]);
  });

  it.each([
    ['OUT_OF_TOLERANCE', astray(30_000n)],
    ['OUT_OF_TOLERANCE', astray(-30_000n)],
    ['JUMP', astray(150_000n, true)],
    ['JUMP', astray(150_000n)],
    ['NOT_POSITIVE', astray(-4_000_000n)],
  ])('%s', async (reason, model) => {
    await at('2026-12-07T23:00:00Z');
    await advanceValuations(model);
    expect((await days('2026-12-07')).at(-1)).toEqual(held('2026-12-07', reason));
    expect(await shown('2026-12-07')).toEqual([]);
    const [hold] = await database.owner`select nav_date::text as day, reason from public_holds`;
    expect(hold).toEqual({ day: '2026-12-07', reason });
    // The pure domain says the same of the same figures.
    const row = (await valuationRows()).at(-1);
    const lines = await classRows(row?.id ?? 0n);
    const limits = { toleranceE4: 100n, jumpE4: 500n };
    const facts = { hasRate: true, baseIsDayBefore: true, netAssetsUsdMinor: row?.netAssetsUsdMinor ?? 0n };
    const checks = lines.map(({ price, modelPrice, previousPrice }) => ({
      price,
      model: modelPrice,
      before: previousPrice ?? 0n,
    }));
    expect(valuationFault({ ...facts, prices: checks }, limits)).toBe(reason);
    // No function of the job publishes it.
    expect(await batch((_, sql) => commands.publishValuation(sql, 1, '2026-12-07'))).toBe(false);
    expect(await batch((_, sql) => commands.checkValuation(sql, 1, '2026-12-07'))).toBeNull();
    expect(await advanceValuations()).toBe(0);
    await expectDomainAgrees();
    await putAside();
  });

  it('by the limits that the covenant has that day', async () => {
    await database.owner`update covenant_limits set value_e4 = 0 where name = 'NAV_JUMP'`;
    await advanceValuations();
    expect((await days('2026-12-07')).at(-1)).toEqual(held('2026-12-07', 'JUMP'));
    await database.owner`update covenant_limits set value_e4 = 500 where name = 'NAV_JUMP'`;
    await putAside();
    expect(await advanceValuations()).toBe(3);
  });
});

describe('whoever hands in a value', () => {
  it('cannot choose the day, its base or its rate', async () => {
    await at('2026-12-08T23:00:00Z');
    await advanceValuations();
    await at('2026-12-10T23:00:00Z');
    await batch((_, sql) => commands.fixMidRate(sql, '2026-12-09', 1_500_000n));
    const next = await batch((_, sql) => commands.nextValuation(sql, 1));
    if (!next) throw new Error('Nothing is due.');
    const struck = await rolled(next, DEMONSTRATION);
    if (!struck) throw new Error('There are no books.');
    expect(await strike({ ...next, date: '2026-12-10' }, struck)).toBe(false);
    expect(await strike({ ...next, date: '2026-12-08' }, struck)).toBe(false);
    expect(await strike({ ...next, baseId: next.baseId - 1n }, struck)).toBe(false);
    expect(await strike({ ...next, jpyPerUsdE4: 1n }, struck)).toBe(false);
    expect(await batch((_, sql) => commands.fixMidRate(sql, '2026-12-09', 1n))).toBe(false);
    expect(await batch((_, sql) => commands.fixMidRate(sql, '2026-12-11', 1n))).toBe(false);
    expect(await batch((_, sql) => commands.publishValuation(sql, 1, next.date))).toBe(false);
    expect(await strike(next, struck)).toBe(true);
    expect(await strike(next, struck)).toBe(false);
    await advanceValuations();
  });

  it('cannot rewrite one that is there, not even as the owner of the tables', async () => {
    for (const statement of [
      `update valuations set net_assets_usd_minor = net_assets_usd_minor + 1, portfolio_usd_minor = portfolio_usd_minor + 1`,
      `update valuations set state = 'STRUCK' where state = 'PUBLISHED'`,
      `delete from valuations`,
      `update valuation_marks set value_usd_minor = 1`,
      `delete from valuation_classes`,
      `update nav_prices set price = price + 1`,
      `delete from nav_prices`,
    ])
      expect(await database.owner.unsafe(statement).catch(driverError), statement).toMatchObject({ code: '23514' });
    for (const statement of [
      `select * from valuations`,
      `update valuations set state = 'PUBLISHED'`,
      `select open_books(1::smallint, '', 1)`,
      `select publish_revision(1, null)`,
      `select write_valuation(1::smallint, '2026-12-11', 'MODEL', '', 1, 1, 1, null, null, 1, 1, 1, 1, null, null)`,
    ]) {
      const answer = await withInvestor(1n, (_, sql) => sql.unsafe(statement)).catch(driverError);
      if (statement.startsWith('select *')) expect(answer).toEqual([]);
      else expect(answer, statement).toMatchObject({ code: '42501' });
    }
  });
});

it('leaves every invariant standing', async () => {
  const findings = await database.owner.begin((tx) => verifyInvariants(tx));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
});
