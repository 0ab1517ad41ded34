/**
 * The holidays of both markets, by each country's rules as they have stood since 2020, so that no table has to be kept for the years to come; what
 * was decided for one date alone is data (one-off.ts). Japan: 国民の祝日に関する法律, and the exchange's own year end. New York: rule 7.2 of the
 * exchange. A day on which a market closes early counts as open.
 */
import { COUNTRIES, type Country } from '../states';
import { addDays, dateOf, easter, type IsoDate, nthWeekday, weekday, yearOf } from './dates';
import { CLOSED_IN_NEW_YORK, type HolidayName, MOVED_IN_JAPAN } from './one-off';

export type Holiday = { country: Country; day: IsoDate; name: HolidayName };

type Named = { day: IsoDate; name: HolidayName };
const named = (day: IsoDate, en: string, ja: string): Named => ({ day, name: { en, ja } });

/** On a Saturday the New York exchange closes the Friday before, on a Sunday the Monday after; a Saturday's New Year is not moved. */
function observed({ day, name }: Named): Named {
  const moved = weekday(day) === 6 && !day.endsWith('-01-01') ? -1 : weekday(day) === 0 ? 1 : 0;
  if (moved === 0) return { day, name };
  return named(addDays(day, moved), `${name.en} (observed)`, `${name.ja}の振替休日`);
}

function newYorkHolidays(year: number): Named[] {
  const rules = [
    observed(named(dateOf(year, 1, 1), 'New Year’s Day', '元日')),
    named(nthWeekday(year, 1, 1, 3), 'Martin Luther King Jr. Day', 'キング牧師記念日'),
    named(nthWeekday(year, 2, 1, 3), 'Washington’s Birthday', 'ワシントン誕生日'),
    named(addDays(easter(year), -2), 'Good Friday', '聖金曜日'),
    named(nthWeekday(year, 5, 1, -1), 'Memorial Day', '戦没将兵追悼記念日'),
    // A holiday of the exchange since 2022.
    ...(year >= 2022 ? [observed(named(dateOf(year, 6, 19), 'Juneteenth', '奴隷解放記念日'))] : []),
    observed(named(dateOf(year, 7, 4), 'Independence Day', '独立記念日')),
    named(nthWeekday(year, 9, 1, 1), 'Labor Day', 'レイバーデー'),
    named(nthWeekday(year, 11, 4, 4), 'Thanksgiving Day', '感謝祭'),
    observed(named(dateOf(year, 12, 25), 'Christmas Day', 'クリスマス')),
  ];
  const once = Object.entries(CLOSED_IN_NEW_YORK)
    .filter(([day]) => yearOf(day) === year)
    .map(([day, name]) => ({ day, name }));
  return [...rules, ...once];
}

/** The day of March or September on which the sun stands over the equator, in Japan's time; right from 1980 to 2099. */
const equinox = (year: number, at2000: number): number =>
  Math.floor(at2000 + 0.242194 * (year - 1980) - Math.floor((year - 1980) / 4));

const statutory = (year: number): Named[] => [
  named(dateOf(year, 1, 1), 'New Year’s Day', '元日'),
  named(nthWeekday(year, 1, 1, 2), 'Coming of Age Day', '成人の日'),
  named(dateOf(year, 2, 11), 'National Foundation Day', '建国記念の日'),
  named(dateOf(year, 2, 23), 'Emperor’s Birthday', '天皇誕生日'),
  named(dateOf(year, 3, equinox(year, 20.8431)), 'Vernal Equinox Day', '春分の日'),
  named(dateOf(year, 4, 29), 'Showa Day', '昭和の日'),
  named(dateOf(year, 5, 3), 'Constitution Memorial Day', '憲法記念日'),
  named(dateOf(year, 5, 4), 'Greenery Day', 'みどりの日'),
  named(dateOf(year, 5, 5), 'Children’s Day', 'こどもの日'),
  named(nthWeekday(year, 7, 1, 3), 'Marine Day', '海の日'),
  named(dateOf(year, 8, 11), 'Mountain Day', '山の日'),
  named(nthWeekday(year, 9, 1, 3), 'Respect for the Aged Day', '敬老の日'),
  named(dateOf(year, 9, equinox(year, 23.2488)), 'Autumnal Equinox Day', '秋分の日'),
  named(nthWeekday(year, 10, 1, 2), 'Sports Day', 'スポーツの日'),
  named(dateOf(year, 11, 3), 'Culture Day', '文化の日'),
  named(dateOf(year, 11, 23), 'Labor Thanksgiving Day', '勤労感謝の日'),
];

function tokyoHolidays(year: number): Named[] {
  const holidays = statutory(year).map(({ day, name }) => ({ day: MOVED_IN_JAPAN[day] ?? day, name }));
  const all = new Map(holidays.map(({ day, name }) => [day, name]));
  for (const { day, name } of holidays) {
    // 振替休日: a Sunday's holiday moves to the next day that is none.
    if (weekday(day) === 0) {
      let moved = addDays(day, 1);
      while (all.has(moved)) moved = addDays(moved, 1);
      all.set(moved, { en: `Substitute holiday (${name.en})`, ja: `振替休日（${name.ja}）` });
    }
    // 国民の休日: a day between two holidays is one.
    const between = addDays(day, 1);
    if (holidays.some((other) => other.day === addDays(day, 2)) && !all.has(between))
      all.set(between, { en: 'Citizens’ Holiday', ja: '国民の休日' });
  }
  const yearEnd = { en: 'Year-end and New Year closure', ja: '年末年始の休業日' };
  for (const day of [dateOf(year, 1, 2), dateOf(year, 1, 3), dateOf(year, 12, 31)])
    if (!all.has(day)) all.set(day, yearEnd);
  return [...all].map(([day, name]) => ({ day, name }));
}

/** The days of a year on which the country's market has a holiday, in order; those on a Saturday or Sunday too. */
export const marketHolidays = (country: Country, year: number): Holiday[] =>
  (country === 'US' ? newYorkHolidays(year) : tokyoHolidays(year))
    .map(({ day, name }) => ({ country, day, name }))
    .sort((a, b) => a.day.localeCompare(b.day));

/** Which markets have a holiday on a date, and which it is. */
export type HolidayCalendar = (date: IsoDate) => readonly Holiday[];

/** A calendar of exactly these holidays: the dated table, which also knows of closures that came later than the rules. */
export function calendarOf(holidays: Iterable<Holiday>): HolidayCalendar {
  const byDay = new Map<IsoDate, Holiday[]>();
  for (const holiday of holidays) byDay.set(holiday.day, [...(byDay.get(holiday.day) ?? []), holiday]);
  return (date) => byDay.get(date) ?? [];
}

const years = new Map<number, HolidayCalendar>();

/** The calendar that the rules and the one-off list give, for any year. */
export const ruleCalendar: HolidayCalendar = (date) => {
  const year = yearOf(date);
  let calendar = years.get(year);
  if (!calendar) {
    calendar = calendarOf(COUNTRIES.flatMap((country) => marketHolidays(country, year)));
    years.set(year, calendar);
  }
  return calendar(date);
};
