/** Calendar dates without a zone, and how holidays are counted out of them. */

/** A calendar date, YYYY-MM-DD, in no zone. */
export type IsoDate = string;

const DAY_MS = 86_400_000;

export const isoDate = (at: Date): IsoDate => at.toISOString().slice(0, 10);
const noon = (date: IsoDate): Date => new Date(`${date}T12:00:00Z`);
export const addDays = (date: IsoDate, days: number): IsoDate =>
  isoDate(new Date(noon(date).getTime() + days * DAY_MS));
/** 0 is Sunday. */
export const weekday = (date: IsoDate): number => noon(date).getUTCDay();
export const isWeekend = (date: IsoDate): boolean => weekday(date) === 0 || weekday(date) === 6;
export const yearOf = (date: IsoDate): number => Number(date.slice(0, 4));

export const dateOf = (year: number, month: number, day: number): IsoDate =>
  isoDate(new Date(Date.UTC(year, month - 1, day, 12)));

/** The number of days of a month. */
export const daysInMonth = (year: number, month: number): number => Number(dateOf(year, month + 1, 0).slice(8));

/** All dates from one to another, both included. */
export function datesBetween(from: IsoDate, to: IsoDate): IsoDate[] {
  const dates: IsoDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
}

/** The n-th of a weekday in a month; n = -1 is the last. */
export function nthWeekday(year: number, month: number, wanted: number, n: number): IsoDate {
  if (n < 0) {
    const last = dateOf(year, month + 1, 0);
    return addDays(last, -((weekday(last) - wanted + 7) % 7));
  }
  const first = dateOf(year, month, 1);
  return addDays(first, ((wanted - weekday(first) + 7) % 7) + 7 * (n - 1));
}

/** Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8). */
export function easter(year: number): IsoDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return dateOf(year, month, ((h + l - 7 * m + 114) % 31) + 1);
}
