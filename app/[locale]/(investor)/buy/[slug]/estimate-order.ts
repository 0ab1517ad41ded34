/** What a typed order would be, or what stands against it. Pure and small: it runs in the browser while the person types. */
import { parseAmount, parseUnits } from '@/lib/domain/money/parse';
import { type OrderRequest, priceRequest } from '@/lib/domain/orders/decide';
import type { ClassQuotation } from '@/lib/domain/orders/pricing';

export type EstimateTerms = ClassQuotation & {
  price: bigint;
  lotUnits: bigint;
  minUnits: bigint;
  /** What this person may still buy here: their limit less what they have, and no more than what is left. */
  mayBuyUnits: bigint;
  availableMinor: bigint;
};

export type OrderEstimate = {
  /** Null where the units are no whole lots: such an order has no price to speak of. */
  figures: {
    payMinor: bigint;
    units: bigint;
    /** What an order by amount leaves in the wallet because it pays for no further lot. */
    keepMinor: bigint;
  } | null;
  trouble?: 'lots' | 'few' | 'many' | 'short';
};

export function estimateOrder(
  terms: EstimateTerms,
  typed: { kind: string; amount: string; units: string },
): OrderEstimate | undefined {
  const request = requestOf(terms, typed);
  if (!request) return undefined;
  const { units, amountMinor, leftoverMinor } = priceRequest(request, terms.price, terms, terms.lotUnits);
  if (units % terms.lotUnits !== 0n) return { figures: null, trouble: 'lots' };
  const estimate = { figures: { units, payMinor: amountMinor, keepMinor: leftoverMinor } };
  if (units < terms.minUnits) return { ...estimate, trouble: 'few' };
  if (units > terms.mayBuyUnits) return { ...estimate, trouble: 'many' };
  if (amountMinor > terms.availableMinor) return { ...estimate, trouble: 'short' };
  return estimate;
}

function requestOf(terms: EstimateTerms, typed: { kind: string; amount: string; units: string }) {
  if (typed.kind === 'BUY_AMOUNT') {
    const amount = parseAmount(typed.amount, terms.currency);
    return amount.ok ? ({ kind: 'BUY_AMOUNT', amountMinor: amount.value } satisfies OrderRequest) : undefined;
  }
  const units = parseUnits(typed.units, terms.unitDecimals);
  return units.ok ? ({ kind: 'BUY_UNITS', units: units.value } satisfies OrderRequest) : undefined;
}
