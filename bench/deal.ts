/**
 * Deals a day of a million purchases at NAV with the functions of the job worker, as the site's role, and settles them. Held against the same rows, in
 * the same run and into the same indexes: deals, postings and holdings, which are new, inserted bare and in order; orders and wallets, which were there,
 * changed by a bare UPDATE for each time that the run changes them.
 */
import { closeDatabase } from '@/db/client';
import { stopClock } from '@/db/test-clock';
import { advanceDealing } from '@/lib/services/advance-dealing';
import { type BareTable, seconds, watchMemory, writeBare } from './lib/batch';
import { assertSound, type BenchDatabase, openBenchDatabase } from './lib/bench-database';
import type { Benchmark, Line } from './lib/result';

const CLASS = 1;
/** Fifteen dollars a share of a thousand parts: of a third of the amounts a cent is left to give back. */
const PRICE = 150_000n;
const GOAL = 1.3;
const MEMORY_MB = 256;
const HOUR_MS = 3_600_000;

type Day = { date: string; cutOffAt: Date };

export const deal1m: Benchmark = (say) => deal('deal.1m', 1_000_000, say);

async function deal(path: string, people: number, say: (line: string) => void): Promise<Line[]> {
  const database = await openBenchDatabase(people);
  const { owner, superuser } = database;
  try {
    const { date, cutOffAt } = await orderedDay(database);
    say(`${database.investors} orders wait for ${date}`);
    await owner.unsafe('vacuum analyze');
    await stopClock(owner, new Date(cutOffAt.getTime() + HOUR_MS));
    const [started] = await owner<{ code: string | null; settles: string }[]>`
      select start_dealing(${CLASS}::smallint, ${date}::text::date, ${PRICE}::bigint, ${cutOffAt}) as code,
             market_day_after('US', ${date}::text::date, 3)::text as settles`;
    if (started?.code !== null) throw new Error(`The run was refused: ${started?.code}`);
    await superuser.unsafe('checkpoint');
    const memory = watchMemory();
    const dealt = await seconds(advanceDealing);
    say(`dealt: ${dealt.toFixed(2)} s`);
    await stopClock(owner, new Date(`${started.settles}T18:00:00Z`));
    const settled = await seconds(advanceDealing);
    say(`settled: ${settled.toFixed(2)} s`);
    const peak = memory.stop();
    await superuser.unsafe('checkpoint');
    const bare = await bareSeconds(database, date, say);
    // What a run has just written has no figures yet, by which the checks are planned.
    await owner.unsafe('analyze');
    await assertSound(owner);
    const ratio = (dealt + settled) / bare;
    return [
      {
        ...{ path, value: dealt + settled, yardstick: bare, ratio },
        ...{ goal: `≤ ${GOAL} (B + the bare UPDATE)`, met: ratio <= GOAL },
      },
      {
        ...{ path: `${path} memory MB`, value: peak, yardstick: null, ratio: null },
        ...{ goal: `≤ ${MEMORY_MB} MB`, met: peak <= MEMORY_MB },
      },
    ];
  } finally {
    await closeDatabase();
    await database.close();
  }
}

/** One purchase a person for the next dealing day, each with the entry, act and reservation that place_dealing_order writes. */
async function orderedDay({ owner, firstInvestor, investors }: BenchDatabase): Promise<Day> {
  const last = firstInvestor + BigInt(investors) - 1n;
  const [day] = await owner<Day[]>`
    select dealing_date::text as date, cut_off_at as "cutOffAt" from dealing_session(${CLASS}::smallint, app_now())`;
  if (!day) throw new Error('No dealing day is near.');
  await owner`update unit_classes set authorised_units = 900000000000000, dealing_from = ${day.date} where id = ${CLASS}`;
  await owner.begin(async (sql) => {
    await sql`create temp table asked on commit drop as
      select i, (1 + i * 7919 % 49) * 10000 as amount, nextval(pg_get_serial_sequence('journals', 'id')) as journal, gen_random_uuid() as key
        from generate_series(${firstInvestor}::bigint, ${last}::bigint) i`;
    await sql`insert into journals (id, kind, at) overriding system value select journal, 'DEALING_RESERVED', app_now() from asked order by journal`;
    await sql`insert into dealing_orders (investor_id, key, class_id, kind, state, asked, reserved_minor, reserved_units, dealing_date, cut_off_at,
                                          placed_at, changed_at, prospectus_id, locale)
      select i, key, ${CLASS}, 'BUY_AMOUNT', 'ACCEPTED', amount, amount, 0, ${day.date}::text::date, ${day.cutOffAt}::timestamptz, app_now(), app_now(),
             (select o.prospectus_id from offerings o where o.state = 'OPEN' and o.class_id = ${CLASS} order by o.id limit 1), 'en'
        from asked order by i`;
    await sql`insert into dealing_acts (investor_id, key, order_key, asked, delta_minor, delta_units, journal_id, at, dealing_date, act, kind, class_id)
      select i, key, key, amount, amount, 0, journal, app_now(), ${day.date}::text::date, 'PLACED', 'BUY_AMOUNT', ${CLASS} from asked order by i`;
    await sql`update wallets w set available = available - amount, available_version = available_version + 1, reserved = amount, reserved_version = 1
      from asked where w.investor_id = i and w.asset_id = 1`;
    await sql`insert into postings (investor_id, asset_id, account, version, journal_id, amount, balance_after)
      select w.investor_id, 1, v.account::ledger_account, case v.account when 'INVESTOR_AVAILABLE' then w.available_version else 1 end, journal,
             case v.account when 'INVESTOR_AVAILABLE' then - asked.amount else asked.amount end,
             case v.account when 'INVESTOR_AVAILABLE' then w.available else w.reserved end
        from asked join wallets w on w.investor_id = i and w.asset_id = 1
       cross join (values ('INVESTOR_AVAILABLE'), ('INVESTOR_RESERVED')) v (account)
       order by w.investor_id, v.account`;
  });
  return day;
}

/** What the run wrote, written again: deals, postings and holdings inserted; wallets updated where something came back and when they paid, orders twice. */
async function bareSeconds(
  { owner: pool, superuser }: BenchDatabase,
  date: string,
  say: (line: string) => void,
): Promise<number> {
  // One connection, whose temporary tables are the source of balances.
  const owner = await pool.reserve();
  try {
    const journals = await owner<{ id: string }[]>`
      select unnest(array[journal_id, settled_journal_id])::text as id from dealing_chunks
       where class_id = ${CLASS} and dealing_date = ${date} order by 1`;
    for (const [name, from] of [
      ['dealt', `deals where class_id = ${CLASS} and dealing_date = '${date}' order by investor_id`],
      ['held', `holdings where class_id = ${CLASS} order by investor_id`],
      ['paid', 'wallets where asset_id = 1 and investor_id >= 1000000 order by investor_id'],
      ['placed', `dealing_orders where class_id = ${CLASS} and dealing_date = '${date}' order by investor_id`],
    ]) {
      await owner.unsafe(`create temp table ${name} as select * from ${from}`);
    }
    // A deposit and an order are two versions.
    const released = 'available = available + 1, available_version = available_version + 1 where available_version > 2';
    const tables: BareTable[] = [
      { like: 'deals', from: ['dealt'], fill: 100 },
      { like: 'postings_live', from: journals.map(({ id }) => `postings_${id}`), fill: 100 },
      { like: 'holdings', from: ['held'], fill: 40 },
      {
        ...{ like: 'wallets', from: ['paid'], fill: 40 },
        updates: [released, 'reserved = reserved + 1, reserved_version = reserved_version + 1'],
      },
      {
        ...{ like: 'dealing_orders', from: ['placed'], fill: 45 },
        updates: ["state = 'PRICED', changed_at = now()", "state = 'SETTLED', changed_at = now()"],
      },
    ];
    const times = await writeBare(owner, tables, say, () => superuser.unsafe('checkpoint'));
    return times.reduce((a, b) => a + b, 0);
  } finally {
    owner.release();
  }
}
