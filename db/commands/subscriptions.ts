/** Subscriptions of an investor through db/functions/subscriptions.sql: each call is one transaction, safe to repeat with its key. */
import type { Locale, OrderKind } from '@/lib/domain/states';
import type { Sql } from '../client';
import { lostAnswer } from '../errors';

export type SubscriptionRefusalCode =
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
  | 'subscription.not-found'
  | 'subscription.not-active';

/** What became of the request. Replayed: the key had done it before; the figures are those of then. */
export type SubscriptionAnswer =
  | { ok: true; replayed: boolean; number: bigint; units: bigint; reservedMinor: bigint; price: bigint; at: Date }
  | {
      ok: false;
      code: SubscriptionRefusalCode;
      /** The figure that the refusal is about: units held and subscribed before, or cash available; null elsewhere. */
      figure: bigint | null;
      /** What the units would have cost, where it came to that. */
      amountMinor: bigint | null;
    };

type Row = {
  code: SubscriptionRefusalCode | null;
  figure: bigint | null;
  replayed: boolean;
  number: bigint | null;
  units: bigint | null;
  amount_minor: bigint | null;
  price: bigint | null;
  at: Date | null;
};

function answer([row]: readonly Row[]): SubscriptionAnswer {
  if (!row) throw lostAnswer('an act on a subscription');
  if (row.code !== null) return { ok: false, code: row.code, figure: row.figure, amountMinor: row.amount_minor };
  const { number, units, amount_minor: reservedMinor, price, at, replayed } = row;
  if (number === null || units === null || reservedMinor === null || price === null || at === null)
    throw new Error('The subscription function gave an answer without figures.');
  return { ok: true, replayed, number, units, reservedMinor, price, at };
}

/** What is asked for, and the terms that the person saw. `key` is a UUID, lower case. */
export type SubscriptionCall = {
  investorId: bigint;
  key: string;
  kind: OrderKind;
  asked: bigint;
  price: bigint;
  termsVersion: number;
  locale: Locale;
  /** The person says to have read the prospectus: recorded with the subscription. */
  consent: boolean;
};

export async function placeSubscription(
  sql: Sql,
  call: SubscriptionCall & { offeringId: number },
): Promise<SubscriptionAnswer> {
  return answer(
    await sql<Row[]>`
    select * from place_subscription(${call.investorId}::bigint, ${call.key}::text::uuid, ${call.offeringId}::integer,
      ${call.kind}::text::order_kind, ${call.asked}::bigint, ${call.price}::bigint, ${call.termsVersion}::integer,
      ${call.locale}::text::locale, ${call.consent}::boolean)`,
  );
}

/** Asks for other units instead; the difference is set aside or given back. */
export async function changeSubscription(
  sql: Sql,
  call: SubscriptionCall & { subscription: string },
): Promise<SubscriptionAnswer> {
  return answer(
    await sql<Row[]>`
    select * from change_subscription(${call.investorId}::bigint, ${call.key}::text::uuid, ${call.subscription}::text::uuid,
      ${call.kind}::text::order_kind, ${call.asked}::bigint, ${call.price}::bigint, ${call.termsVersion}::integer,
      ${call.locale}::text::locale, ${call.consent}::boolean)`,
  );
}

/** Gives all of its cash back. */
export async function withdrawSubscription(
  sql: Sql,
  call: { investorId: bigint; key: string; subscription: string },
): Promise<SubscriptionAnswer> {
  return answer(
    await sql<Row[]>`
    select * from withdraw_subscription(${call.investorId}::bigint, ${call.key}::text::uuid, ${call.subscription}::text::uuid)`,
  );
}
