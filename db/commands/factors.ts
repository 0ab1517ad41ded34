/** Writes about second factors. The transaction names the person; times are the server's real time. */
import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { type Database, read } from '@/db/client';
import { passkeys, recoveryCodes, totpFactors } from '@/db/schema/factors';
import { users } from '@/db/schema/people';

/** Factors of an account change one at a time: two that are removed at once would each see the other and leave none. */
export async function lockAccount(tx: Database, userId: bigint): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
}

/** An authenticator app that is being set up; one begun before is forgotten. */
export async function startTotp(
  tx: Database,
  totp: { id: string; userId: bigint; sealedSecret: string },
): Promise<void> {
  await tx.delete(totpFactors).where(and(eq(totpFactors.userId, totp.userId), isNull(totpFactors.confirmedAt)));
  await tx.insert(totpFactors).values(totp);
}

/** From now on it is the one that counts, in place of any before it; the code that showed it is used. */
export async function confirmTotp(tx: Database, userId: bigint, id: string, step: bigint): Promise<void> {
  await removeTotp(tx, userId);
  await tx
    .update(totpFactors)
    .set({ confirmedAt: sql`statement_timestamp()`, lastUsedStep: step })
    .where(and(eq(totpFactors.userId, userId), eq(totpFactors.id, id)));
}

/** False if there is none. */
export async function removeTotp(tx: Database, userId: bigint): Promise<boolean> {
  const removed = await tx
    .delete(totpFactors)
    .where(and(eq(totpFactors.userId, userId), isNotNull(totpFactors.confirmedAt)))
    .returning({ id: totpFactors.id });
  return removed.length === 1;
}

/** Uses up a code: of two that bring it at once exactly one gets it. False if this step or a later one was used before. */
export async function spendTotpStep(tx: Database, userId: bigint, id: string, step: bigint): Promise<boolean> {
  const spent = await tx
    .update(totpFactors)
    .set({ lastUsedStep: step })
    .where(
      and(
        eq(totpFactors.id, id),
        eq(totpFactors.userId, userId),
        isNotNull(totpFactors.confirmedAt),
        or(isNull(totpFactors.lastUsedStep), lt(totpFactors.lastUsedStep, step)),
      ),
    )
    .returning({ id: totpFactors.id });
  return spent.length === 1;
}

export async function openChallenge(challenge: {
  challenge: string;
  purpose: 'ENROL' | 'CONFIRM' | 'SIGN_IN';
  userId: bigint | null;
  seconds: number;
}): Promise<void> {
  const { challenge: text, purpose, userId, seconds } = challenge;
  await read(
    (_, raw) => raw`select open_challenge(${text}, ${purpose}, ${userId === null ? null : String(userId)}, ${seconds})`,
  );
}

/** Uses up a challenge; false if it was answered before, is too old, or was put to somebody else. */
export async function spendChallenge(challenge: {
  challenge: string;
  purpose: 'ENROL' | 'CONFIRM' | 'SIGN_IN';
  userId: bigint | null;
}): Promise<boolean> {
  const { challenge: text, purpose, userId } = challenge;
  const [row] = await read(
    (_, raw) =>
      raw<
        { spent: boolean }[]
      >`select spend_challenge(${text}, ${purpose}, ${userId === null ? null : String(userId)}) as spent`,
  );
  return row?.spent ?? false;
}

export type NewPasskey = {
  credentialId: string;
  userId: bigint;
  publicKey: string;
  counter: number;
  transports: string[];
  name: string;
};

/** False if an account, this one or another, has it already. */
export async function insertPasskey(tx: Database, { counter, ...passkey }: NewPasskey): Promise<boolean> {
  const made = await tx
    .insert(passkeys)
    .values({ ...passkey, counter: BigInt(counter) })
    .onConflictDoNothing()
    .returning({ credentialId: passkeys.credentialId });
  return made.length === 1;
}

/** Notes a signature. False if the authenticator's count has not gone forward, as that of a copy would not; one that keeps no count stays at 0. */
export async function notePasskeyUse(
  tx: Database,
  passkey: { userId: bigint; credentialId: string; counter: number },
): Promise<boolean> {
  const counter = BigInt(passkey.counter);
  const noted = await tx
    .update(passkeys)
    .set({ counter, lastUsedAt: sql`statement_timestamp()` })
    .where(
      and(
        eq(passkeys.credentialId, passkey.credentialId),
        eq(passkeys.userId, passkey.userId),
        counter === 0n ? eq(passkeys.counter, 0n) : lt(passkeys.counter, counter),
      ),
    )
    .returning({ credentialId: passkeys.credentialId });
  return noted.length === 1;
}

/** False if the person has no such passkey. */
export async function removePasskey(tx: Database, userId: bigint, credentialId: string): Promise<boolean> {
  const removed = await tx
    .delete(passkeys)
    .where(and(eq(passkeys.userId, userId), eq(passkeys.credentialId, credentialId)))
    .returning({ credentialId: passkeys.credentialId });
  return removed.length === 1;
}

/** The person's recovery codes from now on; those before, used or not, are gone. */
export async function replaceRecoveryCodes(tx: Database, userId: bigint, hashes: string[]): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  if (hashes.length > 0) await tx.insert(recoveryCodes).values(hashes.map((hash) => ({ userId, hash })));
}

/** Uses up a recovery code; false if there is none such, or it was used before. */
export async function spendRecoveryCode(tx: Database, userId: bigint, hash: string): Promise<boolean> {
  const spent = await tx
    .update(recoveryCodes)
    .set({ usedAt: sql`statement_timestamp()` })
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.hash, hash), isNull(recoveryCodes.usedAt)))
    .returning({ hash: recoveryCodes.hash });
  return spent.length === 1;
}
