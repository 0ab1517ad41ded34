import { read } from '@/db/client';
import type { SubscriptionAnswer } from '@/db/commands/subscriptions';
import { getOffering } from '@/db/queries/offerings';
import type { OrderRequest } from '@/lib/domain/orders/decide';
import { ok, type Result, refuse } from '@/lib/result';
import { wordable } from './place-order';

/** What became of a request on a subscription; the same for every repetition of its key, but for `replayed`. */
export type SubscriptionResult = {
  number: bigint;
  units: bigint;
  reservedMinor: bigint;
  price: bigint;
  at: Date;
  replayed: boolean;
};

/** The database's answer as a page takes it. Most requests are not refused, so the figures of a refusal's text are read only then. */
export async function subscriptionResult(
  answer: SubscriptionAnswer,
  offeringSlug: string | null,
  request?: OrderRequest,
): Promise<Result<SubscriptionResult>> {
  if (answer.ok) {
    const { number, units, reservedMinor, price, at, replayed } = answer;
    return ok({ number, units, reservedMinor, price, at, replayed });
  }
  const offering = offeringSlug === null || !request ? null : await read((db) => getOffering(db, offeringSlug));
  if (!offering || !request) return refuse(answer.code);
  return { ok: false, error: wordable(answer, request, offering) };
}
