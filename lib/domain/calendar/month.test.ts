import { describe, expect, it } from 'vitest';
import { daysInMonth, weekday } from './dates';
import { addMonths, readMonth, weeksOf } from './month';

describe('a month', () => {
  it('is laid out in whole weeks, each date under its weekday', () => {
    for (let month = '2024-01'; month < '2030-01'; month = addMonths(month, 1)) {
      const weeks = weeksOf(month);
      for (const week of weeks) {
        expect(week).toHaveLength(7);
        expect(week.some((date) => date !== null)).toBe(true);
        expect(week.every((date, column) => date === null || weekday(date) === column)).toBe(true);
      }
      const dates = weeks.flat().filter((date) => date !== null);
      expect(dates).toHaveLength(daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5))));
      expect(dates).toEqual([...dates].sort());
    }
  });

  it('follows the one before, over the end of the year too', () => {
    expect([addMonths('2026-12', 1), addMonths('2026-01', -1), addMonths('2026-11', 14)]).toEqual([
      '2027-01',
      '2025-12',
      '2028-01',
    ]);
  });

  it.each([undefined, '', '2026', '2026-13', '2026-1', '1926-01', '2026-01-01', '２０２６-01', '../2026-01'])(
    'is not %j',
    (text) => expect(readMonth(text)).toBeNull(),
  );
  it('is 2026-11', () => expect(readMonth('2026-11')).toBe('2026-11'));
});
