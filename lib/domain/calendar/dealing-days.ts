/**
 * The days on which both markets are open (DOMAIN §2), for the years that a demonstration covers. Holidays follow each country's rules, so
 * that no table has to be kept; days that a government names for one year alone are not known here.
 */
import { COUNTRIES, type Country } from '../states';

/** A calendar date, YYYY-MM-DD, in no zone. */
export type IsoDate = string;

const DAY_MS = 86_400_000;

export const isoDate = (at: Date): IsoDate => at.toISOString().slice(0, 10);
const noon = (date: IsoDate): Date => new Date(`${date}T12:00:00Z`);
export const addDays = (date: IsoDate, days: number): IsoDate =>
  isoDate(new Date(noon(date).getTime() + days * DAY_MS));
/** 0 is Sunday. */
const weekday = (date: IsoDate): number => noon(date).getUTCDay();

const dateOf = (year: number, month: number, day: number): IsoDate =>
  isoDate(new Date(Date.UTC(year, month - 1, day, 12)));

/** The n-th of a weekday in a month; n = -1 is the last. */
function nthWeekday(year: number, month: number, wanted: number, n: number): IsoDate {
  if (n < 0) {
    const last = dateOf(year, month + 1, 0);
    return addDays(last, -((weekday(last) - wanted + 7) % 7));
  }
  const first = dateOf(year, month, 1);
  return addDays(first, ((wanted - weekday(first) + 7) % 7) + 7 * (n - 1));
}

/** Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8). */
function easter(year: number): IsoDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return dateOf(year, month, ((h + l - 7 * m + 114) % 31) + 1);
}

/** On a Saturday the New York exchange closes the Friday before, on a Sunday the Monday after; a Saturday's New Year is not moved. */
function observed(date: IsoDate): IsoDate {
  if (weekday(date) === 6) return date.endsWith('-01-01') ? date : addDays(date, -1);
  return weekday(date) === 0 ? addDays(date, 1) : date;
}

function newYorkHolidays(year: number): IsoDate[] {
  return [
    observed(dateOf(year, 1, 1)),
    nthWeekday(year, 1, 1, 3),
    nthWeekday(year, 2, 1, 3),
    addDays(easter(year), -2),
    nthWeekday(year, 5, 1, -1),
    observed(dateOf(year, 6, 19)),
    observed(dateOf(year, 7, 4)),
    nthWeekday(year, 9, 1, 1),
    nthWeekday(year, 11, 4, 4),
    observed(dateOf(year, 12, 25)),
  ];
}

/** The day of March or September on which the sun stands over the equator, in Japan's time; right from 1980 to 2099. */
const equinox = (year: number, at2000: number): number =>
  Math.floor(at2000 + 0.242194 * (year - 1980) - Math.floor((year - 1980) / 4));

function tokyoHolidays(year: number): IsoDate[] {
  const named = [
    dateOf(year, 1, 1),
    nthWeekday(year, 1, 1, 2),
    dateOf(year, 2, 11),
    dateOf(year, 2, 23),
    dateOf(year, 3, equinox(year, 20.8431)),
    dateOf(year, 4, 29),
    dateOf(year, 5, 3),
    dateOf(year, 5, 4),
    dateOf(year, 5, 5),
    nthWeekday(year, 7, 1, 3),
    dateOf(year, 8, 11),
    nthWeekday(year, 9, 1, 3),
    dateOf(year, 9, equinox(year, 23.2488)),
    nthWeekday(year, 10, 1, 2),
    dateOf(year, 11, 3),
    dateOf(year, 11, 23),
  ];
  const all = new Set(named);
  // 振替休日: a Sunday's holiday moves to the next day that is none. 国民の休日: a day between two holidays is one.
  for (const date of named) {
    if (weekday(date) === 0) {
      let moved = addDays(date, 1);
      while (all.has(moved)) moved = addDays(moved, 1);
      all.add(moved);
    }
    if (named.includes(addDays(date, 2))) all.add(addDays(date, 1));
  }
  // The exchange's own year end.
  for (const date of [dateOf(year, 12, 31), dateOf(year, 1, 2), dateOf(year, 1, 3)]) all.add(date);
  return [...all];
}

/** The days of a year on which the country's market has a holiday; one that is observed a day early may lie in the year before. */
export const marketHolidays = (country: Country, year: number): IsoDate[] =>
  (country === 'US' ? newYorkHolidays(year) : tokyoHolidays(year)).sort();

const closed = new Map<number, Set<IsoDate>>();

/** Neither market has a holiday, and it is no Saturday or Sunday. */
export function isDealingDay(date: IsoDate): boolean {
  if (weekday(date) === 0 || weekday(date) === 6) return false;
  const year = Number(date.slice(0, 4));
  let holidays = closed.get(year);
  if (!holidays) {
    holidays = new Set(COUNTRIES.flatMap((country) => marketHolidays(country, year)));
    closed.set(year, holidays);
  }
  return !holidays.has(date);
}

/** All dealing days from one date to another, both included, in order. */
export function dealingDays(from: IsoDate, to: IsoDate): IsoDate[] {
  const days: IsoDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) if (isDealingDay(date)) days.push(date);
  return days;
}

/** The date itself if it is a dealing day, or the next that is. */
export function dealingDayFrom(date: IsoDate): IsoDate {
  let day = date;
  while (!isDealingDay(day)) day = addDays(day, 1);
  return day;
}
