/** What a dealing day is to be told (db/functions/mails-of-dealing.sql). For the job worker. */
import type { DealingKind, Locale } from '@/lib/domain/states';
import type { Sql } from '../client';
import { plainArray } from './literals';

export type DealingNotice = {
  classId: number;
  dealingDate: string;
  about: 'DEALT' | 'SETTLED';
  buys: boolean;
  price: bigint;
  settlementDate: string;
  payoutDate: string;
  /** The dealing day after it, for what was deferred. */
  nextDate: string;
};

/** An order of somebody who is to be told; smallest parts. A purchase without units has lapsed, a redemption without any was deferred as a whole. */
export type DealingOutcome = {
  /** Where the notice stands: who is told next comes after this id. */
  after: bigint;
  investorId: bigint;
  orderKey: string;
  number: bigint;
  kind: DealingKind;
  asked: bigint;
  locale: Locale;
  units: bigint;
  amountMinor: bigint;
  releaseMinor: bigint;
  levyMinor: bigint;
  deferredUnits: bigint;
};

/** Notices that are not through yet, the earliest day first. */
export const listDealingNotices = (sql: Sql): Promise<DealingNotice[]> =>
  sql<DealingNotice[]>`
    select class_id as "classId", dealing_date::text as "dealingDate", about, buys, price, settlement_date::text as "settlementDate",
           payout_date::text as "payoutDate", next_date::text as "nextDate"
      from list_dealing_notices()`;

/** The orders of the next `people`, by ascending id. */
export const nextDealingOutcomes = (sql: Sql, notice: DealingNotice, people: number): Promise<DealingOutcome[]> =>
  sql<DealingOutcome[]>`
    select after, investor_id as "investorId", order_key::text as "orderKey", number, kind, asked, locale, units, amount_minor as "amountMinor",
           release_minor as "releaseMinor", levy_minor as "levyMinor", deferred_units as "deferredUnits"
      from next_dealing_mails(${notice.classId}::smallint, ${notice.dealingDate}::text::date, ${notice.about}, ${notice.buys}::boolean,
        ${people}::integer)`;

export type WrittenMail = { investorId: bigint; kind: string; subject: string; body: string };

/** Writes the mails and moves the notice on from `after`, in one transaction; without any mail the notice is through. Null where another worker has. */
export async function writeDealingMails(
  sql: Sql,
  notice: DealingNotice,
  after: bigint | null,
  mails: readonly WrittenMail[],
): Promise<number | null> {
  const texts = (pick: (mail: WrittenMail) => string) => JSON.stringify(mails.map(pick));
  const [row] = await sql<{ told: number | null }[]>`
    select write_dealing_mails(${notice.classId}::smallint, ${notice.dealingDate}::text::date, ${notice.about}, ${notice.buys}::boolean,
      ${after}::bigint, ${plainArray(mails.map(({ investorId }) => investorId))}::text::bigint[],
      array(select json_array_elements_text(${texts(({ kind }) => kind)}::text::json)),
      array(select json_array_elements_text(${texts(({ subject }) => subject)}::text::json)),
      array(select json_array_elements_text(${texts(({ body }) => body)}::text::json))) as told`;
  return row?.told ?? null;
}
