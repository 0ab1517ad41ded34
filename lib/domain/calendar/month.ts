/** Months of the calendar, YYYY-MM, laid out in weeks that begin on Sunday, as calendars on walls do in both countries. */
import { addDays, dateOf, datesBetween, daysInMonth, type IsoDate, weekday } from './dates';

export type IsoMonth = string;

export const monthOf = (date: IsoDate): IsoMonth => date.slice(0, 7);

const parts = (month: IsoMonth): [year: number, month: number] => [Number(month.slice(0, 4)), Number(month.slice(5))];

export function addMonths(month: IsoMonth, count: number): IsoMonth {
  const [year, number] = parts(month);
  return monthOf(dateOf(year, number + count, 1));
}

/** The month that a text names; null where it names none. */
export const readMonth = (text: string | undefined): IsoMonth | null =>
  text !== undefined && /^20\d{2}-(0[1-9]|1[0-2])$/.test(text) ? text : null;

/** The dates of a month by week, Sunday first; null where a week reaches into another month. */
export function weeksOf(month: IsoMonth): (IsoDate | null)[][] {
  const [year, number] = parts(month);
  const first = dateOf(year, number, 1);
  const days = datesBetween(first, addDays(first, daysInMonth(year, number) - 1));
  const padded = [...Array<null>(weekday(first)).fill(null), ...days];
  const weeks: (IsoDate | null)[][] = [];
  for (let start = 0; start < padded.length; start += 7) {
    const week = padded.slice(start, start + 7);
    weeks.push([...week, ...Array<null>(7 - week.length).fill(null)]);
  }
  return weeks;
}
