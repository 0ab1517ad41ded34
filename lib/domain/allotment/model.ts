/**
 * What all methods of allotment share (DOMAIN §5, TRUST A1–A5). An allotment is a pure function of the sale's terms, the applicants, the seed
 * and RULE_VERSION. The batch that allots a million applicants is SQL (db/functions); this is what it is held against, and what anyone runs who
 * checks a draw.
 */
import type { OfferingMethod } from '../states';

/** Grows with any change of what comes out: a method, an order of draw, an encoding. A published result names the version it was made under. */
export const RULE_VERSION = 1;

export const ALLOTMENT_METHODS = [
  'QUANTITY_CEILING',
  'PRO_RATA',
  'MINIMUM_LOT',
  'BALLOT',
] as const satisfies readonly OfferingMethod[];
export type AllotmentMethod = (typeof ALLOTMENT_METHODS)[number];

/** A person, under a number that says nothing about them (pseudonym.ts), and the units that they ask for, a multiple of the lot. */
export type Applicant = { id: string; units: bigint };

export type Sale = {
  method: AllotmentMethod;
  lotUnits: bigint;
  offeredUnits: bigint;
  /** Declared beforehand; used only as far as demand needs it. */
  upsizeUnits: bigint;
};

/**
 * Picks `take` of the tickets by draw and gives the positions of those that win. Ticket n is of applicant `owners[n]`; `numbers[n]` tells
 * several tickets of one applicant apart, and is 0 for a person's only ticket.
 */
export type DrawFirst = (owners: Uint32Array, take: number, numbers?: Uint32Array) => Uint32Array;

/** How one method shares out `supply` lots, when they are fewer than are wanted. Lots, by the position of the applicant. */
export type Method = (wanted: readonly bigint[], supply: bigint, drawFirst: DrawFirst) => Shares;

export type Shares = {
  lots: bigint[];
  /** Lots of each applicant that came by draw or as a largest remainder, among those in `lots`. */
  extra: Uint32Array;
  /** Lots that nobody gets more than, but for one by draw; null where the method knows no ceiling. */
  ceiling: bigint | null;
  /** How many lots went out by draw or as largest remainders, and how many tickets stood for them. */
  extraLots: number;
  tickets: number;
};

/** Counts of people and of lots that are drawn one by one stay far below 2^53; what does not is a bigint. */
export function toCount(lots: bigint): number {
  if (lots < 0n || lots > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('Not a count.');
  return Number(lots);
}

export function sumOf(values: readonly bigint[]): bigint {
  let sum = 0n;
  for (const value of values) sum += value;
  return sum;
}

/** Positions of the values for which `holds`. */
export function positionsOf(values: readonly bigint[], holds: (value: bigint) => boolean): Uint32Array {
  const found = new Uint32Array(values.length);
  let count = 0;
  for (let n = 0; n < values.length; n += 1) {
    if (holds(values[n] as bigint)) {
      found[count] = n;
      count += 1;
    }
  }
  return found.slice(0, count);
}

/** How often each value stands there, by ascending value. */
export function histogramOf(values: readonly bigint[]): [value: bigint, count: number][] {
  const counts = new Map<bigint, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** One lot each to some that win a draw: the part that all methods share when there are more applicants than lots. */
export function oneLotByDraw(wanted: readonly bigint[], supply: bigint, drawFirst: DrawFirst): Shares {
  const wanting = positionsOf(wanted, (lots) => lots > 0n);
  const shares = noShares(wanted.length);
  addWinners(shares, wanting, drawFirst(wanting, toCount(supply)));
  return shares;
}

export const noShares = (count: number): Shares => ({
  lots: new Array<bigint>(count).fill(0n),
  extra: new Uint32Array(count),
  ceiling: null,
  extraLots: 0,
  tickets: 0,
});

/** One lot more for the owner of each winning ticket. */
export function addWinners(shares: Shares, owners: Uint32Array, winners: Uint32Array): void {
  for (const ticket of winners) {
    const owner = owners[ticket] as number;
    shares.lots[owner] = (shares.lots[owner] as bigint) + 1n;
    shares.extra[owner] = (shares.extra[owner] as number) + 1;
  }
  shares.extraLots += winners.length;
  shares.tickets += owners.length;
}
