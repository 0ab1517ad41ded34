/**
 * The dealing run: all orders of a class and day at one price, as a pure function (DOMAIN §5–§7). Redemptions come first, since what they take out of issue
 * may be bought again on the same day. This is what a batch in SQL is held against.
 */
import type { IsoDate } from '../calendar/dates';
import type { ClassQuotation } from '../orders/pricing';
import { priceOfPurchase, priceOfRedemption } from './amounts';
import { gateUnits, passGate } from './gate';

export type ClassTerms = ClassQuotation & {
  /** Retained levy, parts of ten thousand; 0 for none. */
  levyE4: bigint;
  /** The covenant's GATE, parts of ten thousand. */
  gateE4: bigint;
  /** The most units that may be in issue (U1), without those that are promised to offerings. */
  authorisedUnits: bigint;
};

type Placed = {
  id: string;
  /** Grows with acceptance. */
  number: bigint;
};

export type BuyOrder = Placed & {
  /** Cash that is set aside for it. */
  reservedMinor: bigint;
  /** Null for an order by amount. */
  askedUnits: bigint | null;
};

export type SellOrder = Placed & {
  /** The dealing day for which it was placed: what has been deferred since goes first. */
  since: IsoDate;
  /** Units that are set aside and not dealt yet. */
  units: bigint;
};

export type SellOutcome = {
  id: string;
  units: bigint;
  /** What the gate leaves for the next dealing day; the order is PRICED as a whole once this is nothing. */
  deferredUnits: bigint;
  grossMinor: bigint;
  levyMinor: bigint;
  payoutMinor: bigint;
};

export type BuyOutcome = {
  id: string;
  state: 'PRICED' | 'LAPSED';
  units: bigint;
  costMinor: bigint;
  releaseMinor: bigint;
};

/** @param issuedUnits in issue before the run. */
export function dealRedemptions(
  orders: readonly SellOrder[],
  price: bigint,
  issuedUnits: bigint,
  terms: ClassTerms,
): SellOutcome[] {
  const dealt = passGate(orders, gateUnits(issuedUnits, terms.gateE4));
  return orders.map(({ id, units: wanted }) => {
    const units = dealt.get(id) ?? 0n;
    return { id, units, deferredUnits: wanted - units, ...priceOfRedemption(units, price, terms.levyE4, terms) };
  });
}

/**
 * A purchase lapses 失効, with all of its cash, where it is too small for the smallest part of a unit, or where the class has no more units to issue:
 * those that were accepted first come first, and nobody overtakes the first that no longer fits.
 *
 * @param issuedUnits in issue after the day's redemptions.
 */
export function dealPurchases(
  orders: readonly BuyOrder[],
  price: bigint,
  issuedUnits: bigint,
  terms: ClassTerms,
): BuyOutcome[] {
  const room = terms.authorisedUnits - issuedUnits;
  let taken = 0n;
  return orders
    .toSorted((a, b) => (a.number < b.number ? -1 : 1))
    .map(({ id, reservedMinor, askedUnits }) => {
      const purchase = priceOfPurchase(reservedMinor, askedUnits, price, terms);
      taken += purchase.units;
      return purchase.units === 0n || taken > room
        ? { id, state: 'LAPSED', units: 0n, costMinor: 0n, releaseMinor: reservedMinor }
        : { id, state: 'PRICED', ...purchase };
    });
}
