/** Orders at NAV of an investor through db/functions/dealing-orders.sql: each call is one transaction, safe to repeat with its key. */
import type { CancelRefusal, DealingRefusal } from '@/lib/domain/dealing/decide';
import type { DealingKind, Locale } from '@/lib/domain/states';
import type { Sql } from '../client';
import type { TransactionSql } from '../connect';
import { lostAnswer } from '../errors';

export type DealingRefusalCode = DealingRefusal | CancelRefusal | 'order.key-reused' | 'order.not-found';

/** What became of the request. Replayed: the key had done it before; the figures are those of then. */
export type DealingAnswer =
  | {
      ok: true;
      replayed: boolean;
      number: bigint;
      /** Set aside by this act: cash for a purchase, units for a redemption; nothing after a cancellation. */
      reservedMinor: bigint;
      reservedUnits: bigint;
      dealingDate: string;
      cutOffAt: Date;
      at: Date;
    }
  | {
      ok: false;
      code: DealingRefusalCode;
      /** The cash or the units that there are, where they are too few; null elsewhere. */
      figure: bigint | null;
    };

export type DealingRow = {
  code: DealingRefusalCode | null;
  figure: bigint | null;
  replayed: boolean;
  number: bigint | null;
  reserved_minor: bigint | null;
  reserved_units: bigint | null;
  dealing_date: string | null;
  cut_off_at: Date | null;
  at: Date | null;
};

export function dealingAnswer([row]: readonly DealingRow[]): DealingAnswer {
  if (!row) throw lostAnswer('an act on an order');
  if (row.code !== null) return { ok: false, code: row.code, figure: row.figure };
  const { number, reserved_minor: reservedMinor, reserved_units: reservedUnits, at, replayed } = row;
  const { dealing_date: dealingDate, cut_off_at: cutOffAt } = row;
  if (number === null || reservedMinor === null || reservedUnits === null || !dealingDate || !cutOffAt || !at)
    throw new Error('The order function gave an answer without figures.');
  return { ok: true, replayed, number, reservedMinor, reservedUnits, dealingDate, cutOffAt, at };
}

export type DealingCall = {
  investorId: bigint;
  /** A UUID, lower case. */
  key: string;
  classId: number;
  kind: DealingKind;
  /** An amount or units, as `kind` says; zero for all that is held. */
  asked: bigint;
  /** The dealing day that the person was shown. */
  dealingDate: string;
  locale: Locale;
  /** The person says to have read the prospectus: recorded with the order. */
  consent: boolean;
};

export async function placeDealingOrder(sql: Sql | TransactionSql, call: DealingCall): Promise<DealingAnswer> {
  return dealingAnswer(
    await sql<DealingRow[]>`
    select code, figure, replayed, number, reserved_minor, reserved_units, dealing_date::text, cut_off_at, at
      from place_dealing_order(${call.investorId}::bigint, ${call.key}::text::uuid, ${call.classId}::smallint, ${call.kind}::text::dealing_kind,
        ${call.asked}::bigint, ${call.dealingDate}::text::date, ${call.locale}::text::locale, ${call.consent}::boolean)`,
  );
}

/** Cancels `order` and places another in its stead, or does neither. */
export async function amendDealingOrder(
  sql: Sql | TransactionSql,
  call: Omit<DealingCall, 'classId'> & { order: string },
): Promise<DealingAnswer> {
  return dealingAnswer(
    await sql<DealingRow[]>`
    select code, figure, replayed, number, reserved_minor, reserved_units, dealing_date::text, cut_off_at, at
      from amend_dealing_order(${call.investorId}::bigint, ${call.key}::text::uuid, ${call.order}::text::uuid, ${call.kind}::text::dealing_kind,
        ${call.asked}::bigint, ${call.dealingDate}::text::date, ${call.locale}::text::locale, ${call.consent}::boolean)`,
  );
}

/** Gives everything back that the order has set aside; before its cut-off only. */
export async function cancelDealingOrder(
  sql: Sql | TransactionSql,
  call: { investorId: bigint; key: string; order: string },
): Promise<DealingAnswer> {
  return dealingAnswer(
    await sql<DealingRow[]>`
    select code, figure, replayed, number, reserved_minor, reserved_units, dealing_date::text, cut_off_at, at
      from cancel_dealing_order(${call.investorId}::bigint, ${call.key}::text::uuid, ${call.order}::text::uuid)`,
  );
}
