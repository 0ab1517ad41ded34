/** The days on which both markets are open (DOMAIN §2), and why another one is skipped. */
import type { Country } from '../states';
import { addDays, type IsoDate, isWeekend } from './dates';
import { type HolidayCalendar, ruleCalendar } from './holidays';
import type { HolidayName } from './one-off';

export { addDays, type IsoDate, isoDate } from './dates';
export { marketHolidays } from './holidays';

export type Closure = { why: 'WEEKEND' } | { why: 'HOLIDAY'; country: Country; name: HolidayName };

/** All that keeps a date from being a dealing day, a weekend first; empty for a dealing day. */
export const closuresOn = (date: IsoDate, calendar: HolidayCalendar = ruleCalendar): Closure[] => [
  ...(isWeekend(date) ? [{ why: 'WEEKEND' } as const] : []),
  ...calendar(date).map(({ country, name }) => ({ why: 'HOLIDAY', country, name }) as const),
];

/** Neither market has a holiday, and it is no Saturday or Sunday. */
export const isDealingDay = (date: IsoDate, calendar: HolidayCalendar = ruleCalendar): boolean =>
  !isWeekend(date) && calendar(date).length === 0;

/** The one country's market is open, whatever the other one does. */
export const isMarketOpen = (country: Country, date: IsoDate, calendar: HolidayCalendar = ruleCalendar): boolean =>
  !isWeekend(date) && calendar(date).every((holiday) => holiday.country !== country);

/** All dealing days from one date to another, both included, in order. */
export function dealingDays(from: IsoDate, to: IsoDate, calendar: HolidayCalendar = ruleCalendar): IsoDate[] {
  const days: IsoDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) if (isDealingDay(date, calendar)) days.push(date);
  return days;
}

/** The date itself if it is a dealing day, or the next that is. */
export function dealingDayFrom(date: IsoDate, calendar: HolidayCalendar = ruleCalendar): IsoDate {
  let day = date;
  while (!isDealingDay(day, calendar)) day = addDays(day, 1);
  return day;
}
