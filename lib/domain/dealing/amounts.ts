/** What orders at NAV set aside and come to (DOMAIN §4, §6, §7). Every rounding goes in favour of those who stay in the fund, as at a first-come sale. */
import { ceilDiv } from '../money/rounding';
import { amountForUnits, type ClassQuotation, unitsForAmount, valueOfUnits } from '../orders/pricing';

/** An order by units sets aside its estimate and a tenth more; what it does not need comes back. */
export const reserveForUnits = (units: bigint, lastPrice: bigint, quotation: ClassQuotation): bigint =>
  ceilDiv(amountForUnits(units, lastPrice, quotation) * 11n, 10n);

export type Purchase = { units: bigint; costMinor: bigint; releaseMinor: bigint };

/**
 * Units and cost of a purchase that has `reservedMinor` set aside. The amount is authoritative and the units are floored; an order by units gets what
 * it asked for, or, where the price has risen by more than the tenth, as many as its reservation pays for: never more cash than was set aside.
 */
export function priceOfPurchase(
  reservedMinor: bigint,
  askedUnits: bigint | null,
  price: bigint,
  quotation: ClassQuotation,
): Purchase {
  const affordable = unitsForAmount(reservedMinor, price, quotation);
  const units = askedUnits !== null && askedUnits < affordable ? askedUnits : affordable;
  const costMinor = amountForUnits(units, price, quotation);
  return { units, costMinor, releaseMinor: reservedMinor - costMinor };
}

export type Redemption = {
  grossMinor: bigint;
  /** Retained levy 信託財産留保額: it stays in the fund. */
  levyMinor: bigint;
  payoutMinor: bigint;
};

/** What is paid for one quote unit, the levy taken off. The levy is rounded up to the price's smallest part. */
export const redemptionPrice = (price: bigint, levyE4: bigint): bigint => price - ceilDiv(price * levyE4, 10_000n);

/** The worth of redeemed units, and how it divides between the levy and the holder. */
export function priceOfRedemption(units: bigint, price: bigint, levyE4: bigint, quotation: ClassQuotation): Redemption {
  const grossMinor = valueOfUnits(units, price, quotation);
  const payoutMinor = valueOfUnits(units, redemptionPrice(price, levyE4), quotation);
  return { grossMinor, levyMinor: grossMinor - payoutMinor, payoutMinor };
}
