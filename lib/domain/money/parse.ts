/**
 * Typed amounts and units as integers of their smallest part (TRUST, "Numbers"). Full-width digits, points and commas are what a Japanese
 * keyboard gives, and a figure that was copied from a page has its commas and its currency or unit: all are accepted, and the page echoes the
 * figure for confirmation. Everything that two readers could read differently is refused.
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

/** What the site writes around a figure. Another currency's word is not taken off, and so is refused. */
const AROUND: Record<Currency | 'units', RegExp> = {
  USD: /^\$|(?:米)?ドル$/g,
  JPY: /^[¥￥]|円$/g,
  units: /口$| ?(?:shares?|units?)$/g,
};

/**
 * A typed sum of money, in the currency's smallest part. The refusal names `field`, the form field it was typed into. `most` is for sums of the whole
 * fund, which no order names.
 */
export const parseAmount = (raw: string, currency: Currency, field?: string, most = MAX_TYPED): ParsedNumber =>
  parseDecimal(raw, { decimals: CURRENCY_DECIMALS[currency], around: AROUND[currency], most }, field);

/** Typed units of a class, in their smallest part. */
export const parseUnits = (raw: string, decimals: number, field?: string): ParsedNumber =>
  parseDecimal(raw, { decimals, around: AROUND.units, most: MAX_TYPED }, field);

/** Digits, alone or in groups of three from the right, and a point before the decimals. */
const FIGURE = /^([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?$/;

/** A comma parts thousands and nothing else: 1,00 and 1.000,5 are numbers in half the world, and are refused rather than guessed at. */
function parseDecimal(
  raw: string,
  { decimals, around, most }: { decimals: number; around: RegExp; most: bigint },
  field: string | undefined,
): ParsedNumber {
  const refuse = (code: NumberRefusal['code'], params?: NumberRefusal['params']): ParsedNumber => ({
    ok: false,
    error: { code, ...(params && { params }), ...(field && { field }) },
  });
  if (raw.length > MAX_LENGTH) return refuse(raw.trim() === '' ? 'form.required' : 'amount.too-large');
  const text = raw
    .replace(/[＄，．０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .trim()
    .replace(around, '');
  if (text === '') return refuse('form.required');
  const match = FIGURE.exec(text);
  if (!match) return refuse('amount.not-a-number', { example: '10,000' });
  const whole = match[1]?.replaceAll(',', '') ?? '';
  const fraction = match[2] ?? '';
  if (fraction.length > decimals) {
    return decimals === 0 ? refuse('amount.no-decimals') : refuse('amount.decimals', { decimals });
  }
  const value = BigInt(whole + fraction.padEnd(decimals, '0'));
  if (value === 0n) return refuse('amount.zero');
  if (value > most) return refuse('amount.too-large');
  return { ok: true, value };
}
