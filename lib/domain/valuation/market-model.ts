/**
 * What drives the simulation: returns and the mid rate of each dealing day. The same seed and date give the same on every machine, for ever: steps
 * come from SHA-256 and everything is counted in integers. Another model is another object of this shape.
 */
import { sha256 } from '../allotment/sha256';
import type { IsoDate } from '../calendar/dealing-days';
import type { ProjectSector } from '../states';

export type MarketModel = {
  /** What a valuation says that it was made with. */
  name: string;
  /** Mid rate 仲値 of a dealing day, yen for a dollar × 10,000, after that of the day before. Null: none was fixed. */
  midRate(date: IsoDate, previousE4: bigint): bigint | null;
  /** Return of a sector on a dealing day, in millionths. Valuations are checked against it. */
  sectorReturnE6(date: IsoDate, sector: ProjectSector): bigint;
  /** Return of one project: its sector's and its own. Valuations are made with it. */
  projectReturnE6(date: IsoDate, project: { slug: string; sector: ProjectSector }): bigint;
  /** Interest on the fund's money and on its debt: millionths a year. */
  cashRateE6: bigint;
  debtRateE6: bigint;
};

/** Drawn back to it, so that the rate stays believable for years. */
const HOME_RATE_E4 = 1_520_000n;
/** About 9 % a year on projects over 235 dealing days, in millionths a day. */
const DRIFT_E6 = 370n;

/** A step between −510 and 510 with a bell's shape: the sum of four bytes, whose standard deviation is about 148. */
export function step(seed: string, name: string, date: IsoDate): bigint {
  const bytes = sha256(new TextEncoder().encode(`${seed} ${name} ${date}`));
  return BigInt((bytes[0] ?? 0) + (bytes[1] ?? 0) + (bytes[2] ?? 0) + (bytes[3] ?? 0) - 510);
}

/** A walk: one step of the whole market, one of each sector, one of each project. About 0.65 % a day on all projects together. */
export function walk(seed: string): MarketModel {
  const sectorReturnE6 = (date: IsoDate, sector: ProjectSector) =>
    DRIFT_E6 + 40n * step(seed, 'market', date) + 15n * step(seed, `sector ${sector}`, date);
  return {
    name: `walk-1 ${seed}`,
    midRate: (date, previousE4) => previousE4 + 27n * step(seed, 'usd/jpy', date) - (previousE4 - HOME_RATE_E4) / 50n,
    sectorReturnE6,
    projectReturnE6: (date, { slug, sector }) =>
      sectorReturnE6(date, sector) + 5n * step(seed, `project ${slug}`, date),
    cashRateE6: 40_000n,
    debtRateE6: 45_000n,
  };
}

/** What drives the demonstration. */
export const DEMONSTRATION = walk('wakachi');
