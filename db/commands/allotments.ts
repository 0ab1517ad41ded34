/** The run that settles a window (db/functions/allotment-*.sql), for the job worker: lists, lease, steps, mails. Each call is one transaction. */
import type { AllotmentStep, Locale } from '@/lib/domain/states';
import type { Sql } from '../client';
import { lostAnswer, violatedConstraint } from '../errors';
import { plainArray } from './literals';

/** Makes the lists of applicants of windows that have closed; answers how many. */
export async function listClosedWindows(sql: Sql): Promise<number> {
  const [row] = await sql<[{ n: number }]>`select list_closed_windows() as n`;
  return row.n;
}

/** Counts what has been asked for in open windows that show it. */
export async function countDemand(sql: Sql): Promise<void> {
  await sql`select count_demand()`;
}

/** Offerings whose run has steps left, the oldest first. */
export async function listUnfinishedAllotments(sql: Sql): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`select list_unfinished_allotments() as id`;
  return rows.map(({ id }) => id);
}

/** The number of the lease, which every step has to show; null while another worker holds it. */
export async function claimAllotment(sql: Sql, offeringId: number, seconds: number): Promise<number | null> {
  const [row] = await sql<[{ fence: number | null }]>`
    select claim_allotment(${offeringId}::integer, ${seconds}::integer) as fence`;
  return row.fence;
}

export async function releaseAllotment(sql: Sql, offeringId: number, fence: number): Promise<void> {
  await sql`select release_allotment(${offeringId}::integer, ${fence}::integer)`;
}

/** Where a run stands after a step; null: another worker has taken over. */
export type AllotmentProgress = { step: AllotmentStep; chunksDone: number; chunks: number };

type ProgressRow = { code: string | null; step: AllotmentStep; chunks_done: number; chunks: number };

function progress([row]: readonly ProgressRow[]): AllotmentProgress | null {
  if (!row) throw lostAnswer('a step of a run');
  return row.code === null ? { step: row.step, chunksDone: row.chunks_done, chunks: row.chunks } : null;
}

/** One step, or one chunk of it; at MAIL it waits for writeAllotmentMails. At POST it may be called several times at once, for a chunk each. */
export async function advanceAllotment(sql: Sql, offeringId: number, fence: number): Promise<AllotmentProgress | null> {
  try {
    return progress(
      await sql<ProgressRow[]>`select * from advance_allotment(${offeringId}::integer, ${fence}::integer)`,
    );
  } catch (error) {
    // Its lease ended while it posted a chunk, which was rolled back.
    if (violatedConstraint(error) === 'allotment_fenced') return null;
    throw error;
  }
}

/** What became of some applicants of a chunk, in the language they read. */
export type AllotmentOutcome = {
  locale: Locale;
  askedUnits: bigint;
  units: bigint;
  costMinor: bigint;
  refundMinor: bigint;
};

/** Every outcome that occurs in the chunk whose mails come next. */
export async function listAllotmentOutcomes(sql: Sql, offeringId: number, fence: number): Promise<AllotmentOutcome[]> {
  return [
    ...(await sql<AllotmentOutcome[]>`
      select locale, asked_units as "askedUnits", units, cost_minor as "costMinor", refund_minor as "refundMinor"
        from list_allotment_outcomes(${offeringId}::integer, ${fence}::integer)`),
  ];
}

/** Writes the chunk's mails, one a person: each outcome with its text. */
export async function writeAllotmentMails(
  sql: Sql,
  offeringId: number,
  fence: number,
  kind: string,
  outcomes: readonly (AllotmentOutcome & { subject: string; body: string })[],
): Promise<AllotmentProgress | null> {
  const texts = (pick: (outcome: (typeof outcomes)[number]) => string) => JSON.stringify(outcomes.map(pick));
  return progress(
    await sql<ProgressRow[]>`
      select * from write_allotment_mails(${offeringId}::integer, ${fence}::integer, ${kind},
        ${plainArray(outcomes.map(({ locale }) => locale))}::text::locale[],
        ${plainArray(outcomes.map(({ askedUnits }) => askedUnits))}::text::bigint[],
        ${plainArray(outcomes.map(({ units }) => units))}::text::bigint[],
        ${plainArray(outcomes.map(({ refundMinor }) => refundMinor))}::text::bigint[],
        array(select json_array_elements_text(${texts(({ subject }) => subject)}::text::json)),
        array(select json_array_elements_text(${texts(({ body }) => body)}::text::json)))`,
  );
}
