/**
 * What an order at NAV would come to at the last published price. Nothing deals at that price: the figures are an estimate, and every page that shows
 * them says so. Pure and small: it runs in the browser while somebody types, too.
 */
import type { ClassQuotation } from '../orders/pricing';
import { amountForUnits, unitsForAmount } from '../orders/pricing';
import { priceOfRedemption, reserveForUnits } from './amounts';

export type DealingEstimate =
  | {
      side: 'BUY';
      units: bigint;
      /** What they would cost, and what is set aside: for an order by units a tenth more. */
      costMinor: bigint;
      reservedMinor: bigint;
    }
  | { side: 'SELL'; units: bigint; grossMinor: bigint; levyMinor: bigint; payoutMinor: bigint };

/** `asked` is an amount for BUY_AMOUNT and units otherwise. */
export function estimateDealing(
  kind: 'BUY_AMOUNT' | 'BUY_UNITS' | 'SELL_UNITS' | 'SELL_ALL',
  asked: bigint,
  price: bigint,
  unitClass: ClassQuotation & { levyE4: bigint },
): DealingEstimate {
  if (kind === 'BUY_AMOUNT') {
    const units = unitsForAmount(asked, price, unitClass);
    return { side: 'BUY', units, costMinor: amountForUnits(units, price, unitClass), reservedMinor: asked };
  }
  if (kind === 'BUY_UNITS') {
    const costMinor = amountForUnits(asked, price, unitClass);
    return { side: 'BUY', units: asked, costMinor, reservedMinor: reserveForUnits(asked, price, unitClass) };
  }
  return { side: 'SELL', units: asked, ...priceOfRedemption(asked, price, unitClass.levyE4, unitClass) };
}
