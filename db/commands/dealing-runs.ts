/** Runs that deal a day's orders of a class (db/functions/dealing-run.sql), taken on step by step. */
import type { DealingStep } from '@/lib/domain/states';
import type { Sql } from '../client';
import { lostAnswer } from '../errors';

export type DealingDayKey = { classId: number; dealingDate: string };

/** Starts the next day of each class whose value is published; answers how many. */
export async function startDueDealing(sql: Sql): Promise<number> {
  const [row] = await sql<{ started: number }[]>`select start_due_dealing() as started`;
  if (!row) throw lostAnswer('the start of dealing runs');
  return row.started;
}

/** Runs that can be taken on now, the earliest day first. */
export function listUnfinishedDealing(sql: Sql): Promise<DealingDayKey[]> {
  return sql<
    DealingDayKey[]
  >`select class_id as "classId", dealing_date::text as "dealingDate" from list_unfinished_dealing()`;
}

/** The number of a lease for so many seconds; null where another worker has it, or nothing is left to do. */
export async function claimDealing(sql: Sql, { classId, dealingDate }: DealingDayKey, seconds: number) {
  const [row] = await sql<{ fence: number | null }[]>`
    select claim_dealing(${classId}::smallint, ${dealingDate}::text::date, ${seconds}::integer) as fence`;
  return row?.fence ?? null;
}

export async function releaseDealing(sql: Sql, { classId, dealingDate }: DealingDayKey, fence: number): Promise<void> {
  await sql`select release_dealing(${classId}::smallint, ${dealingDate}::text::date, ${fence}::integer)`;
}

/** `waits`: nothing is due before a later day. */
export type DealingAdvance = { ok: true; step: DealingStep; waits: boolean } | { ok: false; code: 'dealing.fenced' };

export async function advanceDealing(
  sql: Sql,
  { classId, dealingDate }: DealingDayKey,
  fence: number,
): Promise<DealingAdvance> {
  const [row] = await sql<{ code: 'dealing.fenced' | null; step: DealingStep | null; waits: boolean | null }[]>`
    select * from advance_dealing(${classId}::smallint, ${dealingDate}::text::date, ${fence}::integer)`;
  if (!row) throw lostAnswer('a step of a dealing run');
  if (row.code !== null) return { ok: false, code: row.code };
  if (row.step === null || row.waits === null) throw new Error('A dealing run gave an answer without a step.');
  return { ok: true, step: row.step, waits: row.waits };
}
