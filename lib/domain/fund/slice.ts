/**
 * What part of the fund a sum is: the numbers and the angles behind the slice, the site's one picture. A slice is measured against the
 * original investment, because that is how income is shared (DOMAIN §9).
 */
import type { Currency, OwnerGroup } from '@/lib/domain/states';

/** Original investment of an owner group, US cents. */
export type OwnerStake = { group: OwnerGroup; committedUsdMinor: bigint };

export type Slice = {
  fundUsdMinor: bigint;
  /** What is set aside for citizens, US cents, and as parts of ten thousand of the fund. */
  citizensUsdMinor: bigint;
  citizensShareE4: bigint;
  amountUsdMinor: bigint;
  /** The sum is one part in so many of the fund, and of the citizens' part. */
  partsOfFund: bigint;
  partsOfCitizens: bigint;
  /** Of `incomeUsdMinor` that the fund shares out, the sum's part is `incomePartUsdMinor`. */
  incomeUsdMinor: bigint;
  incomePartUsdMinor: bigint;
};

const ONE_DOLLAR = 100n;

/** `a / b` to the nearest integer, halves up. Both are positive. */
const nearest = (a: bigint, b: bigint): bigint => (2n * a + b) / (2n * b);

/** A sum in US cents at the dated mid rate (yen for a dollar × 10,000), to the nearest cent: for pictures and comparisons, never for a deal. */
export function toUsdMinor(amountMinor: bigint, currency: Currency, jpyPerUsdE4: bigint): bigint {
  return currency === 'USD' ? amountMinor : nearest(amountMinor * 10_000n * 100n, jpyPerUsdE4);
}

/**
 * The slice that `amountUsdMinor` is. Counts of parts are to the nearest whole; the income is the smallest power of ten dollars of
 * which the sum gets a cent or more, and its part of it is rounded down, so that nothing is promised.
 *
 * Throws a RangeError when the sum is not between one cent and all that is set aside for citizens.
 */
export function sliceOf(owners: readonly OwnerStake[], amountUsdMinor: bigint): Slice {
  const fundUsdMinor = totalOf(owners);
  const citizensUsdMinor = totalOf(owners.filter((owner) => owner.group === 'CITIZENS'));
  if (amountUsdMinor < 1n || amountUsdMinor > citizensUsdMinor) {
    throw new RangeError('A slice is at least one cent and at most what is set aside for citizens.');
  }
  let incomeUsdMinor = ONE_DOLLAR;
  while ((incomeUsdMinor * amountUsdMinor) / fundUsdMinor < 1n) incomeUsdMinor *= 10n;
  return {
    fundUsdMinor,
    citizensUsdMinor,
    citizensShareE4: nearest(citizensUsdMinor * 10_000n, fundUsdMinor),
    amountUsdMinor,
    partsOfFund: nearest(fundUsdMinor, amountUsdMinor),
    partsOfCitizens: nearest(citizensUsdMinor, amountUsdMinor),
    incomeUsdMinor,
    incomePartUsdMinor: (incomeUsdMinor * amountUsdMinor) / fundUsdMinor,
  };
}

export const totalOf = (owners: readonly OwnerStake[]): bigint =>
  owners.reduce((sum, owner) => sum + owner.committedUsdMinor, 0n);

/** Parts of ten thousand that a stake is of all stakes, to the nearest. */
export const stakeE4 = (stake: bigint, total: bigint): bigint => nearest(stake * 10_000n, total);

/** A full turn. Angles are whole millionths of it, so that neighbouring arcs meet exactly and all of them close the ring. */
export const TURN = 1_000_000n;

export type Arc = { from: bigint; to: bigint };

/** One arc a weight, in their order, from 0 to a full turn: each ends where the next begins. Throws a RangeError without a positive weight. */
export function arcsOf(weights: readonly bigint[]): Arc[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('A ring needs weights.');
  let passed = 0n;
  return weights.map((weight) => {
    const from = (passed * TURN) / total;
    passed += weight;
    return { from, to: (passed * TURN) / total };
  });
}

/** An arc widened around its middle to at least `least`, so that it can be seen; the page says when this was done. */
export function visibleArc(arc: Arc, least: bigint): Arc & { widened: boolean } {
  const missing = least - (arc.to - arc.from);
  if (missing <= 0n) return { ...arc, widened: false };
  const from = arc.from - missing / 2n;
  return { from, to: from + least, widened: true };
}
