import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ClassQuotation } from '../orders/pricing';
import { unitCost, valueHolding } from './valuation';

const US: ClassQuotation = { currency: 'USD', unitDecimals: 3, quoteUnits: 1_000n, priceDecimals: 4 };
const JP: ClassQuotation = { currency: 'JPY', unitDecimals: 0, quoteUnits: 10_000n, priceDecimals: 0 };

test('the example of the tax agency: 583,000 yen for 4,000 of a unit quoted by one is 146', () => {
  expect(unitCost({ ...JP, quoteUnits: 1n, units: 4_000n, costMinor: 583_000n })).toBe(146n);
});

test('per 10,000口, rounded up to the yen', () => {
  expect(unitCost({ ...JP, units: 9_878n, costMinor: 10_000n })).toBe(10_124n);
});

test('the US average to the nearest ten-thousandth of a dollar', () => {
  expect(unitCost({ ...US, units: 3_000n, costMinor: 3_001n })).toBe(100_033n);
});

test('value, gain and the other currency', () => {
  expect(valueHolding({ ...US, units: 10_000n, costMinor: 10_000n, price: 123_456n }, 1_500_000n)).toEqual({
    currency: 'USD',
    valueMinor: 12_345n,
    costMinor: 10_000n,
    gainMinor: 2_345n,
    gainE4: 2_345n,
    unitCost: 100_000n,
    other: { currency: 'JPY', valueMinor: 18_517n },
  });
  expect(valueHolding({ ...US, units: 0n, costMinor: 0n, price: 1n }, null)).toMatchObject({
    gainE4: null,
    unitCost: 0n,
    other: null,
  });
});

test('a moving average over purchases: the yen unit cost never understates what was paid', () => {
  const purchase = fc.record({
    units: fc.bigInt({ min: 1n, max: 10n ** 9n }),
    cost: fc.bigInt({ min: 1n, max: 10n ** 9n }),
  });
  fc.assert(
    fc.property(fc.array(purchase, { minLength: 1, maxLength: 20 }), (purchases) => {
      const units = purchases.reduce((sum, p) => sum + p.units, 0n);
      const costMinor = purchases.reduce((sum, p) => sum + p.cost, 0n);
      const cost = unitCost({ ...JP, units, costMinor });
      expect(cost * units >= costMinor * JP.quoteUnits).toBe(true);
      expect((cost - 1n) * units < costMinor * JP.quoteUnits).toBe(true);
    }),
  );
});
