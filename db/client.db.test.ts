import { sql as text } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { setEnv } from '@/lib/env';
import { closeDatabase, read, type TransactionSql, transaction, withInvestor } from './client';
import { testDatabase } from './test-hooks';

const database = testDatabase();

test('the site signs in as its own role, which owns nothing', async () => {
  const [row] = await read((_, sql) => sql`select current_user as name, current_setting('is_superuser') as super`);
  expect(row).toEqual({ name: 'wakachi_app', super: 'off' });
});

test('integers are bigint and instants are Dates, with and without drizzle', async () => {
  const statement = `select 9007199254740993 as big, '2026-11-22T10:00:00Z'::timestamptz as at`;
  const raw = await read((_, sql) => sql.unsafe(statement));
  const typed = await read((db) => db.execute(text.raw(statement)));
  for (const [row] of [raw, typed]) {
    expect(row).toEqual({ big: 9007199254740993n, at: new Date('2026-11-22T10:00:00Z') });
  }
  const at = new Date('2026-11-22T10:00:00Z');
  expect(await read((_, sql) => sql`select ${at}::timestamptz as at`)).toEqual([{ at }]);
  expect(await transaction((_, sql) => sql`select ${at}::timestamptz as at`)).toEqual([{ at }]);
});

test('the investor is known inside the transaction and nowhere else', async () => {
  const inside = await withInvestor(42n, (_, sql) => sql`select current_setting('app.investor_id', true) as id`);
  expect(inside).toEqual([{ id: '42' }]);
  const after = await transaction((_, sql) => sql`select nullif(current_setting('app.investor_id', true), '') as id`);
  expect(after).toEqual([{ id: null }]);
});

test('the owner sets the scene', async () => {
  const [row] = await database.owner`select current_user as name`;
  expect(row).toEqual({ name: 'wakachi_owner' });
});

test.each(['40001', '40P01'])(
  'a transaction refused with %s is run again as a whole, at most three times',
  async (code) => {
    const failing = async (sql: TransactionSql) => {
      await sql.unsafe(`do $$ begin raise exception 'forced' using errcode = '${code}'; end $$`);
    };
    await database.owner`create table if not exists tries (n integer)`;
    await database.owner`grant insert on tries to wakachi_app`;
    await database.owner`truncate tries`;
    let tries = 0;
    const result = await transaction(async (_, sql) => {
      tries += 1;
      await sql`insert into tries values (${tries})`;
      if (tries < 4) await failing(sql);
      return 'done';
    });
    expect({ result, tries }).toEqual({ result: 'done', tries: 4 });
    // What the refused attempts wrote is gone with them.
    expect(await database.owner`select n from tries`).toEqual([{ n: 4 }]);

    tries = 0;
    const always = transaction(async (_, sql) => {
      tries += 1;
      await failing(sql);
    });
    await expect(always).rejects.toMatchObject({ code });
    expect(tries).toBe(4);
  },
);

test('an exhausted pool refuses in about two seconds, with when to come back, and works again after that', async () => {
  await closeDatabase();
  setEnv({ DATABASE_POOL_SIZE: '2' });
  try {
    const slow = Array.from({ length: 2 }, () => read((_, sql) => sql`select pg_sleep(3)`));
    const begun = Date.now();
    const waiting = await Promise.allSettled(Array.from({ length: 20 }, () => read((_, sql) => sql`select 1`)));
    expect(Date.now() - begun).toBeLessThan(2_900);
    for (const outcome of waiting) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { name: 'DatabaseBusyError', retryAfterSeconds: 1 },
      });
    }
    await Promise.all(slow);
    expect(await read((_, sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
  } finally {
    await closeDatabase();
    setEnv({ DATABASE_POOL_SIZE: '10' });
  }
});

test('a statement that takes too long is given up by the server, and nothing of its transaction stays', async () => {
  await database.owner`create table if not exists slow (n integer)`;
  await database.owner`grant insert on slow to wakachi_app`;
  const work = transaction(async (_, sql) => {
    await sql`insert into slow values (1)`;
    await sql`select pg_sleep(20)`;
  });
  await expect(work).rejects.toMatchObject({ name: 'DatabaseUnavailableError', outcome: 'none' });
  expect(await database.owner`select n from slow`).toEqual([]);
});

test('what drizzle sends is prepared once a connection, and described in no round trip of its own', async () => {
  const asked = text`select ${7}::int + 1 as eight`;
  const prepared = await transaction(async (tx, sql) => {
    await tx.execute(asked);
    return sql<{ statement: string }[]>`select statement from pg_prepared_statements where statement like '%as eight'`;
  });
  expect(prepared).toEqual([{ statement: 'select $1::int + 1 as eight' }]);
});

test('a statement that is sent together with others knows the investor too', async () => {
  const ask = text`select current_setting('app.investor_id', true) as id`;
  const seen = await withInvestor(7n, (tx) => Promise.all([tx.execute(ask), tx.execute(ask)]));
  expect(seen.map(([row]) => row)).toEqual([{ id: '7' }, { id: '7' }]);
});
