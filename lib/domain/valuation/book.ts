/**
 * The fund's books from one dealing day to the next: projects move by the market model, money earns and debt costs interest for each calendar day, the
 * trust fee accrues and is paid when a month is over. Sums are US cents.
 */
import type { IsoDate } from '../calendar/dealing-days';
import { ceilDiv, floorDiv, halfUpDiv } from '../money/rounding';
import type { ProjectSector } from '../states';
import type { MarketModel } from './market-model';
import type { ClassUnits } from './net-assets';

export type Mark = { projectId: number; slug: string; sector: ProjectSector; valueUsdMinor: bigint };

export type Book = {
  date: IsoDate;
  marks: readonly Mark[];
  cashUsdMinor: bigint;
  debtUsdMinor: bigint;
  feesUsdMinor: bigint;
  netAssetsUsdMinor: bigint;
};

const MILLION = 1_000_000n;
const YEAR_DAYS = 365n;
const DAY_MS = 86_400_000;

const daysBetween = (from: IsoDate, to: IsoDate): bigint =>
  BigInt(Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / DAY_MS));

const grown = (value: bigint, returnE6: bigint): bigint => halfUpDiv(value * (MILLION + returnE6), MILLION);

/**
 * The book on a later day, without its net assets, which need the day's units and rate. Marks are rounded half up to the cent; interest received
 * down and interest paid up, and the fee up, so that no rounding flatters the fund.
 */
export function rollBook(
  book: Book,
  date: IsoDate,
  model: MarketModel,
  trustFeeE6: bigint,
): Omit<Book, 'netAssetsUsdMinor'> {
  const days = daysBetween(book.date, date);
  if (days <= 0n) throw new RangeError('A book goes forward in time.');
  const received = floorDiv(book.cashUsdMinor * model.cashRateE6 * days, MILLION * YEAR_DAYS);
  const paid = ceilDiv(book.debtUsdMinor * model.debtRateE6 * days, MILLION * YEAR_DAYS);
  const feePaid = date.slice(0, 7) === book.date.slice(0, 7) ? 0n : book.feesUsdMinor;
  const fee = ceilDiv(book.netAssetsUsdMinor * trustFeeE6 * days, MILLION * YEAR_DAYS);
  return {
    date,
    marks: book.marks.map((mark) => ({
      ...mark,
      valueUsdMinor: grown(mark.valueUsdMinor, model.projectReturnE6(date, mark)),
    })),
    cashUsdMinor: book.cashUsdMinor + received - paid - feePaid,
    debtUsdMinor: book.debtUsdMinor,
    feesUsdMinor: book.feesUsdMinor - feePaid + fee,
  };
}

export const portfolioOf = (marks: readonly Mark[]): bigint =>
  marks.reduce((sum, { valueUsdMinor }) => sum + valueUsdMinor, 0n);

/**
 * Marks that sum to `portfolioUsdMinor`, in the proportion of those given: each rounded down, and the first takes the rest. For a value that somebody
 * else has found (an import, a correction). Throws a RangeError where there is nothing to scale.
 */
export function scaleMarks(marks: readonly Mark[], portfolioUsdMinor: bigint): Mark[] {
  const before = portfolioOf(marks);
  if (before <= 0n) throw new RangeError('There is no portfolio to scale.');
  const scaled = marks.map((mark) => ({
    ...mark,
    valueUsdMinor: floorDiv(mark.valueUsdMinor * portfolioUsdMinor, before),
  }));
  const rest = portfolioUsdMinor - portfolioOf(scaled);
  return scaled.map((mark, index) => (index === 0 ? { ...mark, valueUsdMinor: mark.valueUsdMinor + rest } : mark));
}

/**
 * The price of a class that the model expects on the day: the one before, moved by what the sectors did to the net assets, and for a class in yen by
 * the rate. It knows nothing of single projects, interest, fees or new units, which is why a sound valuation is near it and not on it. Half up; null
 * where there is no rate, or nothing to start from.
 */
export function modelPrice(
  book: Book,
  date: IsoDate,
  model: MarketModel,
  { currency }: Pick<ClassUnits, 'currency'>,
  before: { price: bigint; jpyPerUsdE4: bigint },
  jpyPerUsdE4: bigint | null,
): bigint | null {
  if (jpyPerUsdE4 === null || book.netAssetsUsdMinor <= 0n) return null;
  const gain = book.marks.reduce(
    (sum, { sector, valueUsdMinor }) => sum + valueUsdMinor * model.sectorReturnE6(date, sector),
    0n,
  );
  const now = book.netAssetsUsdMinor * MILLION + gain;
  const then = book.netAssetsUsdMinor * MILLION;
  return currency === 'USD'
    ? halfUpDiv(before.price * now, then)
    : halfUpDiv(before.price * now * jpyPerUsdE4, then * before.jpyPerUsdE4);
}
