/**
 * Allots a window of a million subscriptions with the functions of the job worker, as the site's role: who gets what, balances, postings and the
 * check of the books. Held against B of the design's "Speed": a bare INSERT … SELECT of the same rows, in order, into the same indexes, in the same
 * run. The same rows are all that the run leaves: allotments, postings, holdings, and the new wallets, which the run has to update in place.
 */
import { batch, closeDatabase } from '@/db/client';
import { advanceAllotment, claimAllotment, releaseAllotment } from '@/db/commands/allotments';
import type { Sql } from '@/db/connect';
import { advanceAllotments, postChunks } from '@/lib/services/settle-windows';
import { type BareTable, seconds, watchMemory, writeBare } from './lib/batch';
import { assertSound, type BenchDatabase, openBenchDatabase } from './lib/bench-database';
import type { Benchmark, Line } from './lib/result';

const LOT = 1_000n;
const GOAL = 1.25;
const MEMORY_MB = 256;

export const allot1m: Benchmark = (say) => allot('allot.1m', 1_000_000, say);
/** Minutes of preparation, and some fifteen gigabytes of disk: only for those who ask for it. */
export const allot10m: Benchmark = (say) => allot('allot.10m', 10_000_000, say);

async function allot(path: string, people: number, say: (line: string) => void): Promise<Line[]> {
  const database = await openBenchDatabase(people);
  try {
    const offering = await subscribedWindow(database);
    say(`${people} subscriptions are in`);
    const listed = await seconds(() => database.owner`select list_applicants(${offering}::integer)`);
    say(`the list of applicants: ${listed.toFixed(1)} s`);
    await database.owner.unsafe('vacuum analyze');
    const [started] = await database.owner<{ code: string | null }[]>`
      select start_allotment(${offering}::integer, null) as code`;
    if (started?.code !== null) throw new Error(`The run was refused: ${started?.code}`);
    // Full images of pages that a checkpoint has just passed belong to it: ours and theirs begin with one behind them, and none at work.
    await database.superuser.unsafe('checkpoint');
    const memory = watchMemory();
    const ours = await run(offering, say);
    const mails = await seconds(advanceAllotments);
    const peak = memory.stop();
    say(`mails to all: ${mails.toFixed(1)} s, which is no part of the run`);
    await database.superuser.unsafe('checkpoint');
    const bare = await insertBare(database.owner, offering, say);
    await assertSound(database.owner);
    const ratio = ours / bare.all;
    say(`against allotments and postings alone, without any balance: ${(ours / bare.withoutBalances).toFixed(2)}`);
    return [
      { path, value: ours, yardstick: bare.all, ratio, goal: `≤ ${GOAL} B with balances`, met: ratio <= GOAL },
      {
        path: `${path} memory MB`,
        value: peak,
        yardstick: null,
        ratio: null,
        goal: `≤ ${MEMORY_MB} MB`,
        met: peak <= MEMORY_MB,
      },
    ];
  } finally {
    await closeDatabase();
    await database.close();
  }
}

/** A closed window with one subscription a person, each with the entry, act and reservation that place_subscription writes. */
async function subscribedWindow({ owner, firstInvestor, investors }: BenchDatabase): Promise<number> {
  // About half of what is asked for, so that every rule of the ceiling and the draw has work to do.
  const offered = BigInt(investors) * 12n * LOT;
  await owner`update unit_classes set authorised_units = 900000000000000 where id = 1`;
  const [offering] = await owner<{ id: number }[]>`
    insert into offerings (slug, class_id, name_en, name_ja, method, state, price, size_units, lot_units, min_units, max_units, opens_at, closes_at,
                           reveal_deadline, prospectus_id)
    select 'allot-1m', 1, 'allot-1m', 'allot-1m', 'QUANTITY_CEILING', 'CLOSED', 100000, ${offered}::bigint, ${LOT}::bigint, ${LOT}::bigint,
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

/** Every step but the mails, each a transaction of its own, as advanceAllotments of lib/services takes them; seconds. */
async function run(offering: number, say: (line: string) => void): Promise<number> {
  const fence = (await batch((_, sql) => claimAllotment(sql, offering, 3_600))) ?? 0;
  let whole = 0;
  for (let step = 'ALLOT'; step !== 'MAIL'; ) {
    let next = '';
    const took = await seconds(async () => {
      if (step === 'POST') {
        await postChunks(offering, fence);
        next = 'CHECK';
      } else next = (await batch((_, sql) => advanceAllotment(sql, offering, fence)))?.step ?? '';
    });
    if (next === '' || next === 'DONE') throw new Error(`The run ended after ${step}.`);
    say(`${step}: ${took.toFixed(2)} s`);
    whole += took;
    step = next;
  }
  await batch((_, sql) => releaseAllotment(sql, offering, fence));
  return whole;
}

/** What the run wrote, and where it stands; `from` gives the rows in the order of their key. How full pages are, LIKE does not copy. */
async function written(owner: Sql, offering: number): Promise<BareTable[]> {
  const journals = await owner<{ id: string }[]>`
    select journal_id::text as id from allotment_chunks where offering_id = ${offering} order by chunk`;
  const [first] = journals;
  const balances = (table: string, which: string) => `
    select b.* from ${table} b join allotments_${offering} a using (investor_id) where ${which} order by b.investor_id`;
  await owner.unsafe(`create temp table held as ${balances('holdings', 'b.class_id = 1 and a.units > 0')}`);
  await owner.unsafe(`create temp table paid as ${balances('wallets', 'b.asset_id = 1')}`);
  return [
    { like: `allotments_${offering}`, from: [`allotments_${offering}`], fill: 100 },
    { like: `postings_${first?.id}`, from: journals.map(({ id }) => `postings_${id}`), fill: 100 },
    { like: 'holdings', from: ['held'], fill: 40 },
    { like: 'wallets', from: ['paid'], fill: 40 },
  ];
}

/** B, in seconds. */
async function insertBare(pool: Sql, offering: number, say: (line: string) => void) {
  // One connection, whose temporary tables are the source of balances.
  const owner = await pool.reserve();
  try {
    const times = await writeBare(owner, await written(owner, offering), say);
    const sum = (some: readonly number[]) => some.reduce((a, b) => a + b, 0);
    return { all: sum(times), withoutBalances: sum(times.slice(0, 2)) };
  } finally {
    owner.release();
  }
}
