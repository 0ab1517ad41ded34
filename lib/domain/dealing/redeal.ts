/**
 * A day that was dealt at a value that turned out wrong is dealt again (DOMAIN §2; docs/decisions/0022): what each order comes to at the corrected price,
 * and what of the difference can be given or taken back. From half a per cent on; below it what was dealt stands.
 */
import { ceilDiv, least } from '../money/rounding';
import { amountForUnits } from '../orders/pricing';
import { priceOfPurchase, priceOfRedemption } from './amounts';
import type { ClassTerms } from './run';

const abs = (value: bigint): bigint => (value < 0n ? -value : value);
const above = (value: bigint): bigint => (value > 0n ? value : 0n);

/** Measured against the price that the orders were dealt at last, so that several small corrections add up. Half a per cent itself counts. */
export const isRedealt = (dealtAt: bigint, corrected: bigint): boolean => abs(corrected - dealtAt) * 200n >= dealtAt;

export type DealtPurchase = {
  id: string;
  /** Grows with acceptance. */
  number: bigint;
  /** What was set aside for it: cost and release. */
  reservedMinor: bigint;
  /** Null for an order by amount. */
  askedUnits: bigint | null;
  /** It has its cash back since the day was dealt, and stays finished whatever the price was. */
  lapsed: boolean;
  units: bigint;
};

export type RedealtPurchase = { id: string; units: bigint; costMinor: bigint; releaseMinor: bigint };

/**
 * @param room units that the class may still issue beside those of these purchases. Where it has none, an order keeps the units that it had, at the
 * corrected price; those that were accepted first come first, and nobody overtakes the first that no longer fits.
 */
export function redealPurchases(
  dealt: readonly DealtPurchase[],
  price: bigint,
  room: bigint,
  terms: ClassTerms,
): RedealtPurchase[] {
  let more = 0n;
  return dealt
    .toSorted((a, b) => (a.number < b.number ? -1 : 1))
    .map(({ id, reservedMinor, askedUnits, lapsed, units: had }) => {
      if (lapsed) return { id, units: 0n, costMinor: 0n, releaseMinor: reservedMinor };
      const purchase = priceOfPurchase(reservedMinor, askedUnits, price, terms);
      more += above(purchase.units - had);
      if (purchase.units <= had || more <= room) return { id, ...purchase };
      const costMinor = amountForUnits(had, price, terms);
      return { id, units: had, costMinor, releaseMinor: reservedMinor - costMinor };
    });
}

/** The gate counts units, so as many are redeemed as were; only what is paid for them changes. */
export const redealRedemption = (units: bigint, price: bigint, terms: ClassTerms) =>
  priceOfRedemption(units, price, terms.levyE4, terms);

/** What one person's accounts lose by the reversal of all their deals of a side, and gain by dealing them again. */
export type Redealt = { backMinor: bigint; backUnits: bigint; againMinor: bigint; againUnits: bigint };

/** What the fund lends for the reversal, and what it can take back afterwards. The difference it bears. */
export type Bridge = { lentMinor: bigint; lentUnits: bigint; returnedMinor: bigint; returnedUnits: bigint };

/**
 * A reversal is whole, also for those who have spent the cash or moved the units since: what they lack for it the fund lends, and takes back out of what
 * dealing again brings. Nobody is asked for more than is free, units that another order waits with are not, and nobody owes anything afterwards: what
 * cannot be taken back the fund bears.
 */
export function bridge(
  { backMinor, backUnits, againMinor, againUnits }: Redealt,
  free: { minor: bigint; units: bigint },
): Bridge {
  const lentMinor = above(backMinor - free.minor);
  const lentUnits = above(backUnits - free.units);
  // Whoever had to be lent has nothing left but what comes now.
  return {
    ...{ lentMinor, lentUnits },
    ...{ returnedMinor: least(lentMinor, againMinor), returnedUnits: least(lentUnits, againUnits) },
  };
}

/**
 * By how much the cost of a holding changes: by the part of the difference that falls to units of the purchase which can still be there, rounded up, so
 * that a cost is never stated too low. Never below zero, and nothing where no units are left.
 */
export function redealtCost(
  holding: { units: bigint; costMinor: bigint },
  bought: { units: bigint; costMinor: bigint },
  again: { costMinor: bigint },
  unitsAfter: bigint,
): bigint {
  if (unitsAfter === 0n) return 0n;
  const difference = again.costMinor - bought.costMinor;
  if (bought.units === 0n) return above(holding.costMinor + difference);
  const part = difference * least(holding.units, bought.units);
  return above(holding.costMinor + ceilDiv(part, bought.units));
}
