/**
 * Allots a window of a million subscriptions with the functions of the job worker, from the signed list to settled units and refunds, and holds it
 * against a bare INSERT … SELECT of the same rows into the same indexes in the same run (B of the design's "Speed").
 */
import { advanceAllotment, claimAllotment } from '@/db/commands/allotments';
import type { Sql } from '@/db/connect';
import { assertSound, type BenchDatabase, openBenchDatabase } from './lib/bench-database';
import type { Benchmark } from './lib/result';

const PEOPLE = 1_000_000;
const LOT = 1_000n;
/** What is offered is about half of what is asked for, so that every rule of the ceiling and the draw has work to do. */
const OFFERED = BigInt(PEOPLE) * 12n * LOT;
const CHUNK = 250_000;
const GOAL = 1.25;

export const allot1m: Benchmark = async (say) => {
  const database = await openBenchDatabase(PEOPLE);
  try {
    const offering = await subscribedWindow(database);
    say(`${PEOPLE} subscriptions are in`);
    const listed = await seconds(() => database.owner`select list_applicants(${offering}::integer)`);
    say(`the list of applicants: ${listed.toFixed(1)} s`);
    await database.owner.unsafe('vacuum analyze');
    const ours = await seconds(() => run(database.owner, offering, say));
    const bare = await seconds(() => insertBare(database.owner, offering));
    say(`the run: ${ours.toFixed(1)} s; the same rows inserted: ${bare.toFixed(1)} s`);
    await assertSound(database.owner);
    const ratio = ours / bare;
    return [
      { path: 'allot.1m', value: ours, yardstick: bare, ratio, goal: `≤ ${GOAL} B with balances`, met: ratio <= GOAL },
    ];
  } finally {
    await database.close();
  }
};

async function seconds(work: () => PromiseLike<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

/** A closed window with one subscription a person, each with the entry, act and reservation that place_subscription writes. */
async function subscribedWindow({ owner, firstInvestor, investors }: BenchDatabase): Promise<number> {
  await owner`update unit_classes set authorised_units = 900000000000000 where id = 1`;
  const [offering] = await owner<{ id: number }[]>`
    insert into offerings (slug, class_id, name_en, name_ja, method, state, price, size_units, lot_units, min_units, max_units, opens_at, closes_at,
                           reveal_deadline, prospectus_id)
    select 'allot-1m', 1, 'allot-1m', 'allot-1m', 'QUANTITY_CEILING', 'CLOSED', 100000, ${OFFERED}::bigint, ${LOT}::bigint, ${LOT}::bigint,
           ${LOT * 100n}::bigint, app_now() - interval '3 days', app_now() - interval '2 days', app_now() - interval '1 day', o.prospectus_id
      from offerings o where o.state = 'OPEN' and o.class_id = 1 order by o.id limit 1
    returning id`;
  if (!offering) throw new Error('The seed has no open offering of the US class.');
  const last = firstInvestor + BigInt(investors) - 1n;
  await owner.begin(async (sql) => {
    // At ten dollars a share of a thousand parts, a part costs a cent.
    await sql`create temp table asked on commit drop as
      select i, (1 + i * 7919 % 49) * ${LOT}::bigint as units, nextval(pg_get_serial_sequence('journals', 'id')) as journal, gen_random_uuid() as key
        from generate_series(${firstInvestor}::bigint, ${last}::bigint) i`;
    await sql`insert into journals (id, kind, at) overriding system value select journal, 'SUBSCRIPTION_RESERVED', app_now() from asked order by journal`;
    await sql`insert into subscriptions (investor_id, key, units, reserved_minor, price, placed_at, changed_at, offering_id, terms_version, state, locale, class_id)
      select i, key, units, units, 100000, app_now(), app_now(), ${offering.id}::integer, 1, 'ACTIVE', 'en', 1 from asked order by i`;
    await sql`insert into subscription_acts (investor_id, key, subscription_key, asked, units, reserved_minor, delta_minor, price, journal_id, at, terms_version, act, kind)
      select i, key, key, units, units, units, units, 100000, journal, app_now(), 1, 'PLACED', 'BUY_UNITS' from asked order by i`;
    await sql`update wallets w set available = available - units, available_version = available_version + 1, reserved = units, reserved_version = 1
      from asked where w.investor_id = i and w.asset_id = 1`;
    await sql`insert into postings (investor_id, asset_id, account, version, journal_id, amount, balance_after)
      select w.investor_id, 1, v.account::ledger_account, case v.account when 'INVESTOR_AVAILABLE' then w.available_version else 1 end, journal,
             case v.account when 'INVESTOR_AVAILABLE' then - units else units end, case v.account when 'INVESTOR_AVAILABLE' then w.available else w.reserved end
        from asked join wallets w on w.investor_id = i and w.asset_id = 1
       cross join (values ('INVESTOR_AVAILABLE'), ('INVESTOR_RESERVED')) v (account)
       order by w.investor_id, v.account`;
  });
  return offering.id;
}

async function run(owner: Sql, offering: number, say: (line: string) => void): Promise<void> {
  const [started] = await owner<
    { code: string | null }[]
  >`select start_allotment(${offering}::integer, null, ${CHUNK}::integer) as code`;
  if (started?.code !== null) throw new Error(`The run was refused: ${started?.code}`);
  const fence = (await claimAllotment(owner, offering, 3_600)) ?? 0;
  for (;;) {
    const before = performance.now();
    const at = await advanceAllotment(owner, offering, fence);
    say(
      `… ${at?.step}, ${at?.chunksDone} of ${at?.chunks} chunks: ${((performance.now() - before) / 1_000).toFixed(1)} s`,
    );
    if (at === null || at.step === 'MAIL' || at.step === 'DONE') return;
  }
}

/** The yardstick: allotments and postings again, in the same order, into tables with the same columns, constraints and indexes. */
async function insertBare(owner: Sql, offering: number): Promise<void> {
  await owner.unsafe(`create table bare_allotments (like allotments_${offering} including all)`);
  await owner.unsafe('create table bare_postings (like postings including all)');
  await owner.unsafe(`insert into bare_allotments select * from allotments_${offering} order by investor_id`);
  await owner.unsafe(`insert into bare_postings
    select p.* from postings p join allotment_chunks c on c.journal_id = p.journal_id and c.offering_id = ${offering}
     order by p.investor_id, p.asset_id, p.account, p.version`);
  await owner.unsafe('drop table bare_allotments, bare_postings');
}
