/**
 * The covenant's limits as data and the check against them (DOMAIN §11). The database checks the same with `covenant_breach` when an act is
 * proposed and again when it is executed; a property test holds the two together.
 */
import { COVENANT_LIMITS, type CovenantLimit } from '../states';

/** Parts of ten thousand. */
export type Limits = Record<CovenantLimit, bigint>;

/** Sums in US cents, units in smallest parts: what is measured against the limits. */
export type CovenantFigures = {
  debtUsdMinor: bigint;
  committedUsdMinor: bigint;
  citizensUsdMinor: bigint;
  /** Promised to projects, by sector and by US state. */
  sectors: readonly bigint[];
  states: readonly bigint[];
  /** The personal maximum of each offering that is approved or open, beside its size. */
  offerings: readonly { maxUnits: bigint; sizeUnits: bigint }[];
};

export type Breach = { limit: CovenantLimit; limitE4: bigint; actualE4: bigint; byE4: bigint };

/** RETAIL_SHARE is a floor; everything else is a ceiling. */
export const isFloor = (limit: CovenantLimit): boolean => limit === 'RETAIL_SHARE';

/** Looked at when a day is valued; there is no value of it at any other moment. */
export const isOfEachDay = (limit: CovenantLimit): boolean => limit === 'NAV_TOLERANCE' || limit === 'NAV_JUMP';

/** Rounded against the fund: what is over a limit by a hair is over it. An amount of nothing is nothing. */
const up = (part: bigint, whole: bigint): bigint => (whole === 0n ? 0n : (part * 10_000n + whole - 1n) / whole);
const down = (part: bigint, whole: bigint): bigint => (whole === 0n ? 0n : (part * 10_000n) / whole);
function greatest(values: readonly bigint[]): bigint {
  let most = 0n;
  for (const value of values) if (value > most) most = value;
  return most;
}

/**
 * The live value of each limit, parts of ten thousand. The gate limits a day's redemptions, which there are none of before dealing starts; the limits
 * of a day's value are held by its own check (lib/domain/valuation/check.ts), because both sides together may publish what is past them.
 */
export function covenantValues(figures: CovenantFigures): Limits {
  const assets = figures.committedUsdMinor + figures.debtUsdMinor;
  return {
    LEVERAGE: up(figures.debtUsdMinor, figures.committedUsdMinor),
    SECTOR_SHARE: up(greatest(figures.sectors), assets),
    STATE_SHARE: up(greatest(figures.states), assets),
    RETAIL_SHARE: down(figures.citizensUsdMinor, figures.committedUsdMinor),
    PERSON_CAP: greatest(figures.offerings.map(({ maxUnits, sizeUnits }) => up(maxUnits, sizeUnits))),
    GATE: 0n,
    NAV_TOLERANCE: 0n,
    NAV_JUMP: 0n,
  };
}

/** The first limit that does not hold, in the order of COVENANT_LIMITS, and by how much. */
export function covenantBreach(values: Limits, limits: Limits): Breach | null {
  for (const limit of COVENANT_LIMITS) {
    const [actualE4, limitE4] = [values[limit], limits[limit]];
    const byE4 = isFloor(limit) ? limitE4 - actualE4 : actualE4 - limitE4;
    if (byE4 > 0n) return { limit, limitE4, actualE4, byE4 };
  }
  return null;
}
