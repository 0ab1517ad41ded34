import type { SQL } from 'drizzle-orm';
import type { Database } from '../client';

/** Rows of a statement as plain objects; columns are aliased to the names of `T` in the statement itself. */
export async function rows<T extends object>(db: Database, statement: SQL): Promise<T[]> {
  return [...(await db.execute<Record<string, unknown>>(statement))] as T[];
}

export async function firstRow<T extends object>(db: Database, statement: SQL): Promise<T | null> {
  return (await rows<T>(db, statement))[0] ?? null;
}
