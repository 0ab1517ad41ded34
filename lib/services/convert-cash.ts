import { read } from '@/db/client';
import * as cash from '@/db/commands/cash';
import { MAX_TYPED } from '@/lib/domain/money/parse';
import type { Currency } from '@/lib/domain/states';
import { type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { byKey } from './by-key';
import { type CashResult, cashResult } from './cash-result';
import { isKey } from './key';
import { refuseWhenAway } from './refusals';

/** Converts `currency` into the other one at the rate that quoteConversion gave. */
export async function convertCash(
  actor: Actor,
  input: { currency: Currency; amountMinor: bigint; rateE4: bigint; key: string },
): Promise<Result<CashResult>> {
  const { currency, amountMinor, rateE4 } = input;
  if (!isKey(input.key)) return refuse('form.invalid');
  const key = input.key.toLowerCase();
  if (amountMinor <= 0n) return refuse('amount.zero', { field: 'amount' });
  if (amountMinor > MAX_TYPED) return refuse('amount.too-large', { field: 'amount' });
  try {
    const call = { investorId: actor.investorId, key, currency, amountMinor, rateE4 };
    const answer = await byKey(() => read((_, sql) => cash.convertCash(sql, call)));
    return cashResult(answer, key, { currency, amountMinor });
  } catch (error) {
    return refuseWhenAway(error);
  }
}
