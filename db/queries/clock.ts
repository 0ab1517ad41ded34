/** The system's time (DOMAIN §12). */
import { sql } from 'drizzle-orm';
import { type Database, read } from '@/db/client';
import { clock } from '@/db/schema/system';
import type { ClockMode } from '@/lib/domain/states';

/** The one clock's time, inside a transaction or by itself. Every decision that asks for the time gets this as an argument. */
export async function appNow(tx?: Database): Promise<Date> {
  const ask = async (db: Database) => {
    const rows = await db.execute<{ now: Date | string }>(sql`select app_now() as now`);
    return new Date(rows[0]?.now ?? Number.NaN);
  };
  return tx ? ask(tx) : read(ask);
}

export type ClockState = { mode: ClockMode; now: Date };

export async function getClock(): Promise<ClockState> {
  return read(async (db) => {
    const [row] = await db.select({ mode: clock.mode, now: sql<Date | string>`app_now()` }).from(clock);
    return { mode: row?.mode ?? 'REAL', now: row ? new Date(row.now) : await appNow(db) };
  });
}
