import { transaction } from '@/db/client';
import { actAs, markVerified, setPassword } from '@/db/commands/people';
import { endSessions, spendEmailToken, voidEmailTokens } from '@/db/commands/sessions';
import { forget } from '@/db/commands/throttle';
import { findEmailToken, getUser } from '@/db/queries/people';
import { LIMITS } from '@/lib/auth/limits';
import { hashPassword } from '@/lib/auth/password-hash';
import { isTokenShaped, tokenHash } from '@/lib/auth/tokens';
import { checkPassword } from '@/lib/domain/people/password';
import { writeMail } from '@/lib/mail/write-mail';
import { ok, type Result, refuse } from '@/lib/result';

/**
 * Chooses a new password by the link that was mailed. The link works once and for 30 minutes; every session ends, and nobody is signed in
 * by it, so that whatever sign-in asks for besides the password is still asked. The link came by mail, so the address is confirmed too.
 */
export async function resetPassword(input: { token: string; password: string }): Promise<Result<null>> {
  const tokenSha256 = tokenHash(input.token);
  const found = isTokenShaped(input.token) ? await findEmailToken(tokenSha256) : null;
  if (!found?.usable || found.purpose !== 'RESET') return refuse('auth.link-invalid');
  const { userId } = found;
  const fault = checkPassword(input.password, '');
  if (fault) return refuse(`password.${fault}`, { field: 'password' });
  const passwordHash = await hashPassword(input.password);
  const result = await transaction(async (tx) => {
    await actAs(tx, userId);
    const user = await getUser(tx, userId);
    if (!user) return refuse('auth.link-invalid');
    const likeEmail = checkPassword(input.password, user.email);
    if (likeEmail) return refuse(`password.${likeEmail}`, { field: 'password' });
    if (!(await spendEmailToken(tx, { tokenSha256, userId, purpose: 'RESET' }))) return refuse('auth.link-invalid');
    await setPassword(tx, userId, passwordHash);
    await markVerified(tx, userId);
    await voidEmailTokens(tx, userId);
    await endSessions(tx, userId);
    await writeMail(
      tx,
      { userId, recipient: user.email, locale: user.locale },
      { kind: 'password-changed', path: '/recover' },
    );
    return ok(user.email);
  });
  if (!result.ok) return result;
  await forget(LIMITS.signInAccount, result.value);
  return ok(null);
}
