/**
 * Units and amounts of a class (DOMAIN §2). A price is for `quoteUnits` smallest unit parts and has `priceDecimals` decimals of whole
 * currency: amount = units × price ÷ quoteUnits, brought to the currency's smallest part.
 */
import { CURRENCY_DECIMALS } from '../money/currency';
import { ceilDiv, floorDiv, floorToStep } from '../money/rounding';
import type { Currency } from '../states';

export type ClassQuotation = {
  currency: Currency;
  unitDecimals: number;
  quoteUnits: bigint;
  priceDecimals: number;
};

/** amountMinor = units × price × numerator ÷ denominator. */
export function priceScale(quotation: ClassQuotation): { numerator: bigint; denominator: bigint } {
  const shift = quotation.priceDecimals - CURRENCY_DECIMALS[quotation.currency];
  return {
    numerator: shift < 0 ? 10n ** BigInt(-shift) : 1n,
    denominator: quotation.quoteUnits * (shift > 0 ? 10n ** BigInt(shift) : 1n),
  };
}

/** What `units` cost. Rounded up, so that no purchase takes less than the price from those who hold already. */
export function amountForUnits(units: bigint, price: bigint, quotation: ClassQuotation): bigint {
  const { numerator, denominator } = priceScale(quotation);
  return ceilDiv(units * price * numerator, denominator);
}

/** What `units` are worth, as shown and as paid out. Rounded down. */
export function valueOfUnits(units: bigint, price: bigint, quotation: ClassQuotation): bigint {
  const { numerator, denominator } = priceScale(quotation);
  return floorDiv(units * price * numerator, denominator);
}

/** The units that `amountMinor` buys: the amount is authoritative, and the units are floored to the lot. Their cost is never above it. */
export function unitsForAmount(amountMinor: bigint, price: bigint, quotation: ClassQuotation, lotUnits = 1n): bigint {
  const { numerator, denominator } = priceScale(quotation);
  return floorToStep(floorDiv(amountMinor * denominator, price * numerator), lotUnits);
}
