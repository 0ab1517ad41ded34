import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, datesBetween, isWeekend } from '../calendar/dates';
import { changeE4, endsOf, PERIODS, periodsOf, pricesOf, rhythmOf } from './price-history';

const history = (from: string, to: string) =>
  datesBetween(from, to)
    .filter((date) => !isWeekend(date))
    .map((date) => ({ date }));

describe('a period', () => {
  const prices = history('2024-11-18', '2026-11-17');

  it.each([
    // 2026-10-17 is a Saturday: the price in force then is Friday's.
    ['1m', '2026-10-16'],
    ['3m', '2026-08-17'],
    ['6m', '2026-05-15'],
    ['1y', '2025-11-17'],
    ['all', '2024-11-18'],
  ] as const)('%s begins with the price in force on its first day', (period, first) => {
    expect(pricesOf(prices, period).at(0)?.date).toBe(first);
    expect(pricesOf(prices, period).at(-1)).toBe(prices.at(-1));
  });

  it('counts from the last day of a month that is shorter', () => {
    expect(pricesOf(history('2025-01-01', '2025-03-31'), '1m').at(0)?.date).toBe('2025-02-28');
  });

  it('is offered only where the history reaches back to its first day', () => {
    expect(periodsOf([])).toEqual([]);
    expect(periodsOf(history('2026-11-17', '2026-11-17'))).toEqual([]);
    expect(periodsOf(history('2026-11-02', '2026-11-17'))).toEqual(['all']);
    expect(periodsOf(history('2026-08-18', '2026-11-17'))).toEqual(['1m', 'all']);
    expect(periodsOf(history('2026-08-17', '2026-11-17'))).toEqual(['1m', '3m', 'all']);
    expect(periodsOf(prices)).toEqual([...PERIODS]);
  });
});

describe('a change', () => {
  it.each([
    [10_000n, 10_443n, 443n],
    [10_000n, 9_999n, -1n],
    [20_000n, 20_001n, 1n],
    [20_000n, 19_999n, -1n],
    [20_001n, 20_002n, 0n],
    [10_000n, 10_000n, 0n],
  ])('from %d to %d', (first, last, wanted) => expect(changeE4(first, last)).toBe(wanted));
});

describe('the ends of days, weeks, and months', () => {
  const from = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays('2020-01-01', days));

  it('keep the newest point, and one in each part', () => {
    fc.assert(
      fc.property(from, fc.integer({ min: 1, max: 400 }), (first, days) => {
        const points = history(first, addDays(first, days));
        expect(endsOf(points, 'day')).toEqual(points);
        for (const rhythm of ['week', 'month'] as const) {
          const ends = endsOf(points, rhythm);
          expect(ends.at(-1)).toEqual(points.at(-1));
        }
        // Without holidays a week's last dealing day is its Friday.
        const weeks = endsOf(points, 'week').slice(0, -1);
        expect(weeks).toEqual(points.filter(({ date }) => new Date(date).getUTCDay() === 5).slice(0, weeks.length));
        expect(new Set(endsOf(points, 'month').map(({ date }) => date.slice(0, 7))).size).toBe(
          endsOf(points, 'month').length,
        );
      }),
    );
  });

  it('are chosen by what a phone has room for', () => {
    expect(rhythmOf('2026-10-16', '2026-11-17')).toBe('day');
    expect(rhythmOf('2026-08-17', '2026-11-17')).toBe('week');
    expect(rhythmOf('2026-05-15', '2026-11-17')).toBe('month');
  });
});
