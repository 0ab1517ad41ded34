import { addDays, dateOf, daysInMonth, type IsoDate, yearOf } from './dates';
import { dealingDayFrom } from './dealing-days';
import { type HolidayCalendar, ruleCalendar } from './holidays';

/** A day of the year on which a class has a record date 決算日, from a date on. */
export type RecordDay = { month: number; day: number; since: IsoDate };

/**
 * The record dates between two dates, both included: each year on its day, or on the last of a month that is shorter, moved to the next dealing day where
 * it is none. `record_dates` in db/functions/dealing-calendar.sql is the same, from the table of holidays.
 */
export function recordDates(
  days: readonly RecordDay[],
  from: IsoDate,
  to: IsoDate,
  calendar: HolidayCalendar = ruleCalendar,
): IsoDate[] {
  const years = Array.from({ length: yearOf(to) - yearOf(from) + 2 }, (_, n) => yearOf(from) - 1 + n);
  return days
    .flatMap(({ month, day, since }) =>
      years
        .map((year) => dateOf(year, month, Math.min(day, daysInMonth(year, month))))
        .filter((asked) => asked >= since && asked >= addDays(from, -30) && asked <= to),
    )
    .map((asked) => dealingDayFrom(asked, calendar))
    .filter((date) => date >= from && date <= to)
    .sort();
}

/** The next one from a date on; null where none is to come. */
export const nextRecordDate = (
  days: readonly RecordDay[],
  from: IsoDate,
  calendar: HolidayCalendar = ruleCalendar,
): IsoDate | null => recordDates(days, from, addDays(from, 400), calendar)[0] ?? null;
