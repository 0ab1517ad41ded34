/**
 * Conversion 両替 at the dated mid rate ± a disclosed spread (DOMAIN §4). Rates are yen for one dollar × 10,000; the spread is in sen, a
 * hundredth of a yen, to each side. What the customer receives is rounded down.
 */
import type { Currency } from '../states';
import { floorDiv } from './rounding';

export type MidRate = {
  rateDate: string;
  /** Yen for one dollar × 10,000. */
  jpyPerUsdE4: bigint;
  /** Hundredths of a yen. */
  spreadSen: number;
};

/** The rate the customer deals at: a dollar costs mid + spread and sells for mid − spread. */
export function dealtRateE4(mid: MidRate, from: Currency): bigint {
  const spread = BigInt(mid.spreadSen) * 100n;
  return from === 'JPY' ? mid.jpyPerUsdE4 + spread : mid.jpyPerUsdE4 - spread;
}

/** Cents to yen, or yen to cents, at a rate; down to the smallest part. */
export function convertAtRate(amountMinor: bigint, from: Currency, rateE4: bigint): bigint {
  // One cent is rate / 1,000,000 yen: a hundredth of a dollar at a rate of ten thousandths.
  return from === 'USD' ? floorDiv(amountMinor * rateE4, 1_000_000n) : floorDiv(amountMinor * 1_000_000n, rateE4);
}

export type ConversionQuote = {
  from: Currency;
  amountMinor: bigint;
  to: Currency;
  toAmountMinor: bigint;
  rateE4: bigint;
  midRateE4: bigint;
  rateDate: string;
  spreadSen: number;
};

export function quoteConversion(amountMinor: bigint, from: Currency, mid: MidRate): ConversionQuote {
  const rateE4 = dealtRateE4(mid, from);
  return {
    from,
    amountMinor,
    to: from === 'USD' ? 'JPY' : 'USD',
    toAmountMinor: convertAtRate(amountMinor, from, rateE4),
    rateE4,
    midRateE4: mid.jpyPerUsdE4,
    rateDate: mid.rateDate,
    spreadSen: mid.spreadSen,
  };
}

/** A value in the other currency at the mid rate, for display beside the true one; rounded down. */
export const valueAtMid = (amountMinor: bigint, from: Currency, midRateE4: bigint): bigint =>
  convertAtRate(amountMinor, from, midRateE4);
