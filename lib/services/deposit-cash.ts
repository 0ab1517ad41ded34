import { read } from '@/db/client';
import * as cash from '@/db/commands/cash';
import { DEPOSIT_LIMIT } from '@/lib/domain/ledger/limits';
import type { Currency } from '@/lib/domain/states';
import { type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { byKey } from './by-key';
import { type CashResult, cashResult } from './cash-result';
import { isKey } from './key';
import { refuseWhenAway } from './refusals';

/** Pays simulated cash into a wallet at once. `key` is a UUID made when the form was first shown. */
export async function depositCash(
  actor: Actor,
  input: { currency: Currency; amountMinor: bigint; key: string },
): Promise<Result<CashResult>> {
  const { currency, amountMinor } = input;
  if (!isKey(input.key)) return refuse('form.invalid');
  const key = input.key.toLowerCase();
  if (amountMinor <= 0n) return refuse('amount.zero', { field: 'amount' });
  if (amountMinor > DEPOSIT_LIMIT[currency]) {
    const maximum = { money: DEPOSIT_LIMIT[currency], currency };
    return refuse('cash.above-limit', { params: { maximum }, field: 'amount' });
  }
  try {
    const call = { investorId: actor.investorId, key, currency, amountMinor };
    return cashResult(await byKey(() => read((_, sql) => cash.depositCash(sql, call))), key);
  } catch (error) {
    return refuseWhenAway(error);
  }
}
