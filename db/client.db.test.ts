import { sql as text } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { read, transaction, withInvestor } from './client';
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
