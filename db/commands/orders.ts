/** Orders through place_orders (db/functions/place-orders.sql): one statement is one transaction for up to 128 orders. */
import type { Locale, OrderKind } from '@/lib/domain/states';
import type { Sql } from '../client';
import { lostAnswer } from '../errors';
import { plainArray } from './literals';

/** One order of a call. */
export type OrderCall = {
  investorId: bigint;
  /** A UUID, lower case. */
  key: string;
  offeringId: number;
  kind: OrderKind;
  /** Smallest parts of the currency or of the unit, as `kind` says. */
  asked: bigint;
  /** The price and terms that the buyer saw. */
  price: bigint;
  termsVersion: number;
  locale: Locale;
  /** The buyer says to have read the prospectus: recorded with the order. */
  consent: boolean;
};

/** The codes of refusals that place_orders gives; `key-reused` and the rest stand under `order.` in the messages, amounts under `amount.`. */
export type OrderRefusalCode =
  | 'order.key-reused'
  | 'order.not-found'
  | 'order.not-eligible'
  | 'order.other-country'
  | 'order.suitability-expired'
  | 'order.not-open'
  | 'order.closed'
  | 'order.terms-changed'
  | 'order.prospectus-not-opened'
  | 'order.consent-missing'
  | 'amount.zero'
  | 'amount.too-large'
  | 'order.not-a-lot'
  | 'order.below-minimum'
  | 'order.above-maximum'
  | 'order.insufficient-cash'
  | 'order.sold-out';

/** What became of one order. Replayed: the key had settled before; the figures are those of then. */
export type OrderAnswer =
  | {
      ok: true;
      replayed: boolean;
      number: bigint;
      units: bigint;
      amountMinor: bigint;
      price: bigint;
      placedAt: Date;
    }
  | {
      ok: false;
      code: OrderRefusalCode;
      /** The figure that the refusal is about: units left, units bought before, or cash available; null elsewhere. */
      figure: bigint | null;
      /** What the order would have cost, where it came to that. */
      amountMinor: bigint | null;
    };

export const MAX_ORDERS_A_CALL = 128;

type Row = {
  position: number;
  code: OrderRefusalCode | 'retry' | null;
  replayed: boolean;
  number: bigint | null;
  units: bigint | null;
  amount_minor: bigint | null;
  price: bigint | null;
  placed_at: Date | null;
  figure: bigint | null;
};

/**
 * Settles the orders and answers in their order. Each investor at most once a call, at most MAX_ORDERS_A_CALL.
 * A thrown error says nothing about whether the call took effect unless it is typed (db/errors.ts); repeating it with the same keys is safe.
 */
export async function placeOrders(sql: Sql, calls: readonly OrderCall[]): Promise<OrderAnswer[]> {
  const found = await callPlaceOrders(sql, calls, false);
  if (found.length < calls.length) throw lostAnswer('orders');
  const answers = new Array<OrderAnswer>(calls.length);
  const again: number[] = [];
  for (const row of found) {
    if (row.code === 'retry') again.push(row.position - 1);
    else answers[row.position - 1] = answer(row);
  }
  if (again.length === 0) return answers;
  // Somebody else changed these buyers' wallets at the same moment: the exact form locks first and always decides.
  const exact = await callPlaceOrders(
    sql,
    again.flatMap((n) => calls[n] ?? []),
    true,
  );
  for (const row of exact) answers[again[row.position - 1] ?? -1] = answer(row);
  return answers;
}

function callPlaceOrders(sql: Sql, calls: readonly OrderCall[], exact: boolean): Promise<Row[]> {
  const column = (pick: (call: OrderCall) => bigint | number | boolean | string) => plainArray(calls.map(pick));
  return sql<Row[]>`
    select position, code, replayed, number, units, amount_minor, price, placed_at, figure
      from place_orders(
        ${column((c) => c.investorId)}::text::bigint[], ${column((c) => c.key)}::text::uuid[],
        ${column((c) => c.offeringId)}::text::integer[], ${column((c) => c.kind)}::text::order_kind[],
        ${column((c) => c.asked)}::text::bigint[], ${column((c) => c.price)}::text::bigint[],
        ${column((c) => c.termsVersion)}::text::integer[], ${column((c) => c.locale)}::text::locale[],
        ${column((c) => c.consent)}::text::boolean[], ${exact})`;
}

function answer(row: Row): OrderAnswer {
  if (row.code === 'retry') throw new Error('The exact form of place_orders did not decide.');
  if (row.code !== null) return { ok: false, code: row.code, figure: row.figure, amountMinor: row.amount_minor };
  const { number, units, amount_minor: amountMinor, price, placed_at: placedAt, replayed } = row;
  if (number === null || units === null || amountMinor === null || price === null || placedAt === null)
    throw new Error('place_orders gave an answer without figures.');
  return { ok: true, replayed, number, units, amountMinor, price, placedAt };
}
