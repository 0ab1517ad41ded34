/**
 * A database with the seeded fund and many eligible investors with cash, each with the entries, keys and consents that real ones have: after a
 * benchmark every invariant can be verified on it.
 */
import { connect, PATIENT_DEADLINES, type Sql } from '@/db/connect';
import { verifyInvariants } from '@/db/queries/verify';
import { createTestDatabase, type TestDatabase } from '@/db/test-database';
import { setEnv } from '@/lib/env';

export type BenchDatabase = TestDatabase & {
  owner: Sql;
  superuser: Sql;
  /** Investors have consecutive ids from here. */
  firstInvestor: bigint;
  investors: number;
  close(): Promise<void>;
};

/** More cash than any of them can spend in a run: a hundred thousand dollars, in cents. */
export const CASH = 10_000_000n;

/** Points db/client at the new database: services and the combiner then work on it. */
export async function openBenchDatabase(investors: number): Promise<BenchDatabase> {
  const database = await createTestDatabase('seeded');
  const owner = connect(database.ownerUrl, { max: 2, name: 'bench-owner', deadlines: PATIENT_DEADLINES });
  const superuser = connect(database.superUrl, { max: 1, name: 'bench-super', deadlines: PATIENT_DEADLINES });
  setEnv({ DATABASE_URL: database.ownerUrl, APP_DATABASE_URL: database.appUrl, AUTH_SECRET: database.authSecret });
  const firstInvestor = 1_000_000n;
  await populate(owner, firstInvestor, investors);
  await owner.unsafe('vacuum analyze');
  const close = async () => {
    await Promise.all([owner.end({ timeout: 5 }), superuser.end({ timeout: 5 })]);
    await database.drop();
  };
  return { ...database, owner, superuser, firstInvestor, investors, close };
}

async function populate(owner: Sql, first: bigint, count: number) {
  const last = first + BigInt(count) - 1n;
  await owner.begin(async (sql) => {
    await sql`insert into users (id, email, password_hash, role, locale)
      select i, 'bench-' || i || '@example.com', '', 'CITIZEN', 'en' from generate_series(${first}::bigint, ${last}::bigint) i`;
    await sql`insert into investors (investor_id, identity_state, status, status_reason, residence, country, suitability_expires_at)
      select i, 'APPROVED', 'ELIGIBLE', 'eligible', 'US', 'US', app_now() + interval '1 year'
        from generate_series(${first}::bigint, ${last}::bigint) i`;
    await sql`insert into consents (investor_id, document_version_id, act, locale, sha256)
      select i, t.document_version_id, act, 'en', t.sha256
        from generate_series(${first}::bigint, ${last}::bigint) i
       cross join document_texts t
       cross join unnest('{OPENED,AGREED}'::text[]) act
       where t.locale = 'en' and t.document_version_id in (select prospectus_id from offerings where state = 'OPEN')`;
    await sql`insert into wallets (investor_id, asset_id, available, available_version)
      select i, 1, ${CASH}::bigint, 1 from generate_series(${first}::bigint, ${last}::bigint) i`;
    // One deposit a person, one entry a deposit, as deposit_cash writes them.
    const [journal] = await sql<{ base: bigint }[]>`
      with made as (
        insert into journals (kind, at) select 'DEPOSIT', app_now() from generate_series(1, ${count}::int) returning id
      ) select min(id) - ${first}::bigint as base from made`;
    if (!journal) throw new Error('No entries were made.');
    await sql`insert into cash_movements (investor_id, key, amount_minor, placed_at, finished_at, journal_id, kind, state, asset_id)
      select i, gen_random_uuid(), ${CASH}::bigint, app_now(), app_now(), ${journal.base}::bigint + i, 'DEPOSIT', 'SETTLED', 1
        from generate_series(${first}::bigint, ${last}::bigint) i`;
    await sql`insert into postings (investor_id, asset_id, account, version, journal_id, amount, balance_after)
      select i, 1, 'INVESTOR_AVAILABLE'::ledger_account, 1, ${journal.base}::bigint + i, ${CASH}::bigint, ${CASH}::bigint
        from generate_series(${first}::bigint, ${last}::bigint) i
      union all
      select 0, 1, 'BANK', ${journal.base}::bigint + i, ${journal.base}::bigint + i, - ${CASH}::bigint, null
        from generate_series(${first}::bigint, ${last}::bigint) i`;
  });
}

/** A first-come offering of the US class at $10.0000 a share, open now. A person may buy all of it, up to what the table can count. */
export async function openOffering(owner: Sql, slug: string, sizeUnits: bigint, lotUnits = 1n) {
  // What the seeded offerings leave of the class would not be enough.
  await owner`update unit_classes set authorised_units = 900000000000000 where id = 1`;
  const [row] = await owner<{ id: number; price: bigint }[]>`
    insert into offerings (slug, class_id, name_en, name_ja, method, state, price, size_units, lot_units, min_units, max_units,
                           opens_at, closes_at, prospectus_id)
    select ${slug}, 1, ${slug}, ${slug}, 'FIRST_COME', 'OPEN', 100000, ${sizeUnits}::bigint, ${lotUnits}::bigint, ${lotUnits}::bigint,
           least(${sizeUnits}::bigint, 500000000000), app_now() - interval '1 day', app_now() + interval '1 day', o.prospectus_id
      from offerings o where o.state = 'OPEN' and o.class_id = 1 order by o.id limit 1
    returning id, price`;
  if (!row) throw new Error('The seed has no open offering of the US class.');
  return row;
}

/** Speed that breaks an invariant counts for nothing. */
export async function assertSound(owner: Sql): Promise<void> {
  const findings = await owner.begin('isolation level repeatable read read only', (tx) => verifyInvariants(tx));
  const red = findings.filter(({ ok }) => ok === false);
  if (red.length > 0) {
    throw new Error(red.map(({ id, says, places }) => `${id} is broken: ${says}\n  ${places.join('\n  ')}`).join('\n'));
  }
}

export type WalMark = { lsn: string };

export async function walMark(superuser: Sql): Promise<WalMark> {
  const [row] = await superuser<WalMark[]>`select pg_current_wal_insert_lsn()::text as lsn`;
  if (!row) throw new Error('The server has no write-ahead log.');
  return row;
}

export async function walBytesSince(superuser: Sql, { lsn }: WalMark): Promise<number> {
  const [row] = await superuser<{ bytes: number }[]>`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), ${lsn}::pg_lsn)::float8 as bytes`;
  return row?.bytes ?? Number.NaN;
}
