import { withInvestor } from '@/db/client';
import { lockAccount, replaceRecoveryCodes } from '@/db/commands/factors';
import { hasSecondFactor } from '@/db/queries/factors';
import { newRecoveryCodes, recoveryHash } from '@/lib/auth/recovery-codes';
import type { Session } from '@/lib/auth/session';
import { ok, type Result, refuse } from '@/lib/result';
import { mayChangeFactors } from './may-change-factors';

/** New recovery codes in place of all before them. They are told this once; what is kept cannot be turned back into them. */
export async function makeRecoveryCodes(session: Session): Promise<Result<string[]>> {
  const { userId } = session;
  const may = session.secondStep === 'DONE' ? await mayChangeFactors(session, undefined) : refuse('factor.none');
  if (!may.ok) return may;
  const codes = newRecoveryCodes();
  return withInvestor(userId, async (tx) => {
    await lockAccount(tx, userId);
    if (!(await hasSecondFactor(tx, userId))) return refuse('factor.none');
    await replaceRecoveryCodes(
      tx,
      userId,
      codes.map((code) => recoveryHash(userId, code.replaceAll('-', ''))),
    );
    return ok(codes);
  });
}
