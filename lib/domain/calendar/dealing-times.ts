/**
 * What an order that arrives now would meet (DOMAIN §2, §5–§7): which cut-off 締切時間, which dealing day 約定日, which settlement day 受渡日, and why
 * days in between are skipped. Instants are exact; a page shows them by the clocks of both markets. Offsets from UTC come from the zone's own
 * history, so summer time is right in every year that the runtime knows.
 */
import { instantOf, localText } from '../offerings/local-time';
import type { Country } from '../states';
import { addDays, type IsoDate } from './dates';
import { type Closure, closuresOn, dealingDayFrom, isMarketOpen } from './dealing-days';
import { type HolidayCalendar, ruleCalendar } from './holidays';

/** A unit class as the calendar sees it. */
export type DealingClass = {
  /** Whose market's days settlement is counted in. */
  country: Country;
  timeZone: string;
  /** HH:MM by the clocks of the zone. */
  cutOff: string;
  /** Market days from dealing to settlement. */
  settlementDays: number;
};

export type DealingDay = {
  dealingDate: IsoDate;
  /** Orders that arrive before this instant deal at the day's price; one that arrives at it does not. */
  cutOffAt: Date;
  /** When a purchase is settled 受渡. */
  settlementDate: IsoDate;
  /** When the money of a redemption is paid: the settlement day, but seven days after the dealing day at the latest. */
  payoutDate: IsoDate;
};

export type SkippedDay =
  | { date: IsoDate; why: 'CUT_OFF_PASSED' }
  | { date: IsoDate; why: 'CLOSED'; closures: Closure[] };

export type DealingTimes = DealingDay & {
  /** 申込日: the date of the order by the clocks of the class's market. */
  applicationDate: IsoDate;
  /** Every date from the application to the day before the dealing day. */
  skipped: SkippedDay[];
};

export const MAX_PAYOUT_DAYS = 7;

export function cutOffAt(date: IsoDate, { timeZone, cutOff }: DealingClass): Date {
  const at = instantOf(`${date}T${cutOff}`, timeZone);
  if (!at) throw new RangeError(`There is no ${cutOff} on ${date} in ${timeZone}.`);
  return at;
}

/** The n-th day after the dealing day on which the class's own market is open: money moves by its banks. */
export function settlementDateOf(date: IsoDate, unitClass: DealingClass, calendar = ruleCalendar): IsoDate {
  let day = date;
  for (let left = unitClass.settlementDays; left > 0; ) {
    day = addDays(day, 1);
    if (isMarketOpen(unitClass.country, day, calendar)) left -= 1;
  }
  return day;
}

/**
 * Where a long holiday would put settlement past the seventh day, it is the last open day before that, or, when the market does not open at all, the
 * seventh day itself.
 */
export function payoutDateOf(date: IsoDate, unitClass: DealingClass, calendar = ruleCalendar): IsoDate {
  const last = addDays(date, MAX_PAYOUT_DAYS);
  const settlement = settlementDateOf(date, unitClass, calendar);
  if (settlement <= last) return settlement;
  let day = last;
  while (day > date && !isMarketOpen(unitClass.country, day, calendar)) day = addDays(day, -1);
  return day > date ? day : last;
}

export const dealingDayOf = (date: IsoDate, unitClass: DealingClass, calendar = ruleCalendar): DealingDay => ({
  dealingDate: date,
  cutOffAt: cutOffAt(date, unitClass),
  settlementDate: settlementDateOf(date, unitClass, calendar),
  payoutDate: payoutDateOf(date, unitClass, calendar),
});

/** The dealing day of an order that arrives at this instant. */
export function dealingTimes(
  at: Date,
  unitClass: DealingClass,
  calendar: HolidayCalendar = ruleCalendar,
): DealingTimes {
  const applicationDate = localText(at, unitClass.timeZone).slice(0, 10);
  const inTime = at < cutOffAt(applicationDate, unitClass);
  const dealingDate = dealingDayFrom(inTime ? applicationDate : addDays(applicationDate, 1), calendar);
  const skipped: SkippedDay[] = [];
  for (let date = applicationDate; date < dealingDate; date = addDays(date, 1)) {
    const closures = closuresOn(date, calendar);
    skipped.push(closures.length > 0 ? { date, why: 'CLOSED', closures } : { date, why: 'CUT_OFF_PASSED' });
  }
  return { applicationDate, skipped, ...dealingDayOf(dealingDate, unitClass, calendar) };
}
