/** The one clock (DOMAIN §12) and what its time opens and closes. Each call is one transaction. A session names the operator who acts; null is the server. */
import type { ClockEvent } from '@/lib/domain/clock/events';
import type { ClockMode } from '@/lib/domain/states';
import type { Sql } from '../client';
import { read } from '../client';
import { lostAnswer } from '../errors';

export type ClockRefusal = 'clock.running' | 'clock.no-such-event' | 'clock.backwards' | 'clock.too-far';

export type ClockStart = { ok: true; runId: bigint; to: Date } | { ok: false; code: ClockRefusal; end: Date | null };

/** Starts a run to an instant, or to the next event of some kinds. */
export async function startClockRun(
  sql: Sql,
  sessionId: string | null,
  target: { to: Date } | { kinds: readonly ClockEvent[] },
): Promise<ClockStart> {
  const to = 'to' in target ? target.to.toISOString() : null;
  const kinds = 'kinds' in target ? `{${target.kinds.join(',')}}` : null;
  const [row] = await sql<{ code: ClockRefusal | null; runId: bigint | null; to: Date | null }[]>`
    select code, run_id as "runId", to_at as "to"
      from start_clock_run(${sessionId}::text::uuid, ${to}::text::timestamptz, ${kinds}::text::text[])`;
  if (!row) throw lostAnswer('the start of a run of the clock');
  if (row.code !== null) return { ok: false, code: row.code, end: row.to };
  if (row.runId === null || row.to === null) throw new Error('A run of the clock has neither number nor end.');
  return { ok: true, runId: row.runId, to: row.to };
}

/** Stands still where it is, and answers where; a run that is under way ends there. */
export async function freezeClock(sql: Sql, sessionId: string | null): Promise<Date> {
  const [row] = await sql<{ at: Date }[]>`select freeze_clock(${sessionId}::text::uuid) as at`;
  if (!row) throw lostAnswer('stopping the clock');
  return row.at;
}

/** `to`: what it catches up with first, where the mode is STEPPED; otherwise it runs by itself already. */
export type ClockResumed = { ok: true; mode: ClockMode; to: Date } | { ok: false; code: ClockRefusal };

export async function resumeClock(sql: Sql, sessionId: string | null): Promise<ClockResumed> {
  const [row] = await sql<{ code: ClockRefusal | null; mode: ClockMode | null; to: Date | null }[]>`
    select code, mode, to_at as "to" from resume_clock(${sessionId}::text::uuid)`;
  if (!row) throw lostAnswer('letting the clock run');
  if (row.code !== null) return { ok: false, code: row.code };
  if (row.mode === null || row.to === null) throw new Error('The clock runs on, and nobody knows from where.');
  return { ok: true, mode: row.mode, to: row.to };
}

export type ClockMover = { runId: bigint; fence: number };

/** The run that is under way, for a new mover; null where there is none. */
export async function claimClockRun(sql: Sql): Promise<ClockMover | null> {
  const [row] = await sql<ClockMover[]>`select run_id as "runId", fence from claim_clock_run()`;
  return row ?? null;
}

export type ClockStep = { from: Date; to: Date; at: Date; kinds: ClockEvent[]; events: number; finished: boolean };

/** To the next event; null where another mover has taken over, or somebody has stopped the clock. */
export async function stepClock(sql: Sql, { runId, fence }: ClockMover): Promise<ClockStep | null> {
  const [row] = await sql<ClockStep[]>`
    select from_at as "from", to_at as "to", at, kinds, events, finished from step_clock(${runId}::bigint, ${fence}::integer)`;
  return row ?? null;
}

/** For whoever holds the lock of what is due: what died holding a lease is taken up at once. */
export const endLeases = (sql: Sql): Promise<unknown> => sql`select end_leases()`;

/** Opens and closes offerings whose windows have come or passed by the clock; answers how many changed. */
export async function advanceOfferings(): Promise<number> {
  const rows = await read((_, raw) => raw<{ n: number }[]>`select advance_offerings() as n`);
  return rows[0]?.n ?? 0;
}
