import { withInvestor } from '@/db/client';
import { insertEmailToken } from '@/db/commands/sessions';
import { consume, forget, giveBack } from '@/db/commands/throttle';
import { hasSecondFactor } from '@/db/queries/factors';
import { findAccount } from '@/db/queries/people';
import { addressBlock, type ClientHints } from '@/lib/auth/client-address';
import { LIMITS } from '@/lib/auth/limits';
import { verifyPassword } from '@/lib/auth/password-hash';
import { newToken, tokenHash } from '@/lib/auth/tokens';
import { parseEmail } from '@/lib/domain/people/email';
import { type SecondStep, secondStepOf } from '@/lib/domain/people/factors';
import { isOverlongPassword } from '@/lib/domain/people/password';
import { VERIFY_HOURS } from '@/lib/domain/people/session';
import type { Role } from '@/lib/domain/states';
import { writeMail } from '@/lib/mail/write-mail';
import { ok, type Result, refuse } from '@/lib/result';
import { startSession } from './start-session';

export type SignedIn = { sessionId: string; userId: bigint; role: Role; secondStep: SecondStep };

/**
 * Signs a person in with e-mail and password. Attempts are counted before the password is looked at, so that of many at once only the limit is
 * ever tried; a success clears them. Unknown address and wrong password answer alike, and take alike. Where a second step is due, the session opens
 * nothing before it.
 */
export async function signIn(
  input: { email: string; password: string },
  client: ClientHints,
): Promise<Result<SignedIn>> {
  const parsed = parseEmail(input.email);
  if (!parsed.ok || isOverlongPassword(input.password)) return refuse('auth.wrong');
  const { email } = parsed;
  const block = addressBlock(client.address);

  const waits = [await consume(LIMITS.signInAddress, block), await consume(LIMITS.signInAccount, email)];
  const wait = Math.max(...waits.map((seconds) => seconds ?? 0));
  if (wait > 0) return refuse('auth.throttled', { params: { minutes: Math.ceil(wait / 60) } });

  const account = await findAccount(email);
  if (!(await verifyPassword(account?.passwordHash ?? null, input.password)) || !account) return refuse('auth.wrong');
  await Promise.all([giveBack(LIMITS.signInAddress, block), forget(LIMITS.signInAccount, email)]);

  const { userId, role, locale } = account;
  // Only who knows the password learns that the address waits for its confirmation.
  if (!account.verified) {
    const mayMail = (await consume(LIMITS.linkMails, email)) === null;
    if (mayMail) {
      await withInvestor(userId, async (tx) => {
        const token = newToken();
        const { passwordHash } = account;
        await insertEmailToken(tx, {
          tokenSha256: tokenHash(token),
          userId,
          purpose: 'VERIFY',
          minutes: VERIFY_HOURS * 60,
          passwordHash,
        });
        await writeMail(
          tx,
          { userId, recipient: email, locale },
          { kind: 'verify', path: `/verify-email?token=${token}` },
        );
      });
    }
    return refuse(mayMail ? 'auth.not-verified' : 'auth.not-verified-mailed');
  }
  return withInvestor(userId, async (tx) => {
    const hasFactor = await hasSecondFactor(tx, userId);
    const { sessionId } = await startSession(tx, { userId, role }, client);
    return ok({ sessionId, userId, role, secondStep: secondStepOf({ role, hasFactor, age: null }) });
  });
}
