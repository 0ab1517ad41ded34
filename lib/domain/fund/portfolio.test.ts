import fc from 'fast-check';
import { expect, test } from 'vitest';
import { projectRows } from '@/db/seed/portfolio';
import { spread } from './portfolio';

test('sums, sorts, and rounds shares up', () => {
  const holdings = [
    { sector: 'POWER', usState: 'TX', committedUsdMinor: 1n },
    { sector: 'GRID', usState: 'WY', committedUsdMinor: 2n },
    { sector: 'POWER', usState: 'AZ', committedUsdMinor: 3n },
  ];
  expect(spread(holdings, (holding) => holding.sector, 30_001n)).toEqual([
    { key: 'POWER', committedUsdMinor: 4n, shareE4: 2n },
    { key: 'GRID', committedUsdMinor: 2n, shareE4: 1n },
  ]);
});

test('nothing is lost on the way', () => {
  const holding = fc.record({
    sector: fc.constantFrom('A', 'B', 'C'),
    usState: fc.constantFrom('TX', 'WY'),
    committedUsdMinor: fc.bigInt({ min: 1n, max: 10n ** 16n }),
  });
  fc.assert(
    fc.property(fc.array(holding), (holdings) => {
      const total = holdings.reduce((sum, { committedUsdMinor }) => sum + committedUsdMinor, 0n);
      const parts = spread(holdings, ({ sector }) => sector, total + 1n);
      expect(parts.reduce((sum, part) => sum + part.committedUsdMinor, 0n)).toBe(total);
    }),
  );
});

test('the demonstration keeps the covenant', () => {
  const projects = projectRows('2024-11-22');
  const assets = 480n * 100_000_000_000n;
  const sectors = spread(projects, ({ sector }) => sector, assets);
  const states = spread(projects, ({ usState }) => usState, assets);
  expect(sectors[0]?.shareE4).toBeLessThanOrEqual(4_000n);
  expect(states[0]?.shareE4).toBeLessThanOrEqual(2_500n);
});
