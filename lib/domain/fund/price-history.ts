/** What part of a class's published prices a reader looks at, and what became of the price in it. */
import { addDays, daysInMonth, type IsoDate } from '../calendar/dates';
import { addMonths } from '../calendar/month';
import { halfUpDiv } from '../money/rounding';

export const PERIODS = ['1m', '3m', '6m', '1y', 'all'] as const;
export type Period = (typeof PERIODS)[number];
const MONTHS: Record<Exclude<Period, 'all'>, number> = { '1m': 1, '3m': 3, '6m': 6, '1y': 12 };

type Dated = { date: IsoDate };

export const isPeriod = (value: string): value is Period => PERIODS.some((period) => period === value);

/** The same day of an earlier month; its last day where the month is shorter. */
function monthsBefore(date: IsoDate, months: number): IsoDate {
  const month = addMonths(date.slice(0, 7), -months);
  const last = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)));
  return `${month}-${String(Math.min(last, Number(date.slice(8)))).padStart(2, '0')}`;
}

/**
 * The prices of a period that ends with the newest one, oldest first. It begins with the price that was in force on the day it counts from: that of
 * the day itself, or of the last dealing day before. Empty where the history does not reach back that far.
 */
export function pricesOf<T extends Dated>(prices: readonly T[], period: Period): T[] {
  const newest = prices.at(-1);
  if (!newest || period === 'all') return [...prices];
  const from = monthsBefore(newest.date, MONTHS[period]);
  const first = prices.findLastIndex(({ date }) => date <= from);
  return first < 0 ? [] : prices.slice(first);
}

/** The periods that the history is long enough for. */
export const periodsOf = (prices: readonly Dated[]): Period[] =>
  PERIODS.filter((period) => pricesOf(prices, period).length > 1);

/** Parts of ten thousand of the first price, to the nearest, halves away from nothing. */
export const changeE4 = (first: bigint, last: bigint): bigint => halfUpDiv((last - first) * 10_000n, first);

export type Rhythm = 'day' | 'week' | 'month';
/** Days that a picture as wide as a phone has room for one by one, and week by week. */
const ROOM: readonly (readonly [Rhythm, number])[] = [
  ['day', 35],
  ['week', 100],
];

export function rhythmOf(from: IsoDate, to: IsoDate): Rhythm {
  return ROOM.find(([, days]) => to <= addDays(from, days))?.[0] ?? 'month';
}

const DAY_MS = 86_400_000;
/** The first of January 1970 was a Thursday; weeks begin on Monday. */
const weekOf = (date: IsoDate): number => Math.floor((Date.parse(date) / DAY_MS + 3) / 7);
const PARTS: Record<Rhythm, (date: IsoDate) => string | number> = {
  day: (date) => date,
  week: weekOf,
  month: (date) => date.slice(0, 7),
};

/** The last point of each day, week, or month; what a table has room for. */
export function endsOf<T extends Dated>(points: readonly T[], rhythm: Rhythm): T[] {
  const part = PARTS[rhythm];
  return points.filter(({ date }, i) => {
    const next = points[i + 1];
    return !next || part(next.date) !== part(date);
  });
}
