/**
 * The gate of a day's redemptions (DOMAIN §7): no more than a tenth of the class (the covenant says how much) is redeemed in a day. What was deferred
 * on earlier days goes first, the earliest day first; within a day everybody's redemption is cut in the same proportion, and the parts that rounding
 * leaves go one each to the largest remainders, equal ones in the order in which they were accepted.
 */
import type { IsoDate } from '../calendar/dates';
import { floorDiv, least } from '../money/rounding';

export type Redeeming = {
  id: string;
  /** Grows with acceptance. */
  number: bigint;
  /** The dealing day for which it was placed. */
  since: IsoDate;
  /** Units that have not been dealt yet. */
  units: bigint;
};

/** The most that may be redeemed in a day, down to the smallest part, but never nothing: otherwise the last units of a class could not leave. */
export function gateUnits(issuedUnits: bigint, gateE4: bigint): bigint {
  const most = floorDiv(issuedUnits * gateE4, 10_000n);
  return most > 0n ? most : issuedUnits > 0n ? 1n : 0n;
}

const sumOf = (redeeming: readonly Redeeming[]) => redeeming.reduce((sum, { units }) => sum + units, 0n);

/** How many units of each are dealt today. Those that are left out are deferred as a whole. */
export function passGate(redeeming: readonly Redeeming[], capacity: bigint): Map<string, bigint> {
  const dealt = new Map<string, bigint>();
  let left = capacity;
  const days = [...new Set(redeeming.map(({ since }) => since))].sort();
  for (const day of days) {
    const group = redeeming.filter(({ since }) => since === day);
    const wanted = sumOf(group);
    const share =
      wanted <= left ? new Map(group.map(({ id, units }) => [id, units])) : inProportion(group, left, wanted);
    for (const [id, units] of share) dealt.set(id, units);
    left -= least(wanted, left);
  }
  return dealt;
}

function inProportion(group: readonly Redeeming[], supply: bigint, wanted: bigint): Map<string, bigint> {
  const shares = group.map((one) => ({
    ...one,
    floor: (one.units * supply) / wanted,
    remainder: (one.units * supply) % wanted,
  }));
  const given = shares.reduce((sum, { floor }) => sum + floor, 0n);
  const ranked = shares.toSorted((a, b) =>
    a.remainder === b.remainder ? Number(a.number - b.number) : a.remainder > b.remainder ? -1 : 1,
  );
  // The remainders sum to what is left times `wanted`, so there are more of them than parts left.
  const extra = new Set(ranked.slice(0, Number(supply - given)).map(({ id }) => id));
  return new Map(shares.map(({ id, floor }) => [id, floor + (extra.has(id) ? 1n : 0n)]));
}
