import { randomUUID } from 'node:crypto';
import { withInvestor } from '@/db/client';
import { confirmTotp, lockAccount, startTotp } from '@/db/commands/factors';
import { getPendingTotp, realNow } from '@/db/queries/factors';
import type { ClientHints } from '@/lib/auth/client-address';
import type { Session } from '@/lib/auth/session';
import { newTotpSecret, totpStep } from '@/lib/auth/totp';
import { parseTotpCode } from '@/lib/domain/people/factors';
import { ok, type Result, refuse } from '@/lib/result';
import { seal, unseal } from '@/lib/sealed';
import { mayChangeFactors } from './may-change-factors';
import { countedTry, factorsChanged } from './second-factor';

/** Makes a secret for an authenticator app. It counts for nothing until a code of it is shown. */
export async function beginTotp(
  session: Session,
  input: { currentPassword?: string | undefined },
): Promise<Result<null>> {
  const may = await mayChangeFactors(session, input.currentPassword);
  if (!may.ok) return may;
  const { userId } = session;
  await withInvestor(userId, async (tx) => {
    await lockAccount(tx, userId);
    await startTotp(tx, { id: randomUUID(), userId, sealedSecret: seal('totp secret', userId, newTotpSecret()) });
  });
  return ok(null);
}

/** The app shows the right code: from now on it is asked for. It replaces the one before it, every other session ends, and this one goes on. */
export async function finishTotp(
  session: Session,
  input: { code: string },
  client: ClientHints,
): Promise<Result<{ sessionId: string }>> {
  const { userId } = session;
  const code = parseTotpCode(input.code);
  if (!code) return refuse('factor.code-form', { field: 'code' });
  return countedTry(session, async (tx) => {
    await lockAccount(tx, userId);
    const totp = await getPendingTotp(tx, userId);
    if (!totp) return refuse('factor.setup-gone');
    const step = totpStep(unseal('totp secret', userId, totp.sealedSecret), code, await realNow(tx));
    if (step === null) return refuse('factor.code-wrong', { field: 'code' });
    await confirmTotp(tx, userId, totp.id, step);
    return factorsChanged(tx, session, client);
  });
}
