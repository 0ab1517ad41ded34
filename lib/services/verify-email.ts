import { transaction } from '@/db/client';
import { actAs, markVerified, setPassword } from '@/db/commands/people';
import { endSessions, spendEmailToken, voidEmailTokens } from '@/db/commands/sessions';
import { findEmailToken } from '@/db/queries/people';
import { isTokenShaped, tokenHash } from '@/lib/auth/tokens';
import { ok, type Result, refuse } from '@/lib/result';

/** Confirms an e-mail address by the link that was mailed to it. The link works once; opening it changes nothing, only the button does. */
export async function verifyEmail(input: { token: string }): Promise<Result<null>> {
  const found = isTokenShaped(input.token) ? await findEmailToken(tokenHash(input.token)) : null;
  if (!found?.usable || found.purpose !== 'VERIFY') return refuse('auth.link-invalid');
  const { userId } = found;
  return transaction(async (tx) => {
    await actAs(tx, userId);
    const used = await spendEmailToken(tx, { tokenSha256: tokenHash(input.token), userId, purpose: 'VERIFY' });
    if (!used) return refuse('auth.link-invalid');
    if (used.passwordHash) await setPassword(tx, userId, used.passwordHash);
    await markVerified(tx, userId);
    await voidEmailTokens(tx, userId);
    await endSessions(tx, userId);
    return ok(null);
  });
}
