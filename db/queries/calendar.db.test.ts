/** The table of holidays is what decides: it has what the rules give, and a closure that nobody foresaw is one more row. */
import { expect, test } from 'vitest';
import { datesBetween } from '@/lib/domain/calendar/dates';
import { dealingTimes } from '@/lib/domain/calendar/dealing-times';
import { calendarOf, marketHolidays, ruleCalendar } from '@/lib/domain/calendar/holidays';
import { read } from '../client';
import { testDatabase } from '../test-hooks';
import { getCalendar } from './calendar';

const database = testDatabase('seeded');
const calendarNow = async () => (await read(getCalendar)) ?? expect.fail('There is no calendar.');

test('the seeded table names every holiday of its years as the rules do', async () => {
  const { holidays, years, classes } = await calendarNow();
  expect(years).toEqual({ first: 2024, last: 2031 });
  const table = calendarOf(holidays);
  for (const date of datesBetween('2024-01-01', '2031-12-31'))
    expect(new Set(table(date))).toEqual(new Set(ruleCalendar(date)));
  expect(holidays).toHaveLength(datesBetween('2024-01-01', '2031-12-31').flatMap((date) => ruleCalendar(date)).length);
  expect(marketHolidays('US', 2025).map(({ day }) => day)).toContain('2025-01-09');
  expect(classes).toMatchObject([
    { code: 'US', timeZone: 'America/New_York', cutOff: '16:00', settlementDays: 1 },
    { code: 'JP', timeZone: 'Asia/Tokyo', cutOff: '15:00', settlementDays: 2 },
  ]);
});

test('a closure at short notice moves the dealing day of both classes, and says why', async () => {
  await database.owner`insert into market_holidays (country, day, name_en, name_ja) values ('US', '2026-11-18', 'Hurricane', 'ハリケーン')`;
  const { holidays, classes, readAt } = await calendarNow();
  for (const unitClass of classes) {
    const times = dealingTimes(readAt, unitClass, calendarOf(holidays));
    expect(times.dealingDate).toBe('2026-11-19');
    expect(times.skipped.at(-1)).toEqual({
      date: '2026-11-18',
      why: 'CLOSED',
      closures: [{ why: 'HOLIDAY', country: 'US', name: { en: 'Hurricane', ja: 'ハリケーン' } }],
    });
  }
});
