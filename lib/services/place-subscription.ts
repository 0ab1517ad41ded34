import { read } from '@/db/client';
import * as subscriptions from '@/db/commands/subscriptions';
import { type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { byKey } from './by-key';
import { isKey } from './key';
import { offeringIdOf, type PlaceOrderInput } from './place-order';
import { refuseWhenAway } from './refusals';
import { type SubscriptionResult, subscriptionResult } from './subscription-result';

/** As for an order: what is asked for, and the terms that the review page showed. */
export type PlaceSubscriptionInput = PlaceOrderInput;

/** Subscribes in a window: the cash is set aside, and what it gets is decided for all together after the close. */
export async function placeSubscription(
  actor: Actor,
  input: PlaceSubscriptionInput,
): Promise<Result<SubscriptionResult>> {
  if (!isKey(input.key)) return refuse('form.invalid');
  try {
    const offeringId = await offeringIdOf(input.offeringSlug);
    if (offeringId === null) return refuse('order.not-found');
    const call = {
      investorId: actor.investorId,
      key: input.key.toLowerCase(),
      offeringId,
      kind: input.kind,
      asked: input.kind === 'BUY_AMOUNT' ? input.amountMinor : input.units,
      price: input.price,
      termsVersion: input.termsVersion,
      locale: actor.locale,
      consent: input.consent,
    };
    const answer = await byKey(() => read((_, sql) => subscriptions.placeSubscription(sql, call)));
    return await subscriptionResult(answer, input.offeringSlug, input);
  } catch (error) {
    return refuseWhenAway(error);
  }
}
