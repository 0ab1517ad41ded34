import { withInvestor } from '@/db/client';
import { getOffering } from '@/db/queries/offerings';
import { getSubscriber, getSubscription } from '@/db/queries/subscriptions';
import { decideSubscription } from '@/lib/domain/subscriptions/decide';
import { ok, type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { isKey } from './key';
import type { OrderQuote, QuoteOrderInput } from './quote-order';

/** `insteadOf` is the key of the subscription that the request would replace. */
export type QuoteSubscriptionInput = QuoteOrderInput & { insteadOf?: string };

/** `boughtUnits` counts what the person holds of the class and has subscribed for here; with a change, without what it replaces. */
export type SubscriptionQuote = OrderQuote;

/** What the subscription would set aside, for the review page. Nothing is reserved yet: placeSubscription decides again under the lock. */
export function quoteSubscription(actor: Actor, input: QuoteSubscriptionInput): Promise<Result<SubscriptionQuote>> {
  return withInvestor(actor.investorId, async (tx): Promise<Result<SubscriptionQuote>> => {
    const offering = await getOffering(tx, input.offeringSlug);
    if (!offering) return refuse('order.not-found');
    const buyer = await getSubscriber(tx, actor.investorId, offering.id);
    if (!buyer) return refuse('order.not-eligible');
    const { insteadOf } = input;
    const standing =
      insteadOf === undefined ? null : isKey(insteadOf) ? await getSubscription(tx, actor.investorId, insteadOf) : null;
    if (insteadOf !== undefined && standing?.offeringSlug !== offering.slug) return refuse('subscription.not-found');
    if (standing && standing.state !== 'ACTIVE') return refuse('subscription.not-active');
    const price = input.price ?? offering.price;
    const termsVersion = input.termsVersion ?? offering.termsVersion;
    const decision = decideSubscription(
      {
        buyer: { ...buyer, agreed: buyer.agreed || input.consent },
        offering,
        expected: { price, termsVersion },
        insteadOf: standing,
        now: offering.readAt,
      },
      input,
    );
    if (!decision.ok) return decision;
    const { units, amountMinor } = decision.value;
    const boughtUnits = buyer.heldUnits + buyer.subscribedUnits - (standing?.units ?? 0n);
    const availableMinor = buyer.availableMinor + (standing?.reservedMinor ?? 0n);
    return ok({
      ...decision.value,
      offering,
      price,
      termsVersion,
      availableMinor,
      availableAfterMinor: availableMinor - amountMinor,
      boughtUnits,
      boughtAfterUnits: boughtUnits + units,
    });
  });
}
