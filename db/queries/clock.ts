/** The system's time (DOMAIN §12). */
import { desc, sql } from 'drizzle-orm';
import { type Database, read } from '@/db/client';
import { clock, clockRuns } from '@/db/schema/system';
import type { ClockEvent } from '@/lib/domain/clock/events';
import type { ClockMode } from '@/lib/domain/states';
import { rows } from './rows';

/** The one clock's time, inside a transaction or by itself. Every decision that asks for the time gets this as an argument. */
export async function appNow(tx?: Database): Promise<Date> {
  const ask = async (db: Database) => {
    const found = await db.execute<{ now: Date | string }>(sql`select app_now() as now`);
    return new Date(found[0]?.now ?? Number.NaN);
  };
  return tx ? ask(tx) : read(ask);
}

export type ClockState = { mode: ClockMode; now: Date };

export const getClock = (db?: Database): Promise<ClockState> => (db ? clockOf(db) : read(clockOf));

async function clockOf(db: Database): Promise<ClockState> {
  const [row] = await db.select({ mode: clock.mode, now: sql<Date | string>`app_now()` }).from(clock);
  return { mode: row?.mode ?? 'REAL', now: row ? new Date(row.now) : await appNow(db) };
}

export type ClockRun = {
  from: Date;
  to: Date;
  at: Date;
  events: number;
  /** Real time, both. */
  startedAt: Date;
  finishedAt: Date | null;
};

/** The run that is under way, or the last one; null where there was none. */
export async function getClockRun(db: Database): Promise<ClockRun | null> {
  const { fromAt, toAt, standsAt, events, startedAt, finishedAt } = clockRuns;
  const [row] = await db
    .select({ from: fromAt, to: toAt, at: standsAt, events, startedAt, finishedAt })
    .from(clockRuns)
    .orderBy(desc(clockRuns.id))
    .limit(1);
  return row ?? null;
}

export type UpcomingEvent = {
  at: Date;
  kind: ClockEvent;
  /** How many things of the kind; only a single one is named. */
  count: number;
  nameEn: string | null;
  nameJa: string | null;
};

/** What comes next by the clock, in order. */
export const listUpcomingEvents = (db: Database, limit: number): Promise<UpcomingEvent[]> =>
  rows<UpcomingEvent>(
    db,
    sql`select at, kind, count, name_en as "nameEn", name_ja as "nameJa" from upcoming_events(${limit}::integer)`,
  );
