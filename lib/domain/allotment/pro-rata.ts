/**
 * Pro rata 按分: ⌊aᵢ · supply ÷ Σa⌋ lots each, rounded down so that the offer is never exceeded; the lots that remain go one each to the
 * largest remainders. Where equal remainders compete for the last of them, the draw decides.
 */
import { addWinners, type DrawFirst, histogramOf, noShares, positionsOf, type Shares, sumOf, toCount } from './model';

export function proRata(wanted: readonly bigint[], supply: bigint, drawFirst: DrawFirst): Shares {
  const total = sumOf(wanted);
  const shares: Shares = { ...noShares(wanted.length), lots: wanted.map((lots) => (lots * supply) / total) };
  const remainders = wanted.map((lots) => (lots * supply) % total);
  const left = toCount(supply - sumOf(shares.lots));
  if (left > 0) {
    const last = lastRemainder(remainders, left);
    const larger = positionsOf(remainders, (remainder) => remainder > last);
    const equal = positionsOf(remainders, (remainder) => remainder === last);
    addWinners(
      shares,
      larger,
      larger.map((_, n) => n),
    );
    addWinners(shares, equal, drawFirst(equal, left - larger.length));
  }
  return { ...shares, tickets: positionsOf(remainders, (remainder) => remainder > 0n).length };
}

/** The smallest remainder that still gets a lot. The lots left are the remainders' sum ÷ Σa, so that there are more remainders than lots. */
function lastRemainder(remainders: readonly bigint[], left: number): bigint {
  let passed = 0;
  for (const [remainder, count] of histogramOf(remainders).reverse()) {
    passed += count;
    if (passed >= left) return remainder;
  }
  throw new RangeError('There are fewer applicants than lots left.');
}
