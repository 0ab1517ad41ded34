/**
 * Quantity ceiling, as Singapore Savings Bonds are allotted: everybody gets what they ask up to a ceiling, the largest number of lots c with
 * Σ min(aᵢ, c) ≤ supply. What then remains is less than a lot for each who asked for more; it goes out one extra lot each by draw among them.
 * Where even one lot each is too much, c is 0, and the draw decides who gets one lot.
 */
import { addWinners, type DrawFirst, histogramOf, noShares, positionsOf, type Shares, sumOf, toCount } from './model';

export function quantityCeiling(wanted: readonly bigint[], supply: bigint, drawFirst: DrawFirst): Shares {
  const ceiling = ceilingOf(wanted, supply);
  const shares: Shares = {
    ...noShares(wanted.length),
    lots: wanted.map((lots: bigint) => (lots < ceiling ? lots : ceiling)),
    ceiling,
  };
  const above = positionsOf(wanted, (lots) => lots > ceiling);
  addWinners(shares, above, drawFirst(above, toCount(supply - sumOf(shares.lots))));
  return shares;
}

/** Walks the sizes from the smallest: those below the ceiling are met, and the others share what is left alike. */
function ceilingOf(wanted: readonly bigint[], supply: bigint): bigint {
  let left = supply;
  let people = BigInt(wanted.length);
  for (const [size, count] of histogramOf(wanted)) {
    if (size * people > left) return left / people;
    left -= size * BigInt(count);
    people -= BigInt(count);
  }
  throw new RangeError('Demand is not above the supply: there is no ceiling.');
}
