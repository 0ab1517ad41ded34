/** The calendar of both markets as everybody sees it. No row here belongs to a person. */
import { sql } from 'drizzle-orm';
import type { DealingClass } from '@/lib/domain/calendar/dealing-times';
import type { Holiday } from '@/lib/domain/calendar/holidays';
import type { RecordDay } from '@/lib/domain/calendar/record-dates';
import type { HolidayAct } from '@/lib/domain/governance/kinds/holiday-change';
import type { Country, Locale } from '@/lib/domain/states';
import type { Database } from '../client';
import { firstRow, rows } from './rows';

/** Of the class `c`. */
export const recordDays = sql`coalesce((select jsonb_agg(jsonb_build_object('month', r.month, 'day', r.day, 'since', r.since) order by r.month, r.day)
  from class_record_days r where r.class_id = c.id), '[]')`;

export type CalendarClass = DealingClass & {
  code: string;
  name: Record<Locale, string>;
  recordDays: RecordDay[];
  /** The first day on which it deals; null before both sides have announced it. */
  dealingFrom: string | null;
};

/** A one-off change of one market's holidays by joint approval; `number` is that of the proposal. */
export type HolidayChangeLine = {
  number: number;
  country: Country;
  day: string;
  change: HolidayAct;
  name: Record<Locale, string>;
  reason: Record<Locale, string>;
  at: Date;
};

export type CalendarView = {
  classes: CalendarClass[];
  /** Of both countries, in order. */
  holidays: Holiday[];
  /** What both sides have added and taken away, the newest first. */
  changes: HolidayChangeLine[];
  /** The years whose holidays are known, each from its first day to its last. */
  years: { first: number; last: number };
  /** When this was read, by the system's clock. */
  readAt: Date;
};

/** Null on a database that has no calendar. */
export async function getCalendar(db: Database): Promise<CalendarView | null> {
  const classes = await rows<Omit<CalendarClass, 'name'> & { nameEn: string; nameJa: string }>(
    db,
    sql`select code, name_en as "nameEn", name_ja as "nameJa", country, time_zone as "timeZone", cut_off as "cutOff",
               settlement_days as "settlementDays", dealing_from::text as "dealingFrom",
               ${recordDays} as "recordDays"
          from unit_classes c order by id`,
  );
  const holidays = await rows<{ country: Country; day: string; nameEn: string; nameJa: string }>(
    db,
    sql`select country, day::text as day, name_en as "nameEn", name_ja as "nameJa" from market_holidays order by day, country`,
  );
  const changes = await listHolidayChanges(db);
  const now = await firstRow<{ readAt: Date }>(db, sql`select app_now() as "readAt"`);
  const [first, last] = [holidays[0], holidays.at(-1)];
  if (!first || !last || !now) return null;
  return {
    classes: classes.map(({ nameEn, nameJa, ...rest }) => ({ ...rest, name: { en: nameEn, ja: nameJa } })),
    holidays: holidays.map(({ country, day, nameEn, nameJa }) => ({ country, day, name: { en: nameEn, ja: nameJa } })),
    changes,
    years: { first: Number(first.day.slice(0, 4)), last: Number(last.day.slice(0, 4)) },
    readAt: now.readAt,
  };
}

const listHolidayChanges = (db: Database): Promise<HolidayChangeLine[]> =>
  rows<HolidayChangeLine>(
    db,
    sql`select number, country, day::text as day, change, jsonb_build_object('en', name_en, 'ja', name_ja) as name,
               jsonb_build_object('en', reason_en, 'ja', reason_ja) as reason, at
          from holiday_changes order by number desc`,
  );
