/** What a holding is worth and what was gained (DOMAIN §8). Values are rounded down, so that nothing is promised that would not be paid. */
import { valueAtMid } from '../money/conversion';
import { otherCurrency } from '../money/currency';
import { ceilDiv, halfUpDiv } from '../money/rounding';
import { type ClassQuotation, priceScale, valueOfUnits } from '../orders/pricing';
import type { Currency } from '../states';

export type HoldingFacts = ClassQuotation & {
  units: bigint;
  /** What was paid for the units that are held now. */
  costMinor: bigint;
  /** Last published price per quote unit. */
  price: bigint;
};

export type Valuation = {
  currency: Currency;
  valueMinor: bigint;
  costMinor: bigint;
  /** 評価損益: value − cost. */
  gainMinor: bigint;
  /** Gain in parts of ten thousand of the cost; null without a cost. */
  gainE4: bigint | null;
  /** Cost of one quote unit 取得単価, with the decimals of the class's price. */
  unitCost: bigint;
  /** The value in the other currency at the mid rate; null without a rate. */
  other: { currency: Currency; valueMinor: bigint } | null;
};

export function valueHolding(holding: HoldingFacts, midRateE4: bigint | null): Valuation {
  const { currency, costMinor } = holding;
  const valueMinor = valueOfUnits(holding.units, holding.price, holding);
  const gainMinor = valueMinor - costMinor;
  return {
    currency,
    valueMinor,
    costMinor,
    gainMinor,
    gainE4: costMinor === 0n ? null : halfUpDiv(gainMinor * 10_000n, costMinor),
    unitCost: unitCost(holding),
    other:
      midRateE4 === null
        ? null
        : { currency: otherCurrency(currency), valueMinor: valueAtMid(valueMinor, currency, midRateE4) },
  };
}

/**
 * Average cost of one quote unit in the price's decimals. Japan's moving average 移動平均法 rounds the unit cost up to the yen (583,000 ÷ 4,000 →
 * 146; per 10,000口); the US average basis is shown to the nearest.
 */
export function unitCost(holding: Pick<HoldingFacts, 'units' | 'costMinor' | keyof ClassQuotation>): bigint {
  if (holding.units === 0n) return 0n;
  const { numerator, denominator } = priceScale(holding);
  const dividend = holding.costMinor * denominator;
  const divisor = holding.units * numerator;
  return holding.currency === 'JPY' ? ceilDiv(dividend, divisor) : halfUpDiv(dividend, divisor);
}
