/** One allotment, by the method that the sale names. */
import { floorToStep } from '../money/rounding';
import { ballot } from './ballot';
import { drawAmong } from './draw';
import { minimumLot } from './minimum-lot';
import type { AllotmentMethod, Applicant, DrawFirst, Method, Sale, Shares } from './model';
import { noShares, sumOf } from './model';
import { proRata } from './pro-rata';
import { quantityCeiling } from './quantity-ceiling';

const METHODS: Record<AllotmentMethod, Method> = {
  QUANTITY_CEILING: quantityCeiling,
  PRO_RATA: proRata,
  MINIMUM_LOT: minimumLot,
  BALLOT: ballot,
};

export type Allotment = {
  /** Units of each applicant, by position. */
  units: bigint[];
  /** Lots of each applicant, among those units, that came by draw or as a largest remainder. */
  extra: Uint32Array;
  askedUnits: bigint;
  allottedUnits: bigint;
  upsizeUsedUnits: bigint;
  /** Of the quantity ceiling, where demand made one; else null. 0 where not everybody can get one lot. */
  ceilingUnits: bigint | null;
  /** Lots given by draw or as largest remainders, and the tickets that stood for them. */
  extraLots: number;
  tickets: number;
};

/** Throws a RangeError when an applicant's id or units are not what the rules take, or an id comes twice (名寄せ: applicants.ts). */
export function allot(sale: Sale, applicants: readonly Applicant[], seed: string): Allotment {
  return allotWith(sale, applicants, drawAmong(applicants, seed));
}

/** Everything that does not depend on who wins a draw is the same for any `drawFirst`. */
export function allotWith(sale: Sale, applicants: readonly Applicant[], drawFirst: DrawFirst): Allotment {
  assertApplicants(sale, applicants);
  const { lotUnits } = sale;
  const wanted = applicants.map(({ units }) => units / lotUnits);
  const demand = sumOf(wanted);
  const supply = supplyUnits(sale) / lotUnits;
  const shares: Shares =
    demand <= supply ? { ...noShares(wanted.length), lots: wanted } : METHODS[sale.method](wanted, supply, drawFirst);
  const allottedUnits = sumOf(shares.lots) * lotUnits;
  return {
    units: shares.lots.map((lots) => lots * lotUnits),
    extra: shares.extra,
    askedUnits: demand * lotUnits,
    allottedUnits,
    upsizeUsedUnits: allottedUnits > sale.offeredUnits ? allottedUnits - sale.offeredUnits : 0n,
    ceilingUnits: shares.ceiling === null ? null : shares.ceiling * lotUnits,
    extraLots: shares.extraLots,
    tickets: shares.tickets,
  };
}

/** The most that can be allotted: the offer and its whole upsize, down to the lot, since only whole lots are sold (A1). */
export const supplyUnits = ({ offeredUnits, upsizeUnits, lotUnits }: Sale): bigint =>
  floorToStep(offeredUnits + upsizeUnits, lotUnits);

function assertApplicants({ lotUnits }: Sale, applicants: readonly Applicant[]): void {
  const seen = new Set<string>();
  for (const { id, units } of applicants) {
    if (!/^[0-9a-f]{32}$/.test(id)) throw new RangeError(`Not an applicant's number: ${id}`);
    if (units < 0n || units % lotUnits !== 0n) throw new RangeError(`${id} asks for ${units}: not whole lots.`);
    seen.add(id);
  }
  if (seen.size !== applicants.length) throw new RangeError('An applicant is listed twice.');
}
