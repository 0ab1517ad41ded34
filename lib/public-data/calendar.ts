/** The calendar of both markets. What comes next depends on the minute, so it is kept as briefly as an offering. */
import { cacheLife, cacheTag } from 'next/cache';
import { read } from '@/db/client';
import * as queries from '@/db/queries/calendar';
import { PUBLIC_TAGS } from './tags';

export type { CalendarClass, CalendarView, HolidayChangeLine } from '@/db/queries/calendar';

export async function getCalendar(): Promise<queries.CalendarView> {
  'use cache';
  cacheLife({ stale: 30, revalidate: 5, expire: 300 });
  cacheTag(PUBLIC_TAGS.calendar);
  const calendar = await read(queries.getCalendar);
  if (!calendar) throw new Error('There is no calendar yet: the database has not been seeded.');
  return calendar;
}
