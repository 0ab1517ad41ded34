import { withInvestor } from '@/db/client';
import { lockAccount, removePasskey, removeTotp, replaceRecoveryCodes } from '@/db/commands/factors';
import { getTotp, listPasskeys } from '@/db/queries/factors';
import type { ClientHints } from '@/lib/auth/client-address';
import type { Session } from '@/lib/auth/session';
import { type Result, refuse } from '@/lib/result';
import { mayChangeFactors } from './may-change-factors';
import { factorsChanged } from './second-factor';

export type WhichFactor = { kind: 'totp' } | { kind: 'passkey'; credentialId: string };

/**
 * Removes a factor. Staff keep one at least. A citizen who removes the last one signs in with the password alone again, and has no recovery codes
 * either.
 */
export async function removeFactor(
  session: Session,
  which: WhichFactor,
  client: ClientHints,
): Promise<Result<{ sessionId: string }>> {
  const { userId, role } = session;
  const may = await mayChangeFactors(session, undefined);
  if (!may.ok) return may;
  return withInvestor(userId, async (tx) => {
    await lockAccount(tx, userId);
    const totp = (await getTotp(tx, userId)) ? 1 : 0;
    const passkeys = (await listPasskeys(tx, userId)).length;
    if (totp + passkeys === 1 && role !== 'CITIZEN') return refuse('factor.last');
    const removed =
      which.kind === 'totp' ? await removeTotp(tx, userId) : await removePasskey(tx, userId, which.credentialId);
    if (!removed) return refuse('factor.not-found');
    if (totp + passkeys === 1) await replaceRecoveryCodes(tx, userId, []);
    return factorsChanged(tx, session, client);
  });
}
