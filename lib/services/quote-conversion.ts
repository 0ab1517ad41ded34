import { read } from '@/db/client';
import { getMidRate } from '@/db/queries/fund';
import { type ConversionQuote, quoteConversion as quote } from '@/lib/domain/money/conversion';
import type { Currency } from '@/lib/domain/states';
import { ok, type Result, refuse } from '@/lib/result';

/** What an amount would become at the last published rate. Its `rateE4` goes into convertCash, which refuses when the rate has changed. */
export async function quoteConversion(input: {
  currency: Currency;
  amountMinor: bigint;
}): Promise<Result<ConversionQuote>> {
  const mid = await read((db) => getMidRate(db));
  if (!mid) return refuse('cash.no-rate');
  const quoted = quote(input.amountMinor, input.currency, mid);
  return quoted.toAmountMinor > 0n ? ok(quoted) : refuse('cash.too-small', { field: 'amount' });
}
