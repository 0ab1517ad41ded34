import { read } from '@/db/client';
import * as cash from '@/db/commands/cash';
import { type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { byKey } from './by-key';
import { type CashResult, cashResult } from './cash-result';
import { isKey } from './key';
import { refuseWhenAway } from './refusals';

/** Releases the cash of a withdrawal that has not been paid yet. Refused when it has. */
export async function cancelWithdrawal(actor: Actor, input: { key: string }): Promise<Result<CashResult>> {
  if (!isKey(input.key)) return refuse('form.invalid');
  const key = input.key.toLowerCase();
  try {
    return cashResult(await byKey(() => read((_, sql) => cash.cancelWithdrawal(sql, actor.investorId, key))), key);
  } catch (error) {
    return refuseWhenAway(error);
  }
}
