import { describe, expect, it } from 'vitest';
import { closuresOn, dealingDays, isDealingDay, isMarketOpen } from './dealing-days';
import { calendarOf, ruleCalendar } from './holidays';
import { withdrawalDeadline } from './withdrawal';

describe('dealing days', () => {
  it.each([
    ['2026-11-21', 'a Saturday'],
    ['2026-11-23', 'Labour Thanksgiving Day 勤労感謝の日'],
    ['2026-11-26', 'Thanksgiving'],
    ['2026-05-06', 'the day that May 3, a Sunday, moved to 振替休日'],
    ['2026-09-22', 'the day between two holidays 国民の休日'],
    ['2026-03-20', 'the spring equinox 春分の日'],
    ['2026-04-03', 'Good Friday'],
    ['2026-07-03', 'Independence Day, a Saturday, observed'],
    ['2026-12-31', 'the year end in Tokyo'],
    ['2027-01-18', 'Martin Luther King Jr. Day'],
  ])('%s is none: %s', (date) => {
    expect(isDealingDay(date)).toBe(false);
  });

  it.each(['2026-11-18', '2026-11-24', '2026-09-24', '2025-12-30', '2026-01-05'])('%s is one', (date) => {
    expect(isDealingDay(date)).toBe(true);
  });

  it('are about 235 a year', () => {
    for (const year of [2025, 2026, 2027, 2030]) {
      const days = dealingDays(`${year}-01-01`, `${year}-12-31`).length;
      expect(days).toBeGreaterThan(225);
      expect(days).toBeLessThan(242);
    }
  });
});

describe('why a day is skipped', () => {
  it('is the weekend, or the holidays of both countries by their names', () => {
    expect(closuresOn('2026-11-18')).toEqual([]);
    expect(closuresOn('2026-11-21')).toEqual([{ why: 'WEEKEND' }]);
    expect(closuresOn('2026-11-23')).toEqual([
      { why: 'HOLIDAY', country: 'JP', name: { en: 'Labor Thanksgiving Day', ja: '勤労感謝の日' } },
    ]);
    expect(closuresOn('2027-01-01')).toEqual([
      { why: 'HOLIDAY', country: 'US', name: { en: 'New Year’s Day', ja: '元日' } },
      { why: 'HOLIDAY', country: 'JP', name: { en: 'New Year’s Day', ja: '元日' } },
    ]);
    expect(closuresOn('2026-05-03').map(({ why }) => why)).toEqual(['WEEKEND', 'HOLIDAY']);
  });

  it('and one market may be open on it', () => {
    expect([isMarketOpen('US', '2026-11-23'), isMarketOpen('JP', '2026-11-23')]).toEqual([true, false]);
    expect([isMarketOpen('US', '2026-11-26'), isMarketOpen('JP', '2026-11-26')]).toEqual([false, true]);
    expect([isMarketOpen('US', '2026-11-21'), isMarketOpen('JP', '2026-11-21')]).toEqual([false, false]);
  });

  it('a closure that no rule knows comes with the table', () => {
    const storm = { country: 'US', day: '2026-10-29', name: { en: 'Hurricane', ja: 'ハリケーン' } } as const;
    expect(isDealingDay('2026-10-29')).toBe(true);
    expect(isDealingDay('2026-10-29', calendarOf([storm]))).toBe(false);
    expect(ruleCalendar('2026-10-29')).toEqual([]);
  });
});

describe('two working days to withdraw', () => {
  it.each([
    [
      '2026-11-18T03:00:00Z',
      'Asia/Tokyo',
      '2026-11-20T15:00:00Z',
      'Wednesday noon in Tokyo: until Friday is over there',
    ],
    [
      '2026-11-18T03:00:00Z',
      'America/New_York',
      '2026-11-20T05:00:00Z',
      'still Tuesday in New York: until Thursday is over',
    ],
    [
      '2026-11-18T15:00:00Z',
      'Asia/Tokyo',
      '2026-11-24T15:00:00Z',
      'the first minute of Thursday: Friday, and past a weekend and a Japanese holiday Tuesday',
    ],
    [
      '2026-11-24T20:00:00Z',
      'America/New_York',
      '2026-11-28T05:00:00Z',
      'Tuesday before Thanksgiving: Wednesday and Friday',
    ],
    ['2026-12-30T02:00:00Z', 'Asia/Tokyo', '2027-01-05T15:00:00Z', 'the year end: the 4th and the 5th of January'],
    [
      '2026-03-06T17:00:00Z',
      'America/New_York',
      '2026-03-11T04:00:00Z',
      'over the change to summer time: Monday and Tuesday',
    ],
  ])('%s in %s: %s (%s)', (published, zone, until) => {
    expect(withdrawalDeadline(new Date(published), zone)).toEqual(new Date(until));
  });
});
