import { read } from '@/db/client';
import * as subscriptions from '@/db/commands/subscriptions';
import { type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { byKey } from './by-key';
import { isKey } from './key';
import type { PlaceSubscriptionInput } from './place-subscription';
import { refuseWhenAway } from './refusals';
import { type SubscriptionResult, subscriptionResult } from './subscription-result';

/** Asks for other units instead, under today's terms; only the difference is set aside or given back. */
export async function changeSubscription(
  actor: Actor,
  input: PlaceSubscriptionInput & { subscription: string },
): Promise<Result<SubscriptionResult>> {
  if (!isKey(input.key)) return refuse('form.invalid');
  if (!isKey(input.subscription)) return refuse('subscription.not-found');
  try {
    const call = {
      investorId: actor.investorId,
      key: input.key.toLowerCase(),
      subscription: input.subscription.toLowerCase(),
      kind: input.kind,
      asked: input.kind === 'BUY_AMOUNT' ? input.amountMinor : input.units,
      price: input.price,
      termsVersion: input.termsVersion,
      locale: actor.locale,
      consent: input.consent,
    };
    const answer = await byKey(() => read((_, sql) => subscriptions.changeSubscription(sql, call)));
    return await subscriptionResult(answer, input.offeringSlug, input);
  } catch (error) {
    return refuseWhenAway(error);
  }
}
