import { withInvestor } from '@/db/client';
import { consume, forget } from '@/db/commands/throttle';
import { getUser } from '@/db/queries/people';
import { LIMITS } from '@/lib/auth/limits';
import { verifyPassword } from '@/lib/auth/password-hash';
import { isFresh, type SecondStep } from '@/lib/domain/people/factors';
import { ok, type Result, refuse } from '@/lib/result';

/**
 * Whoever finds a session open must not make it their own: factors change only where the second step was done within the last minutes, or, where
 * there is none yet, where the password is given again. Staff who have none have just given it.
 */
export async function mayChangeFactors(
  session: { userId: bigint; secondStep: SecondStep; secondFactorAge: number | null },
  password: string | undefined,
): Promise<Result<null>> {
  const { userId, secondStep, secondFactorAge } = session;
  if (secondStep === 'ENROL') return ok(null);
  if (secondStep !== 'NONE') return isFresh(secondFactorAge) ? ok(null) : refuse('factor.stale');
  const wait = await consume(LIMITS.changePassword, String(userId));
  if (wait !== null) return refuse('auth.throttled', { params: { minutes: Math.ceil(wait / 60) } });
  const user = await withInvestor(userId, (tx) => getUser(tx, userId));
  if (!user || !(await verifyPassword(user.passwordHash, password ?? '')))
    return refuse('auth.current-password-wrong', { field: 'currentPassword' });
  await forget(LIMITS.changePassword, String(userId));
  return ok(null);
}
