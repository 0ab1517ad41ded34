import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_TYPED, parseAmount, parseUnits } from '@/lib/domain/money/parse';
import { CURRENCIES, LOCALES } from '@/lib/domain/states';
import { formatMoney, formatUnits } from './format';

const value = fc.bigInt({ min: 1n, max: MAX_TYPED });
/** As a Japanese keyboard types it. */
const wide = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

describe.each(LOCALES)('what a page writes can be typed [%s]', (locale) => {
  test('money', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(...CURRENCIES), (minor, currency) => {
        const text = formatMoney(locale, minor, currency);
        expect(parseAmount(text, currency), text).toEqual({ ok: true, value: minor });
        const figure = text.replace(/[^0-9,.]/g, '');
        for (const typed of [figure, wide(figure)])
          expect(parseAmount(typed, currency), typed).toEqual({ ok: true, value: minor });
      }),
    );
  });

  test('units', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 3 }), (units, decimals) => {
        const text = formatUnits(locale, units, decimals);
        expect(parseUnits(text, decimals), text).toEqual({ ok: true, value: units });
      }),
    );
  });
});
