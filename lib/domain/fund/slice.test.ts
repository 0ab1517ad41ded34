import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OWNER_GROUPS } from '@/lib/domain/states';
import { arcsOf, type OwnerStake, sliceOf, TURN, totalOf, toUsdMinor, visibleArc } from './slice';

const billion = 100_000_000_000n;
const owners: OwnerStake[] = [
  { group: 'US_TREASURY', committedUsdMinor: 135n * billion },
  { group: 'JP_MOF', committedUsdMinor: 120n * billion },
  { group: 'LIMITED_PARTNERS', committedUsdMinor: 30n * billion },
  { group: 'CITIZENS', committedUsdMinor: 15n * billion },
];

const anyOwners = fc
  .tuple(...OWNER_GROUPS.map(() => fc.bigInt({ min: 1n, max: 10n ** 18n })))
  .map((sums) => OWNER_GROUPS.map((group, i) => ({ group, committedUsdMinor: sums[i] ?? 1n })));

describe('toUsdMinor', () => {
  test('10,000 yen at 150.00 are 66.67 dollars', () => {
    expect(toUsdMinor(10_000n, 'JPY', 1_500_000n)).toBe(6_667n);
  });
  test('dollars stay as they are', () => {
    expect(toUsdMinor(12_345n, 'USD', 1_500_000n)).toBe(12_345n);
  });
});

describe('sliceOf', () => {
  test('10,000 yen are 1 part in 4.5 billion of a fund of 300 billion dollars', () => {
    const slice = sliceOf(owners, 6_667n);
    expect(slice.partsOfFund).toBe(4_499_775_011n);
    expect(slice.partsOfCitizens).toBe(224_988_751n);
    expect(slice.citizensShareE4).toBe(500n);
    // Of 100 million dollars of income, two cents.
    expect(slice.incomeUsdMinor).toBe(10_000_000_000n);
    expect(slice.incomePartUsdMinor).toBe(2n);
  });

  test('refuses a sum of nothing and one beyond the part of the citizens', () => {
    expect(() => sliceOf(owners, 0n)).toThrow(RangeError);
    expect(() => sliceOf(owners, 15n * billion + 1n)).toThrow(RangeError);
    expect(sliceOf(owners, 15n * billion).partsOfCitizens).toBe(1n);
  });

  test('the parts times the sum are the fund again, within half a sum', () => {
    fc.assert(
      fc.property(anyOwners, fc.bigInt({ min: 1n, max: 10n ** 18n }), (stakes, wanted) => {
        const citizens = stakes.find((stake) => stake.group === 'CITIZENS')?.committedUsdMinor ?? 0n;
        const amount = wanted > citizens ? citizens : wanted;
        const slice = sliceOf(stakes, amount);
        const off = slice.partsOfFund * amount - totalOf(stakes);
        expect(2n * (off < 0n ? -off : off)).toBeLessThanOrEqual(amount);
      }),
    );
  });

  test('the income is the smallest power of ten that yields a cent, and never promises more than the part', () => {
    fc.assert(
      fc.property(anyOwners, (stakes) => {
        const slice = sliceOf(stakes, 1n);
        expect(slice.incomePartUsdMinor).toBeGreaterThanOrEqual(1n);
        expect(slice.incomePartUsdMinor * slice.fundUsdMinor).toBeLessThanOrEqual(slice.incomeUsdMinor);
        expect((slice.incomeUsdMinor / 10n) * 1n).toBeLessThan(slice.fundUsdMinor);
      }),
    );
  });
});

describe('arcsOf', () => {
  const anyWeights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 20n }), { minLength: 1, maxLength: 12 });

  test('neighbours meet and the ring closes, whatever the weights', () => {
    fc.assert(
      fc.property(anyWeights, (weights) => {
        fc.pre(weights.some((weight) => weight > 0n));
        const arcs = arcsOf(weights);
        expect(arcs[0]?.from).toBe(0n);
        expect(arcs.at(-1)?.to).toBe(TURN);
        arcs.forEach((arc, i) => {
          expect(arc.to).toBeGreaterThanOrEqual(arc.from);
          if (i > 0) expect(arc.from).toBe(arcs[i - 1]?.to);
        });
      }),
    );
  });

  test('an arc is its weight’s part of the turn, within a millionth', () => {
    fc.assert(
      fc.property(anyWeights, (weights) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0n);
        fc.pre(total > 0n);
        arcsOf(weights).forEach((arc, i) => {
          const off = (arc.to - arc.from) * total - (weights[i] ?? 0n) * TURN;
          expect(off < 0n ? -off : off).toBeLessThanOrEqual(total);
        });
      }),
    );
  });

  test('refuses a ring of nothing', () => {
    expect(() => arcsOf([])).toThrow(RangeError);
    expect(() => arcsOf([0n])).toThrow(RangeError);
  });
});

test('visibleArc widens around the middle and says so', () => {
  expect(visibleArc({ from: 500n, to: 500n }, 100n)).toEqual({ from: 450n, to: 550n, widened: true });
  expect(visibleArc({ from: 0n, to: 200n }, 100n)).toEqual({ from: 0n, to: 200n, widened: false });
});
