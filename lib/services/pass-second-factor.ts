import { spendRecoveryCode, spendTotpStep } from '@/db/commands/factors';
import { getTotp, realNow } from '@/db/queries/factors';
import type { ClientHints } from '@/lib/auth/client-address';
import { recoveryHash } from '@/lib/auth/recovery-codes';
import { totpStep } from '@/lib/auth/totp';
import { parseRecoveryCode, parseTotpCode } from '@/lib/domain/people/factors';
import { type Result, refuse } from '@/lib/result';
import { unseal } from '@/lib/sealed';
import { countedTry, goOn } from './second-factor';

type Waiting = { sessionId: string; userId: bigint };
type Passed = { sessionId: string };

/** The second step by the code that an authenticator app shows. Each code is taken once, and no older one after it. */
export async function passWithTotp(
  session: Waiting,
  input: { code: string },
  client: ClientHints,
): Promise<Result<Passed>> {
  const { userId } = session;
  const code = parseTotpCode(input.code);
  if (!code) return refuse('factor.code-form', { field: 'code' });
  return countedTry(session, async (tx) => {
    const totp = await getTotp(tx, userId);
    const secret = totp && unseal('totp secret', userId, totp.sealedSecret);
    const step = secret && totpStep(secret, code, await realNow(tx));
    if (!totp || typeof step !== 'bigint') return refuse('factor.code-wrong', { field: 'code' });
    if (!(await spendTotpStep(tx, userId, totp.id, step))) return refuse('factor.code-used', { field: 'code' });
    return goOn(tx, session, client);
  });
}

/** The second step by one of the codes that were kept for this. Counted with those of apps: who guesses at one guesses at the other. */
export async function passWithRecoveryCode(
  session: Waiting,
  input: { code: string },
  client: ClientHints,
): Promise<Result<Passed>> {
  const { userId } = session;
  const code = parseRecoveryCode(input.code);
  if (!code) return refuse('factor.recovery-form', { field: 'code' });
  return countedTry(session, async (tx) => {
    if (!(await spendRecoveryCode(tx, userId, recoveryHash(userId, code))))
      return refuse('factor.recovery-wrong', { field: 'code' });
    return goOn(tx, session, client);
  });
}
