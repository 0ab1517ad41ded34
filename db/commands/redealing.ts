/** Days that are dealt again at a corrected value (db/functions/redeal-day.sql), for the job worker. Each call is one transaction. */
import type { Locale, RedealStep } from '@/lib/domain/states';
import type { Sql } from '../client';
import { lostAnswer } from '../errors';
import type { DealingDayKey } from './dealing-runs';

/** Days that can be taken on now, in the order in which they were corrected. */
export function listUnfinishedRedealing(sql: Sql): Promise<DealingDayKey[]> {
  return sql<
    DealingDayKey[]
  >`select class_id as "classId", dealing_date::text as "dealingDate" from list_unfinished_redealing()`;
}

/** The number of a lease for so many seconds; null where another worker has it, or nothing is left to do. */
export async function claimRedealing(sql: Sql, { classId, dealingDate }: DealingDayKey, seconds: number) {
  const [row] = await sql<{ fence: number | null }[]>`
    select claim_redealing(${classId}::smallint, ${dealingDate}::text::date, ${seconds}::integer) as fence`;
  return row?.fence ?? null;
}

export async function releaseRedealing(
  sql: Sql,
  { classId, dealingDate }: DealingDayKey,
  fence: number,
): Promise<void> {
  await sql`select release_redealing(${classId}::smallint, ${dealingDate}::text::date, ${fence}::integer)`;
}

type Answer = { code: 'dealing.fenced' | null; step: RedealStep | null };

/** The step that is next now; null where another worker has taken over. */
export async function advanceRedealing(
  sql: Sql,
  { classId, dealingDate }: DealingDayKey,
  fence: number,
): Promise<RedealStep | null> {
  const [row] = await sql<Answer[]>`
    select * from advance_redealing(${classId}::smallint, ${dealingDate}::text::date, ${fence}::integer)`;
  if (!row) throw lostAnswer('a step of dealing a day again');
  return row.step;
}

/** What one side of a person's orders of the day came to before and comes to now; `borne`: what the fund could not take back of them. */
export type RedealtOutcome = {
  buys: boolean;
  unitsBefore: bigint;
  units: bigint;
  minorBefore: bigint;
  minor: bigint;
  borneMinor: bigint;
  borneUnits: bigint;
};

/** The outcomes of the chunk whose mails are next. */
export async function listRedealtOutcomes(
  sql: Sql,
  { classId, dealingDate }: DealingDayKey,
  fence: number,
): Promise<RedealtOutcome[]> {
  return [
    ...(await sql<RedealtOutcome[]>`
      select buys, units_before as "unitsBefore", units, minor_before as "minorBefore", minor, borne_minor as "borneMinor", borne_units as "borneUnits"
        from list_redealt_outcomes(${classId}::smallint, ${dealingDate}::text::date, ${fence}::integer)`),
  ];
}

/** Writes the mails of that chunk, each outcome with its text in both languages. Null: another worker has taken over. */
export async function writeRedealingMails(
  sql: Sql,
  { classId, dealingDate }: DealingDayKey,
  fence: number,
  kind: string,
  texts: readonly (RedealtOutcome & { locale: Locale; subject: string; body: string })[],
): Promise<RedealStep | null> {
  const rows = JSON.stringify(texts, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  const [row] = await sql<Answer[]>`
    select * from write_redealing_mails(${classId}::smallint, ${dealingDate}::text::date, ${fence}::integer, ${kind}, ${rows}::text::jsonb)`;
  if (!row) throw lostAnswer('the mails of a day that was dealt again');
  return row.step;
}
