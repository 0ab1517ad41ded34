import { describe, expect, it } from 'vitest';
import { addDays, dealingDays, isDealingDay } from './calendar';
import { marketHistory } from './market';

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

describe('the market of the demonstration', () => {
  const history = marketHistory('2024-11-18', '2026-11-18');

  it('starts at the first prices', () => {
    expect(history[0]).toEqual({ date: '2024-11-18', usPrice: 100_000n, jpPrice: 10_000n, jpyPerUsdE4: 1_520_000n });
  });

  it('is the same however far it is asked for', () => {
    const longer = marketHistory('2024-11-18', addDays('2026-11-18', 90));
    expect(longer.slice(0, history.length)).toEqual(history);
    expect(longer.length).toBeGreaterThan(history.length + 50);
  });

  it('moves by believable steps, and stays in believable ranges', () => {
    for (const [index, day] of history.entries()) {
      const before = history[index - 1]?.usPrice ?? day.usPrice;
      expect(Number(day.usPrice - before) / Number(before)).toBeCloseTo(0, 1);
      expect(day.jpyPerUsdE4).toBeGreaterThan(1_300_000n);
      expect(day.jpyPerUsdE4).toBeLessThan(1_750_000n);
      expect(day.usPrice).toBeGreaterThan(70_000n);
      expect(day.usPrice).toBeLessThan(160_000n);
    }
  });
});
