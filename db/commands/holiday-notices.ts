/** A change of holidays, told to those whose days it moves (db/functions/tell-moved-days.sql). For the job worker. */
import type { MovedDays } from '@/lib/domain/calendar/change';
import type { Locale } from '@/lib/domain/states';
import type { Sql } from '../client';
import { lostAnswer } from '../errors';
import { plainArray } from './literals';

export type HolidayNotice = MovedDays & { id: number };

/** Notices that are not through yet, the oldest first. */
export const listHolidayNotices = (sql: Sql): Promise<HolidayNotice[]> =>
  sql<HolidayNotice[]>`
    select notice_id as id, class_name as "className", about, buys, from_day::text as "fromDay", to_day::text as "toDay",
           money_from::text as "moneyFrom", money_to::text as "moneyTo", cut_off_at as "cutOffAt", country, holiday::text as holiday, change,
           holiday_name as "holidayName", reason
      from list_holiday_notices()`;

/** Writes the mails of the next `people`, each in their language; one transaction. */
export async function tellMovedDays(
  sql: Sql,
  notice: number,
  people: number,
  kind: string,
  texts: readonly { locale: Locale; subject: string; body: string }[],
): Promise<{ told: number; finished: boolean }> {
  const [row] = await sql<{ told: number; finished: boolean }[]>`
    select * from tell_moved_days(${notice}::integer, ${people}::integer, ${kind}, ${plainArray(texts.map(({ locale }) => locale))}::text::locale[],
      array(select json_array_elements_text(${JSON.stringify(texts.map(({ subject }) => subject))}::text::json)),
      array(select json_array_elements_text(${JSON.stringify(texts.map(({ body }) => body))}::text::json)))`;
  if (!row) throw lostAnswer('a notice');
  return row;
}
