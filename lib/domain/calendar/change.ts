/**
 * A market's holiday that is added or taken away for one date (DOMAIN §11), and what follows for orders that wait. execute-holiday-change.sql is the same
 * against the table of holidays; tests hold the two together.
 */
import { instantOf } from '../offerings/local-time';
import type { Country, Locale } from '../states';
import { addDays, type IsoDate, isWeekend } from './dates';
import { dealingDayFrom } from './dealing-days';
import { cutOffAt, type DealingClass } from './dealing-times';
import type { Holiday, HolidayCalendar } from './holidays';
import type { HolidayName } from './one-off';

export type CalendarChange = { country: Country; day: IsoDate; change: 'ADD' | 'REMOVE'; name: HolidayName };

/** What a change that was carried out moves, as those concerned are told: the dealing day of orders, the day of their money alone, or that of a plan's next order. */
export type MovedDays = {
  className: Record<Locale, string>;
  about: 'ORDER' | 'MONEY' | 'PLAN';
  buys: boolean;
  fromDay: IsoDate;
  toDay: IsoDate;
  /** When the cash changes hands; null of plans. */
  moneyFrom: IsoDate | null;
  moneyTo: IsoDate | null;
  /** When orders of the new day close. */
  cutOffAt: Date;
  country: Country;
  holiday: IsoDate;
  change: CalendarChange['change'];
  holidayName: Record<Locale, string>;
  reason: Record<Locale, string>;
};

/** The calendar as it will be. */
export const changedCalendar =
  (calendar: HolidayCalendar, { country, day, change, name }: CalendarChange): HolidayCalendar =>
  (date): readonly Holiday[] => {
    if (date !== day) return calendar(date);
    const others = calendar(date).filter((holiday) => holiday.country !== country);
    return change === 'ADD' ? [...others, { country, day, name }] : others;
  };

/**
 * The day on which an order deals that was accepted for `accepted`: the first dealing day from there on. So it never deals before the day it was accepted
 * for, whatever is added and taken away, and what is taken back leaves no trace.
 */
export const dealsOn = (accepted: IsoDate, calendar: HolidayCalendar): IsoDate => dealingDayFrom(accepted, calendar);

function dayBegins(day: IsoDate, timeZone: string): Date {
  const at = instantOf(`${day}T00:00`, timeZone);
  if (!at) throw new RangeError(`There is no midnight of ${day} in ${timeZone}.`);
  return at;
}

const first = (instants: readonly Date[]) => Math.min(...instants.map((at) => at.getTime()));
const last = (instants: readonly Date[]) => Math.max(...instants.map((at) => at.getTime()));

/**
 * The rule of the eve 前日まで: a day can be changed until it begins anywhere in the fund's markets, since from that moment on cash is settled, plans order,
 * and orders close by it. Null, or what stands against the change.
 */
export function refuseCalendarChange(
  { country, day, change, name }: CalendarChange,
  now: Date,
  classes: readonly DealingClass[],
  calendar: HolidayCalendar,
  years: { first: number; last: number },
) {
  const year = Number(day.slice(0, 4));
  if (year < years.first || year > years.last) return 'holiday.beyond-calendar';
  if (isWeekend(day)) return 'holiday.weekend';
  if (now.getTime() >= last(classes.map(({ timeZone }) => dayBegins(addDays(day, 1), timeZone)))) return 'holiday.past';
  if (now.getTime() >= first(classes.map((one) => cutOffAt(day, one)))) return 'holiday.cut-off-passed';
  if (now.getTime() >= first(classes.map(({ timeZone }) => dayBegins(day, timeZone)))) return 'holiday.too-near';
  const listed = calendar(day).find((holiday) => holiday.country === country);
  if (change === 'ADD') return listed ? 'holiday.listed' : null;
  return listed && listed.name.en === name.en && listed.name.ja === name.ja ? null : 'holiday.not-listed';
}
