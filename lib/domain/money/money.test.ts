import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convertAtRate, dealtRateE4, quoteConversion } from './conversion';
import { MAX_TYPED, parseAmount, parseUnits } from './parse';
import { ceilDiv, floorDiv, floorToStep, halfUpDiv } from './rounding';

describe('typed numbers', () => {
  test.each([
    ['1234.5', 'USD', 123_450n],
    ['１２３', 'JPY', 123n],
    ['１２３．４５', 'USD', 12_345n],
    [' 　７ ', 'JPY', 7n],
    ['0.01', 'USD', 1n],
    ['007', 'JPY', 7n],
    ['1,000,000', 'JPY', 1_000_000n],
    ['１，０００，０００', 'JPY', 1_000_000n],
    ['１０，０００．５０', 'USD', 1_000_050n],
    ['10,000.50', 'USD', 1_000_050n],
    ['$1,234.56', 'USD', 123_456n],
    ['1,234.56ドル', 'USD', 123_456n],
    ['￥１２，３４５', 'JPY', 12_345n],
    ['12,345円', 'JPY', 12_345n],
    ['100000000000.00', 'USD', MAX_TYPED],
  ] as const)('%s in %s is %s', (raw, currency, value) => {
    expect(parseAmount(raw, currency)).toEqual({ ok: true, value });
  });

  test.each([
    ['', 'USD', 'form.required'],
    ['　', 'JPY', 'form.required'],
    ['1,00', 'USD', 'amount.not-a-number'],
    ['1，00', 'JPY', 'amount.not-a-number'],
    ['1,0000', 'JPY', 'amount.not-a-number'],
    ['1000,000', 'JPY', 'amount.not-a-number'],
    ['1,000,00', 'JPY', 'amount.not-a-number'],
    [',000', 'JPY', 'amount.not-a-number'],
    ['1,,000', 'JPY', 'amount.not-a-number'],
    ['1,000,', 'JPY', 'amount.not-a-number'],
    ['1.000,5', 'USD', 'amount.not-a-number'],
    ['1.000,500', 'USD', 'amount.not-a-number'],
    ['1、000', 'JPY', 'amount.not-a-number'],
    ['$5', 'JPY', 'amount.not-a-number'],
    ['5円', 'USD', 'amount.not-a-number'],
    ['$', 'USD', 'form.required'],
    ['1.000', 'USD', 'amount.decimals'],
    ['1.000', 'JPY', 'amount.no-decimals'],
    ['100.5', 'JPY', 'amount.no-decimals'],
    ['0x10', 'USD', 'amount.not-a-number'],
    ['-5', 'USD', 'amount.not-a-number'],
    ['−5', 'JPY', 'amount.not-a-number'],
    ['+5', 'JPY', 'amount.not-a-number'],
    ['1e999', 'USD', 'amount.not-a-number'],
    ['NaN', 'USD', 'amount.not-a-number'],
    ['Infinity', 'USD', 'amount.not-a-number'],
    ['①', 'JPY', 'amount.not-a-number'],
    ['٣', 'JPY', 'amount.not-a-number'],
    ['一万', 'JPY', 'amount.not-a-number'],
    ['1 000', 'JPY', 'amount.not-a-number'],
    ['5.', 'USD', 'amount.not-a-number'],
    ['.5', 'USD', 'amount.not-a-number'],
    ['0', 'USD', 'amount.zero'],
    ['0.00', 'USD', 'amount.zero'],
    ['100000000000.01', 'USD', 'amount.too-large'],
    ['9223372036854775808', 'JPY', 'amount.too-large'],
    ['9'.repeat(100_000), 'JPY', 'amount.too-large'],
  ] as const)('%s in %s is refused: %s', (raw, currency, code) => {
    expect(parseAmount(raw, currency, 'amount')).toMatchObject({ ok: false, error: { code, field: 'amount' } });
  });

  test('every amount that can be written is read back exactly, in either width', () => {
    const wide = (text: string) => text.replace(/[0-9.]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: MAX_TYPED }),
        fc.integer({ min: 0, max: 4 }),
        fc.boolean(),
        (value, decimals, full) => {
          const digits = value.toString().padStart(decimals + 1, '0');
          const at = digits.length - decimals;
          const text = decimals === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
          expect(parseUnits(full ? wide(text) : text, decimals)).toEqual({ ok: true, value });
        },
      ),
    );
  });

  test('nothing that is typed throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary-ascii', maxLength: 60 }), (raw) => void parseAmount(raw, 'USD')));
  });
});

describe('rounding', () => {
  const dividend = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
  const divisor = fc.bigInt({ min: 1n, max: 10n ** 12n });

  test('goes in the direction that it is named after', () => {
    fc.assert(
      fc.property(dividend, divisor, (a, b) => {
        const floor = floorDiv(a, b);
        expect(floor * b <= a && a < (floor + 1n) * b).toBe(true);
        const ceil = ceilDiv(a, b);
        expect((ceil - 1n) * b < a && a <= ceil * b).toBe(true);
        const distance = halfUpDiv(a, b) * b - a;
        expect(2n * (distance < 0n ? -distance : distance) <= b).toBe(true);
        expect(halfUpDiv(-a, b)).toBe(-halfUpDiv(a, b));
      }),
    );
  });

  test('halves, steps and bad divisors', () => {
    expect([halfUpDiv(5n, 2n), halfUpDiv(-5n, 2n)]).toEqual([3n, -3n]);
    expect([floorToStep(1_999n, 500n), floorToStep(-1n, 500n)]).toEqual([1_500n, -500n]);
    expect(() => floorDiv(1n, 0n)).toThrow();
    expect(() => ceilDiv(1n, -1n)).toThrow();
  });
});

describe('conversion', () => {
  const mid = { rateDate: '2026-01-05', jpyPerUsdE4: 1_500_000n, spreadSen: 25 };

  test('a dollar costs mid + spread and sells for mid − spread', () => {
    expect(dealtRateE4(mid, 'JPY')).toBe(1_502_500n);
    expect(dealtRateE4(mid, 'USD')).toBe(1_497_500n);
    expect(quoteConversion(10_000n, 'USD', mid).toAmountMinor).toBe(14_975n);
    expect(quoteConversion(15_025n, 'JPY', mid).toAmountMinor).toBe(10_000n);
  });

  test('there and back never gains', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: MAX_TYPED }),
        fc.constantFrom('USD' as const, 'JPY' as const),
        fc.bigInt({ min: 500_000n, max: 3_000_000n }),
        fc.integer({ min: 0, max: 500 }),
        (amount, from, jpyPerUsdE4, spreadSen) => {
          const rate = { ...mid, jpyPerUsdE4, spreadSen };
          const there = quoteConversion(amount, from, rate);
          const back = quoteConversion(there.toAmountMinor, there.to, rate);
          expect(back.toAmountMinor <= amount).toBe(true);
          expect(convertAtRate(amount, from, there.rateE4)).toBe(there.toAmountMinor);
        },
      ),
    );
  });
});
