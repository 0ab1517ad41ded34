import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../client';

/** Rows of a statement as plain objects; columns are aliased to the names of `T` in the statement itself. */
export async function rows<T extends object>(db: Database, statement: SQL): Promise<T[]> {
  return [...(await db.execute<Record<string, unknown>>(statement))] as T[];
}

export async function firstRow<T extends object>(db: Database, statement: SQL): Promise<T | null> {
  return (await rows<T>(db, statement))[0] ?? null;
}

/** The time of the system, read in the same statement or transaction as what it is compared with. */
export async function getNow(db: Database): Promise<Date> {
  const row = await firstRow<{ now: Date }>(db, sql`select app_now() as now`);
  if (!row) throw new Error('app_now() gave no row.');
  return row.now;
}
