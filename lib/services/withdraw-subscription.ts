import { read } from '@/db/client';
import * as subscriptions from '@/db/commands/subscriptions';
import { type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { byKey } from './by-key';
import { isKey } from './key';
import { refuseWhenAway } from './refusals';
import { type SubscriptionResult, subscriptionResult } from './subscription-result';

/** Takes a subscription back: all of its cash is available again. Until the close, or for as long as a new document leaves time. */
export async function withdrawSubscription(
  actor: Actor,
  input: { subscription: string; key: string },
): Promise<Result<SubscriptionResult>> {
  if (!isKey(input.key)) return refuse('form.invalid');
  if (!isKey(input.subscription)) return refuse('subscription.not-found');
  const call = {
    investorId: actor.investorId,
    key: input.key.toLowerCase(),
    subscription: input.subscription.toLowerCase(),
  };
  try {
    const answer = await byKey(() => read((_, sql) => subscriptions.withdrawSubscription(sql, call)));
    return await subscriptionResult(answer, null);
  } catch (error) {
    return refuseWhenAway(error);
  }
}
