/**
 * What becomes of a first-come order (DOMAIN §5, §6). This is the reference for the database function place_orders, which decides the same
 * under its locks; property tests hold the two together. It is also the ticket's live answer, from figures read a moment ago.
 */
import { MAX_TYPED } from '../money/parse';
import type { OfferingPhase } from '../offerings/phase';
import type { Country, Currency, InvestorStatus, OfferingMethod } from '../states';
import { amountForUnits, type ClassQuotation, unitsForAmount } from './pricing';

/** What is asked for: money to spend 金額指定, or units to get 口数指定; smallest parts. */
export type OrderRequest = { kind: 'BUY_AMOUNT'; amountMinor: bigint } | { kind: 'BUY_UNITS'; units: bigint };

export type OrderFacts = {
  buyer: {
    status: InvestorStatus;
    country: Country | null;
    suitabilityExpiresAt: Date | null;
    /** Units bought in this offering by earlier orders. */
    boughtUnits: bigint;
    /** 買付余力 in the class currency. */
    availableMinor: bigint;
    openedProspectus: boolean;
    agreed: boolean;
  };
  offering: ClassQuotation & {
    country: Country;
    method: OfferingMethod;
    phase: OfferingPhase;
    opensAt: Date;
    closesAt: Date;
    price: bigint;
    termsVersion: number;
    lotUnits: bigint;
    minUnits: bigint;
    maxUnits: bigint;
    /** Null in a window, where more may be asked for than is offered. */
    remainingUnits: bigint | null;
  };
  /** What the buyer saw when deciding. */
  expected: { price: bigint; termsVersion: number };
  now: Date;
};

type Money = { money: bigint; currency: Currency };
type Units = { units: bigint; unitDecimals: number };

export type OrderRefusal = {
  code:
    | 'order.not-eligible'
    | 'order.other-country'
    | 'order.suitability-expired'
    | 'order.not-open'
    | 'order.closed'
    | 'order.terms-changed'
    | 'order.prospectus-not-opened'
    | 'order.consent-missing'
    | 'amount.too-large'
    | 'amount.zero'
    | 'order.not-a-lot'
    | 'order.below-minimum'
    | 'order.above-maximum'
    | 'order.insufficient-cash'
    | 'order.sold-out';
  params?: Record<string, Money | Units | { instant: Date }>;
  field?: 'asked' | 'consent';
};

/** What is paid and got. `leftoverMinor` is the part of an order by amount that buys no further lot and stays in the wallet. */
export type OrderTerms = { units: bigint; amountMinor: bigint; leftoverMinor: bigint };

export type OrderDecision = { ok: true; value: OrderTerms } | { ok: false; error: OrderRefusal };

const refuse = (code: OrderRefusal['code'], rest: Omit<OrderRefusal, 'code'> = {}): OrderDecision => ({
  ok: false,
  error: { code, ...rest },
});

/** Units, cost and leftover, before any limit is looked at. */
export function priceRequest(request: OrderRequest, price: bigint, q: ClassQuotation, lotUnits: bigint): OrderTerms {
  if (request.kind === 'BUY_UNITS') {
    return { units: request.units, amountMinor: amountForUnits(request.units, price, q), leftoverMinor: 0n };
  }
  const units = unitsForAmount(request.amountMinor, price, q, lotUnits);
  const amountMinor = amountForUnits(units, price, q);
  return { units, amountMinor, leftoverMinor: request.amountMinor - amountMinor };
}

/** The first rule that stands against the order gives the refusal; the order of the rules is part of the contract with the database. */
export function decideOrder(facts: OrderFacts, request: OrderRequest): OrderDecision {
  return refuseBuyer(facts) ?? refuseTerms(facts) ?? decideSize(facts, request);
}

export function refuseBuyer({ buyer, offering, now }: OrderFacts): OrderDecision | undefined {
  if (buyer.status !== 'ELIGIBLE') return refuse('order.not-eligible');
  if (buyer.country !== offering.country) return refuse('order.other-country');
  if (buyer.suitabilityExpiresAt && buyer.suitabilityExpiresAt <= now) return refuse('order.suitability-expired');
  return undefined;
}

function refuseTerms(facts: OrderFacts): OrderDecision | undefined {
  // Only first come is settled by an order itself; the other methods collect and allot.
  return refuseAccess(facts, facts.offering.method === 'FIRST_COME');
}

/** Whether the offering takes requests of this sort now, under terms that the buyer has seen and agreed to. */
export function refuseAccess(
  { buyer, offering, expected }: OrderFacts,
  ofThisSort: boolean,
): OrderDecision | undefined {
  const window = { opens: { instant: offering.opensAt }, closes: { instant: offering.closesAt } };
  const toCome = offering.phase === 'UPCOMING' || offering.phase === 'HIDDEN';
  if (!ofThisSort || toCome) return refuse('order.not-open', { params: window });
  if (offering.phase !== 'OPEN') return refuse('order.closed');
  if (expected.price !== offering.price || expected.termsVersion !== offering.termsVersion) {
    return refuse('order.terms-changed');
  }
  if (!buyer.openedProspectus) return refuse('order.prospectus-not-opened');
  if (!buyer.agreed) return refuse('order.consent-missing', { field: 'consent' });
  return undefined;
}

export function decideSize({ buyer, offering }: OrderFacts, request: OrderRequest): OrderDecision {
  const { unitDecimals, currency, lotUnits, minUnits, maxUnits } = offering;
  const units = (value: bigint): Units => ({ units: value, unitDecimals });
  const money = (value: bigint): Money => ({ money: value, currency });
  const field = 'asked';

  const asked = request.kind === 'BUY_AMOUNT' ? request.amountMinor : request.units;
  if (asked <= 0n) return refuse('amount.zero', { field });
  if (asked > MAX_TYPED) return refuse('amount.too-large', { field });
  const terms = priceRequest(request, offering.price, offering, lotUnits);
  if (terms.units % lotUnits !== 0n) return refuse('order.not-a-lot', { params: { lot: units(lotUnits) }, field });
  if (terms.units < minUnits || terms.units === 0n) {
    const minimum =
      request.kind === 'BUY_UNITS' ? units(minUnits) : money(amountForUnits(minUnits, offering.price, offering));
    return refuse('order.below-minimum', { params: { minimum }, field });
  }
  if (buyer.boughtUnits + terms.units > maxUnits) {
    return refuse('order.above-maximum', {
      params: { maximum: units(maxUnits), held: units(buyer.boughtUnits) },
      field,
    });
  }
  if (terms.amountMinor > buyer.availableMinor) {
    const missing = money(terms.amountMinor - buyer.availableMinor);
    return refuse('order.insufficient-cash', { params: { available: money(buyer.availableMinor), missing }, field });
  }
  if (offering.remainingUnits !== null && terms.units > offering.remainingUnits) {
    return refuse('order.sold-out', { params: { left: units(offering.remainingUnits) }, field });
  }
  return { ok: true, value: terms };
}
