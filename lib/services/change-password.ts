import { withInvestor } from '@/db/client';
import { setPassword } from '@/db/commands/people';
import { endSession, endSessions, voidEmailTokens } from '@/db/commands/sessions';
import { consume, forget } from '@/db/commands/throttle';
import { getUser } from '@/db/queries/people';
import type { ClientHints } from '@/lib/auth/client-address';
import { LIMITS } from '@/lib/auth/limits';
import { hashPassword, verifyPassword } from '@/lib/auth/password-hash';
import { checkPassword, normalisePassword } from '@/lib/domain/people/password';
import { writeMail } from '@/lib/mail/write-mail';
import { ok, type Result, refuse, refuseAll } from '@/lib/result';
import { startSession } from './start-session';

/** Changes the password inside a session: the current one is asked for, every session ends, and the person goes on in a new one. */
export async function changePassword(
  session: { userId: bigint; sessionId: string },
  input: { currentPassword: string; newPassword: string },
  client: ClientHints,
): Promise<Result<{ sessionId: string }>> {
  const { userId } = session;
  const wait = await consume(LIMITS.changePassword, String(userId));
  if (wait !== null) return refuse('auth.throttled', { params: { minutes: Math.ceil(wait / 60) } });
  const user = await withInvestor(userId, (tx) => getUser(tx, userId));
  if (!user) return refuse('auth.session-gone');
  const known = await verifyPassword(user.passwordHash, input.currentPassword);
  const fault = checkPassword(input.newPassword, user.email);
  const refused = refuseAll([
    known ? null : { code: 'auth.current-password-wrong', field: 'currentPassword' },
    fault
      ? { code: `password.${fault}`, field: 'newPassword' }
      : // Only who knows the current one is told: otherwise each attempt would be two guesses.
        known && normalisePassword(input.newPassword) === normalisePassword(input.currentPassword)
        ? { code: 'password.unchanged', field: 'newPassword' }
        : null,
  ]);
  if (refused) return refused;
  const passwordHash = await hashPassword(input.newPassword);
  await forget(LIMITS.changePassword, String(userId));
  return withInvestor(userId, async (tx) => {
    // A session that was ended in the meantime may not go on in a new one.
    if (!(await endSession(tx, userId, session.sessionId))) return refuse('auth.session-gone');
    await endSessions(tx, userId);
    await voidEmailTokens(tx, userId);
    await setPassword(tx, userId, passwordHash);
    await writeMail(
      tx,
      { userId, recipient: user.email, locale: user.locale },
      { kind: 'password-changed', path: '/recover' },
    );
    return ok(await startSession(tx, { userId, role: user.role }, client));
  });
}
