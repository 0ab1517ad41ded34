/** The refund of a first-come offering that was called off (db/functions/sale-refunds.sql), for the job worker. Each call is one transaction. */
import type { Locale } from '@/lib/domain/states';
import type { Sql } from '../client';
import { lostAnswer } from '../errors';
import { plainArray } from './literals';

/** Offerings whose refund is not through, the oldest first. */
export async function listUnfinishedRefunds(sql: Sql): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`select list_unfinished_refunds() as id`;
  return rows.map(({ id }) => id);
}

/** The number of the lease, which every chunk has to show; null while another worker holds it, and when there is nothing to do. */
export async function claimSaleRefund(sql: Sql, offeringId: number, seconds: number): Promise<number | null> {
  const [row] = await sql<[{ fence: number | null }]>`
    select claim_sale_refund(${offeringId}::integer, ${seconds}::integer) as fence`;
  return row.fence;
}

export async function releaseSaleRefund(sql: Sql, offeringId: number, fence: number): Promise<void> {
  await sql`select release_sale_refund(${offeringId}::integer, ${fence}::integer)`;
}

/** What some buyers of the next chunk get back, smallest parts. */
export type RefundOutcome = { units: bigint; amountMinor: bigint };

export async function listRefundOutcomes(sql: Sql, offeringId: number): Promise<RefundOutcome[]> {
  return [
    ...(await sql<RefundOutcome[]>`
      select units, amount_minor as "amountMinor" from list_refund_outcomes(${offeringId}::integer)`),
  ];
}

/** Refunds the next chunk and writes its mails, each outcome with its text in both languages. Null: another worker has taken over. */
export async function refundSales(
  sql: Sql,
  offeringId: number,
  fence: number,
  kind: string,
  texts: readonly (RefundOutcome & { locale: Locale; subject: string; body: string })[],
): Promise<{ people: number; finished: boolean } | null> {
  const [row] = await sql<{ code: string | null; people: number; finished: boolean }[]>`
    select * from refund_sales(${offeringId}::integer, ${fence}::integer, ${kind},
      ${plainArray(texts.map(({ locale }) => locale))}::text::locale[],
      ${plainArray(texts.map(({ units }) => units))}::text::bigint[],
      ${plainArray(texts.map(({ amountMinor }) => amountMinor))}::text::bigint[],
      array(select json_array_elements_text(${JSON.stringify(texts.map(({ subject }) => subject))}::text::json)),
      array(select json_array_elements_text(${JSON.stringify(texts.map(({ body }) => body))}::text::json)))`;
  if (!row) throw lostAnswer('a refund');
  return row.code === null ? { people: row.people, finished: row.finished } : null;
}
