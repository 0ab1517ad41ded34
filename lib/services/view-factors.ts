import { withInvestor } from '@/db/client';
import { countRecoveryCodes, getPendingTotp, getTotp, type ListedPasskey, listPasskeys } from '@/db/queries/factors';
import { totpAddress } from '@/lib/auth/totp';
import { unseal } from '@/lib/sealed';

export type Factors = { totpSince: Date | null; passkeys: ListedPasskey[]; recoveryCodes: number };

/** What the person can do the second step with. */
export async function viewFactors({ userId }: { userId: bigint }): Promise<Factors> {
  return withInvestor(userId, async (tx) => ({
    totpSince: (await getTotp(tx, userId))?.confirmedAt ?? null,
    passkeys: await listPasskeys(tx, userId),
    recoveryCodes: await countRecoveryCodes(tx, userId),
  }));
}

/** The secret of the authenticator app that is being set up, and what its QR code says; null when there is none, or its time is over. */
export async function viewTotpSetup(session: {
  userId: bigint;
  email: string;
}): Promise<{ secret: string; address: string } | null> {
  const { userId, email } = session;
  const totp = await withInvestor(userId, (tx) => getPendingTotp(tx, userId));
  if (!totp) return null;
  const secret = unseal('totp secret', userId, totp.sealedSecret);
  return { secret, address: totpAddress(secret, email) };
}
