/** The value of each dealing day (db/functions/valuation-*.sql), for the job: rate, strike, check, publication. Each call is one transaction. */
import type { IsoDate } from '@/lib/domain/calendar/dealing-days';
import type { HoldReason, ValuationState } from '@/lib/domain/states';
import type { Statement } from '@/lib/domain/valuation/statement';
import type { Sql, TransactionSql } from '../client';
import { lostAnswer } from '../errors';
import { plainArray } from './literals';

/** The dealing days of which a mid rate is due, and the newest rate there is, yen for a dollar × 10,000. */
export function listDueRates(sql: Sql): Promise<{ date: IsoDate; previousE4: bigint }[]> {
  return sql`select rate_date::text as date, previous_e4 as "previousE4" from list_due_rates()`;
}

/** Answers whether it was published: another worker may have been first. */
export async function fixMidRate(sql: Sql, date: IsoDate, jpyPerUsdE4: bigint): Promise<boolean> {
  const [row] = await sql<[{ done: boolean }]>`
    select fix_mid_rate(${date}::text::date, ${jpyPerUsdE4}::bigint) as done`;
  return row.done;
}

export type NextValuation = {
  date: IsoDate;
  act: 'STRIKE' | 'CHECK' | 'PUBLISH';
  /** The published valuation that its books continue. */
  baseId: bigint;
  jpyPerUsdE4: bigint | null;
};

/** What is to be done next; null: nothing is due, or what is due waits for somebody. */
export async function nextValuation(sql: Sql, fundId: number): Promise<NextValuation | null> {
  const [row] = await sql<NextValuation[]>`
    select nav_date::text as date, act, base_id as "baseId", rate_e4 as "jpyPerUsdE4" from next_valuation(${fundId}::smallint)`;
  return row ?? null;
}

/** The fund's books on a day, and what the model expects of each class. Sums are US cents. */
export type Struck = {
  model: string;
  ruleVersion: number;
  marks: readonly { projectId: number; valueUsdMinor: bigint }[];
  cashUsdMinor: bigint;
  debtUsdMinor: bigint;
  feesUsdMinor: bigint;
  modelPrices: readonly { classId: number; price: bigint }[];
};

/** Answers whether it was struck: false where the day, its base or its rate are others by now. */
export async function strikeValuation(
  sql: Sql,
  fundId: number,
  { date, baseId, jpyPerUsdE4 }: NextValuation,
  struck: Struck,
): Promise<boolean> {
  const { model, ruleVersion, marks, modelPrices } = struck;
  const [row] = await sql<[{ done: boolean }]>`
    select strike_valuation(${fundId}::smallint, ${date}::text::date, ${model}::text, ${ruleVersion}::integer, ${baseId}::bigint,
      ${jpyPerUsdE4}::bigint, ${plainArray(marks.map(({ projectId }) => projectId))}::text::smallint[],
      ${plainArray(marks.map(({ valueUsdMinor }) => valueUsdMinor))}::text::bigint[], ${struck.cashUsdMinor}::bigint,
      ${struck.debtUsdMinor}::bigint, ${struck.feesUsdMinor}::bigint,
      ${plainArray(modelPrices.map(({ classId }) => classId))}::text::smallint[],
      ${plainArray(modelPrices.map(({ price }) => price))}::text::bigint[]) as done`;
  return row.done;
}

export const IMPORT_REFUSALS = [
  'valuation.published',
  'valuation.no-dealing-day',
  'valuation.out-of-order',
  'valuation.too-early',
  'valuation.rate-missing',
  'valuation.rate-differs',
  'valuation.changed',
] as const;
type ImportRefusal = (typeof IMPORT_REFUSALS)[number];

export type ImportAnswer =
  | { ok: true; state: ValuationState; reason: HoldReason | null }
  | { ok: false; code: ImportRefusal };

/** A value from outside, checked and published or held at once; the same again answers the same. Throws 42501 where the session may not. */
export async function importValuation(
  sql: Sql | TransactionSql,
  sessionId: string,
  fundId: number,
  { date, netAssetsUsdMinor, jpyPerUsdE4 }: Statement,
  base: { baseId: bigint; jpyPerUsdE4: bigint | null },
  struck: Struck,
): Promise<ImportAnswer> {
  type Row = { code: ImportRefusal | null; state: ValuationState; reason: HoldReason | null };
  const [row] = await sql<Row[]>`
    select * from import_valuation(${sessionId}::text::uuid, ${fundId}::smallint, ${date}::text::date, ${netAssetsUsdMinor}::bigint,
      ${jpyPerUsdE4}::bigint, ${struck.model}::text, ${struck.ruleVersion}::integer, ${base.baseId}::bigint, ${base.jpyPerUsdE4}::bigint,
      ${plainArray(struck.marks.map(({ projectId }) => projectId))}::text::smallint[],
      ${plainArray(struck.marks.map(({ valueUsdMinor }) => valueUsdMinor))}::text::bigint[], ${struck.cashUsdMinor}::bigint,
      ${struck.debtUsdMinor}::bigint, ${struck.feesUsdMinor}::bigint,
      ${plainArray(struck.modelPrices.map(({ classId }) => classId))}::text::smallint[],
      ${plainArray(struck.modelPrices.map(({ price }) => price))}::text::bigint[])`;
  if (!row) throw lostAnswer('an import');
  return row.code === null ? { ok: true, state: row.state, reason: row.reason } : { ok: false, code: row.code };
}

/** CHECKED or HELD; null where another worker was first. */
export async function checkValuation(sql: Sql, fundId: number, date: IsoDate): Promise<ValuationState | null> {
  const [row] = await sql<[{ state: ValuationState | null }]>`
    select check_valuation(${fundId}::smallint, ${date}::text::date) as state`;
  return row.state;
}

export async function publishValuation(sql: Sql, fundId: number, date: IsoDate): Promise<boolean> {
  const [row] = await sql<[{ done: boolean }]>`
    select publish_valuation(${fundId}::smallint, ${date}::text::date) as done`;
  return row.done;
}

/** The first books of a fund whose prices go back further; false where there are books. For the seed, as the owner. */
export async function openBooks(sql: Sql, fundId: number, model: string, ruleVersion: number): Promise<boolean> {
  const [row] = await sql<[{ done: boolean }]>`
    select open_books(${fundId}::smallint, ${model}::text, ${ruleVersion}::integer) as done`;
  return row.done;
}
