import { read } from '@/db/client';
import * as cash from '@/db/commands/cash';
import { byKey } from './by-key';

/** For the job worker: the withdrawals that wait to be paid, the oldest first. */
export const listPendingWithdrawals = (limit = 100): Promise<cash.PendingWithdrawal[]> =>
  read((_, sql) => cash.listPendingWithdrawals(sql, limit));

/** Pays one out. Returns false when it was cancelled meanwhile. Safe to repeat. */
export async function settleWithdrawal({ investorId, key }: cash.PendingWithdrawal): Promise<boolean> {
  const answer = await byKey(() => read((_, sql) => cash.settleWithdrawal(sql, investorId, key)));
  return answer.ok;
}

/** Pays out all that wait, and returns how many were paid. A round that settles nothing ends it: the next run tries again. */
export async function settlePendingWithdrawals(): Promise<number> {
  let paid = 0;
  for (;;) {
    let settled = 0;
    for (const withdrawal of await listPendingWithdrawals()) if (await settleWithdrawal(withdrawal)) settled += 1;
    if (settled === 0) return paid;
    paid += settled;
  }
}
