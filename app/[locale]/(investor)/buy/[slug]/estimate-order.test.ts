import { expect, test } from 'vitest';
import { estimateOrder } from './estimate-order';

const TERMS = {
  currency: 'JPY',
  unitDecimals: 0,
  quoteUnits: 10_000n,
  priceDecimals: 0,
  price: 10_000n,
  lotUnits: 10_000n,
  minUnits: 10_000n,
  mayBuyUnits: 90_000n,
  availableMinor: 50_000n,
} as const;

const units = (typed: string) => estimateOrder(TERMS, { kind: 'BUY_UNITS', amount: '', units: typed });
const amount = (typed: string) => estimateOrder(TERMS, { kind: 'BUY_AMOUNT', amount: typed, units: '' });

test('whole lots have their figures, with commas or without', () => {
  const figures = { units: 20_000n, payMinor: 20_000n, keepMinor: 0n };
  expect(units('20000')).toEqual({ figures });
  expect(units('２０，０００口')).toEqual({ figures });
  expect(amount('25,000')).toEqual({ figures: { ...figures, keepMinor: 5_000n } });
});

test('what is no multiple of the lot has none', () => {
  expect(units('15000')).toEqual({ figures: null, trouble: 'lots' });
  expect(units('1')).toEqual({ figures: null, trouble: 'lots' });
});

test('figures say what stands against them', () => {
  expect(units('60000')).toMatchObject({ figures: { payMinor: 60_000n }, trouble: 'short' });
  expect(units('100000')?.trouble).toBe('many');
  expect(amount('9999')?.trouble).toBe('few');
  expect(units('1,00')).toBeUndefined();
});
