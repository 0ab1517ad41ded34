/**
 * Typed amounts and units as integers of their smallest part (TRUST, "Numbers"). Full-width digits and points are what a Japanese keyboard
 * gives and are accepted; the page echoes the figure for confirmation. Everything that two readers could read differently is refused.
 */

import type { Currency } from '../states';
import { CURRENCY_DECIMALS } from './currency';

export type NumberRefusal = {
  code:
    | 'form.required'
    | 'amount.not-a-number'
    | 'amount.decimals'
    | 'amount.no-decimals'
    | 'amount.too-large'
    | 'amount.zero';
  params?: Record<string, string | number>;
  field?: string;
};

export type ParsedNumber = { ok: true; value: bigint } | { ok: false; error: NumberRefusal };

/** The most smallest parts that one form may name: 100 billion dollars or 10 trillion yen. Keeps every product of the order path in int8. */
export const MAX_TYPED = 10_000_000_000_000n;

/** Longer than any number that could pass; refused before an expression looks at it. */
const MAX_LENGTH = 40;

/**
 * A typed sum of money, in the currency's smallest part. The refusal names `field`, the form field it was typed into. `most` is for sums of the whole
 * fund, which no order names.
 */
export const parseAmount = (raw: string, currency: Currency, field?: string, most = MAX_TYPED): ParsedNumber =>
  parseDecimal(raw, CURRENCY_DECIMALS[currency], field, most);

/** Typed units of a class, in their smallest part. */
export const parseUnits = (raw: string, unitDecimals: number, field?: string): ParsedNumber =>
  parseDecimal(raw, unitDecimals, field, MAX_TYPED);

/** Separators of thousands are refused, not guessed at: 1.000 is one thousand in half the world. */
function parseDecimal(raw: string, decimals: number, field: string | undefined, most: bigint): ParsedNumber {
  const refuse = (code: NumberRefusal['code'], params?: NumberRefusal['params']): ParsedNumber => ({
    ok: false,
    error: { code, ...(params && { params }), ...(field && { field }) },
  });
  if (raw.length > MAX_LENGTH) return refuse(raw.trim() === '' ? 'form.required' : 'amount.too-large');
  const text = raw.replace(/[０-９．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).trim();
  if (text === '') return refuse('form.required');
  const match = /^([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (!match) return refuse('amount.not-a-number', { example: '10000' });
  const [, whole = '', fraction = ''] = match;
  if (fraction.length > decimals) {
    return decimals === 0 ? refuse('amount.no-decimals') : refuse('amount.decimals', { decimals });
  }
  const value = BigInt(whole + fraction.padEnd(decimals, '0'));
  if (value === 0n) return refuse('amount.zero');
  if (value > most) return refuse('amount.too-large');
  return { ok: true, value };
}
