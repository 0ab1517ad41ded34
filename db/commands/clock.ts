/** Sets the one clock (DOMAIN §12). */
import { sql } from 'drizzle-orm';
import { type Database, read } from '@/db/client';
import type { ClockMode } from '@/lib/domain/states';

export type ClockSetting = { mode: ClockMode; at: Date | null; shiftSeconds: number };

/** Answers with the new time. */
export async function setClock(tx: Database, { mode, at, shiftSeconds }: ClockSetting): Promise<Date> {
  const rows = await tx.execute<{ now: Date | string }>(
    sql`select set_clock(${mode}::clock_mode, ${at?.toISOString() ?? null}::timestamptz, make_interval(secs => ${shiftSeconds})) as now`,
  );
  return new Date(rows[0]?.now ?? Number.NaN);
}

/** Opens and closes offerings whose windows have come or passed by the clock; answers how many changed. */
export async function advanceOfferings(): Promise<number> {
  const rows = await read((_, raw) => raw<{ n: number }[]>`select advance_offerings() as n`);
  return rows[0]?.n ?? 0;
}
