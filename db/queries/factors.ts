/** Reads about second factors. All but findPasskey see the rows of the person whom the transaction names (row-level security). */
import { and, asc, count, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import { type Database, read } from '@/db/client';
import { passkeys, recoveryCodes, totpFactors } from '@/db/schema/factors';
import { TOTP_SETUP_MINUTES } from '@/lib/domain/people/factors';
import type { Role } from '@/lib/domain/states';

/** The server's real time, which codes count by: a clock of this process that is wrong opens nothing and shuts nobody out. */
export async function realNow(tx: Database): Promise<Date> {
  const [row] = await tx.execute<{ ms: number }>(
    sql`select extract(epoch from statement_timestamp())::double precision * 1000 as ms`,
  );
  if (!row) throw new Error('The database did not tell the time.');
  return new Date(row.ms);
}

const totpColumns = {
  id: totpFactors.id,
  sealedSecret: totpFactors.sealedSecret,
  confirmedAt: totpFactors.confirmedAt,
  lastUsedStep: totpFactors.lastUsedStep,
};

/** The authenticator app that counts, or null. */
export async function getTotp(tx: Database, userId: bigint) {
  const [row] = await tx
    .select(totpColumns)
    .from(totpFactors)
    .where(and(eq(totpFactors.userId, userId), isNotNull(totpFactors.confirmedAt)));
  return row ?? null;
}

/** The one that is being set up, while its secret may still be shown. */
export async function getPendingTotp(tx: Database, userId: bigint) {
  const [row] = await tx
    .select(totpColumns)
    .from(totpFactors)
    .where(
      and(
        eq(totpFactors.userId, userId),
        isNull(totpFactors.confirmedAt),
        gt(totpFactors.createdAt, sql`statement_timestamp() - make_interval(mins => ${TOTP_SETUP_MINUTES})`),
      ),
    );
  return row ?? null;
}

/** Whether signing in asks for a second step; check_session asks the same of each request. */
export async function hasSecondFactor(tx: Database, userId: bigint): Promise<boolean> {
  return (await getTotp(tx, userId)) !== null || (await listPasskeys(tx, userId)).length > 0;
}

export type ListedPasskey = {
  credentialId: string;
  name: string;
  transports: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
};

/** Oldest first. */
export async function listPasskeys(tx: Database, userId: bigint): Promise<ListedPasskey[]> {
  return tx
    .select({
      credentialId: passkeys.credentialId,
      name: passkeys.name,
      transports: passkeys.transports,
      createdAt: passkeys.createdAt,
      lastUsedAt: passkeys.lastUsedAt,
    })
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.credentialId));
}

/** How many recovery codes are still good. */
export async function countRecoveryCodes(tx: Database, userId: bigint): Promise<number> {
  const [row] = await tx
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
  return row?.left ?? 0;
}

export type FoundPasskey = { userId: bigint; role: Role; publicKey: string; counter: number; transports: string[] };

/** Before it is known who asks: whose passkey this is. */
export async function findPasskey(credentialId: string): Promise<FoundPasskey | null> {
  const [row] = await read(
    (_, raw) =>
      raw<
        { user_id: bigint; role: Role; public_key: string; counter: bigint; transports: string[] }[]
      >`select * from find_passkey(${credentialId})`,
  );
  return row
    ? {
        userId: BigInt(row.user_id),
        role: row.role,
        publicKey: row.public_key,
        counter: Number(row.counter),
        transports: row.transports,
      }
    : null;
}
