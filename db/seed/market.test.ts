import { describe, expect, it } from 'vitest';
import { addDays } from '@/lib/domain/calendar/dealing-days';
import { marketHistory } from './market';

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
