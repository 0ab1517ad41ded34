/**
 * What becomes of a subscription to a window (DOMAIN §5): placed, changed, withdrawn. This is the reference for the functions of
 * db/functions/subscriptions.sql, which decide the same under the lock of the wallet; property tests hold the two together. It is also the
 * ticket's live answer, from figures read a moment ago.
 */
import {
  decideSize,
  type OrderDecision,
  type OrderFacts,
  type OrderRequest,
  refuseAccess,
  refuseBuyer,
} from '../orders/decide';
import type { InvestorStatus, OfferingState, SubscriptionState } from '../states';

/** Units and cash of one subscription, smallest parts. */
export type Subscribed = { units: bigint; reservedMinor: bigint };

export type SubscriptionFacts = Omit<OrderFacts, 'buyer' | 'offering'> & {
  buyer: Omit<OrderFacts['buyer'], 'boughtUnits'> & {
    /** Units that the person holds of the class already. */
    heldUnits: bigint;
    /** Units of all their active subscriptions here, the one that is changed among them. */
    subscribedUnits: bigint;
  };
  offering: Omit<OrderFacts['offering'], 'remainingUnits'>;
  /** The subscription that the request would replace: its units and its cash count as free. */
  insteadOf: Subscribed | null;
};

/** The rules of an order, in their order, but that more may be asked for than is offered, and that the maximum counts what a person holds. */
export function decideSubscription(facts: SubscriptionFacts, request: OrderRequest): OrderDecision {
  const { heldUnits, subscribedUnits, ...buyer } = facts.buyer;
  const asOrder: OrderFacts = {
    ...facts,
    buyer: {
      ...buyer,
      boughtUnits: heldUnits + subscribedUnits - (facts.insteadOf?.units ?? 0n),
      availableMinor: buyer.availableMinor + (facts.insteadOf?.reservedMinor ?? 0n),
    },
    offering: { ...facts.offering, remainingUnits: null },
  };
  return (
    refuseBuyer(asOrder) ??
    refuseAccess(asOrder, facts.offering.method !== 'FIRST_COME') ??
    decideSize(asOrder, request)
  );
}

export type WithdrawalFacts = {
  status: InvestorStatus;
  subscription: SubscriptionState;
  offering: { state: OfferingState; closesAt: Date; withdrawUntil: Date | null };
  /** The list of applicants has been committed to. */
  listed: boolean;
  now: Date;
};

export type WithdrawalRefusal = 'order.not-eligible' | 'subscription.not-active' | 'order.closed';

/** Null where the subscription can be withdrawn: until the close, or for as long as a new version of a document leaves time. */
export function refuseWithdrawal(facts: WithdrawalFacts): WithdrawalRefusal | null {
  if (facts.status === 'FROZEN') return 'order.not-eligible';
  if (facts.subscription !== 'ACTIVE') return 'subscription.not-active';
  const standing =
    facts.offering.state === 'APPROVED' || facts.offering.state === 'OPEN' || facts.offering.state === 'CLOSED';
  if (!standing || facts.listed || facts.now >= withdrawableUntil(facts.offering)) return 'order.closed';
  return null;
}

/** Until when subscriptions can be withdrawn; the list of applicants is made after it. */
export function withdrawableUntil({ closesAt, withdrawUntil }: { closesAt: Date; withdrawUntil: Date | null }): Date {
  return withdrawUntil && withdrawUntil > closesAt ? withdrawUntil : closesAt;
}
