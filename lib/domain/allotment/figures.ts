/** The figures of a result notice, and of the preview that operators sign. */
import { type Allotment, allotWith, supplyUnits } from './allot';
import type { Applicant, Sale } from './model';

/** Sizes are banded by lots asked: 1, 2, 3–5, 6–10, 11–20, 21–50, … In SQL: `width_bucket(lots, array[1, 2, 3, 6, 11, 21, …])`. */
const STEPS = [1n, 2n, 5n];

/** The most lots of the band in which `lots` lies. */
export function bandEnd(lots: bigint): bigint {
  for (let scale = 1n; ; scale *= 10n) {
    for (const step of STEPS) if (lots <= step * scale) return step * scale;
  }
}

/** What is known before the draw: it is the same whoever wins. */
export type Preview = {
  /** Persons who ask for a lot or more. */
  applicants: number;
  askedUnits: bigint;
  /** The offer with its whole upsize, in whole lots. */
  supplyUnits: bigint;
  allottedUnits: bigint;
  upsizeUsedUnits: bigint;
  ceilingUnits: bigint | null;
  extraLots: number;
  tickets: number;
  sizes: DemandBand[];
};
export type DemandBand = { toUnits: bigint; applicants: number; askedUnits: bigint };

export type Figures = Omit<Preview, 'sizes'> &
  Success & { sizes: (DemandBand & Success & { allottedUnits: bigint })[] };
/** Persons who got all that they asked, a part of it, and nothing. */
export type Success = { full: number; part: number; none: number };

export function previewOf(sale: Sale, applicants: readonly Applicant[]): Preview {
  const anybody = (_owners: Uint32Array, take: number) => Uint32Array.from({ length: take }, (_, n) => n);
  const { full, part, none, ...known } = figuresOf(sale, applicants, allotWith(sale, applicants, anybody));
  return {
    ...known,
    applicants: full + part + none,
    sizes: known.sizes.map(({ toUnits, applicants: people, askedUnits }) => ({
      toUnits,
      applicants: people,
      askedUnits,
    })),
  };
}

export function figuresOf(sale: Sale, applicants: readonly Applicant[], allotment: Allotment): Figures {
  const bands = new Map<bigint, Figures['sizes'][number]>();
  const success: Success = { full: 0, part: 0, none: 0 };
  applicants.forEach(({ units: asked }, n) => {
    if (asked === 0n) return;
    const got = allotment.units[n] as bigint;
    const toUnits = bandEnd(asked / sale.lotUnits) * sale.lotUnits;
    let band = bands.get(toUnits);
    if (!band) {
      band = { toUnits, applicants: 0, askedUnits: 0n, allottedUnits: 0n, full: 0, part: 0, none: 0 };
      bands.set(toUnits, band);
    }
    const fate = got === asked ? 'full' : got === 0n ? 'none' : 'part';
    band.applicants += 1;
    band.askedUnits += asked;
    band.allottedUnits += got;
    band[fate] += 1;
    success[fate] += 1;
  });
  return {
    applicants: success.full + success.part + success.none,
    askedUnits: allotment.askedUnits,
    supplyUnits: supplyUnits(sale),
    allottedUnits: allotment.allottedUnits,
    upsizeUsedUnits: allotment.upsizeUsedUnits,
    ceilingUnits: allotment.ceilingUnits,
    extraLots: allotment.extraLots,
    tickets: allotment.tickets,
    ...success,
    sizes: [...bands.values()].sort((a, b) => (a.toUnits < b.toUnits ? -1 : 1)),
  };
}
