import { withInvestor } from '@/db/client';
import { getOffering, type OfferingView } from '@/db/queries/offerings';
import { getBuyer } from '@/db/queries/orders';
import { decideOrder, type OrderRequest, type OrderTerms } from '@/lib/domain/orders/decide';
import { ok, type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';

export type QuoteOrderInput = OrderRequest & {
  offeringSlug: string;
  /** What an earlier page of this ticket showed; without them the current ones are quoted. */
  price?: bigint;
  termsVersion?: number;
  /** The box "I have read the prospectus" is ticked, or stands on a later page: then it is not asked for here. */
  consent: boolean;
};

/** What the order would pay and get, for the review page. Nothing is reserved: placeOrder decides again under the lock. */
export type OrderQuote = OrderTerms & {
  offering: OfferingView;
  price: bigint;
  termsVersion: number;
  availableMinor: bigint;
  availableAfterMinor: bigint;
  /** Units bought here before, and with this order. */
  boughtUnits: bigint;
  boughtAfterUnits: bigint;
};

export function quoteOrder(actor: Actor, input: QuoteOrderInput): Promise<Result<OrderQuote>> {
  return withInvestor(actor.investorId, async (tx): Promise<Result<OrderQuote>> => {
    const offering = await getOffering(tx, input.offeringSlug);
    if (!offering) return refuse('order.not-found');
    const buyer = await getBuyer(tx, actor.investorId, offering.id);
    if (!buyer) return refuse('order.not-eligible');
    const price = input.price ?? offering.price;
    const termsVersion = input.termsVersion ?? offering.termsVersion;
    const decision = decideOrder(
      {
        buyer: { ...buyer, agreed: buyer.agreed || input.consent },
        offering,
        expected: { price, termsVersion },
        now: offering.readAt,
      },
      input,
    );
    if (!decision.ok) return decision;
    const { units, amountMinor } = decision.value;
    return ok({
      ...decision.value,
      offering,
      price,
      termsVersion,
      availableMinor: buyer.availableMinor,
      availableAfterMinor: buyer.availableMinor - amountMinor,
      boughtUnits: buyer.boughtUnits,
      boughtAfterUnits: buyer.boughtUnits + units,
    });
  });
}
