/** Writes about sessions and one-time links. The transaction names the person. Times are the server's real time (see the tables). */
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { emailTokens, sessions } from '@/db/schema/people';
import type { Role } from '@/lib/domain/states';

export async function insertSession(
  tx: Database,
  session: {
    id: string;
    userId: bigint;
    role: Role;
    userAgent: string;
    address: string | null;
    secondFactor: boolean;
  },
): Promise<void> {
  const { secondFactor, ...row } = session;
  await tx.insert(sessions).values({ ...row, secondFactorAt: secondFactor ? sql`statement_timestamp()` : null });
}

/**
 * The session goes on under a new id, with its second step done just now. It does not grow older by it: its beginning stays. Null if it is not the
 * person's, or has ended.
 */
export async function renewSession(
  tx: Database,
  session: { id: string; userId: bigint },
  renewed: { id: string; userAgent: string; address: string | null },
): Promise<string | null> {
  const rows = await tx.execute<{ id: string }>(sql`
    with ended as (
      update sessions set ended_at = statement_timestamp()
        where id = ${session.id} and user_id = ${session.userId} and ended_at is null returning user_id, role, created_at
    )
    insert into sessions (id, user_id, role, created_at, user_agent, address, second_factor_at)
      select ${renewed.id}::uuid, user_id, role, created_at, ${renewed.userAgent}::text, ${renewed.address}::inet, statement_timestamp() from ended
      returning id`);
  return rows[0]?.id ?? null;
}

/** Ends one session of the person; false if there is no such one alive. */
export async function endSession(tx: Database, userId: bigint, sessionId: string): Promise<boolean> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: sql`statement_timestamp()` })
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.endedAt)))
    .returning({ id: sessions.id });
  return ended.length === 1;
}

/** Ends all sessions of the person, or all but one. */
export async function endSessions(tx: Database, userId: bigint, except: string | null = null): Promise<number> {
  const others = except === null ? undefined : ne(sessions.id, except);
  const ended = await tx
    .update(sessions)
    .set({ endedAt: sql`statement_timestamp()` })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt), others))
    .returning({ id: sessions.id });
  return ended.length;
}

export async function insertEmailToken(
  tx: Database,
  token: {
    tokenSha256: string;
    userId: bigint;
    purpose: 'VERIFY' | 'RESET';
    minutes: number;
    passwordHash: string | null;
  },
): Promise<void> {
  const { minutes, ...row } = token;
  await tx
    .insert(emailTokens)
    .values({ ...row, expiresAt: sql`statement_timestamp() + make_interval(mins => ${minutes})` });
}

/** Uses up a link: of two requests at once exactly one gets it. Null if it is used, expired, of another purpose, or not theirs. */
export async function spendEmailToken(
  tx: Database,
  token: { tokenSha256: string; userId: bigint; purpose: 'VERIFY' | 'RESET' },
): Promise<{ passwordHash: string | null } | null> {
  const [row] = await tx
    .update(emailTokens)
    .set({ usedAt: sql`statement_timestamp()` })
    .where(
      and(
        eq(emailTokens.tokenSha256, token.tokenSha256),
        eq(emailTokens.userId, token.userId),
        eq(emailTokens.purpose, token.purpose),
        isNull(emailTokens.usedAt),
        sql`${emailTokens.expiresAt} > statement_timestamp()`,
      ),
    )
    .returning({ passwordHash: emailTokens.passwordHash });
  return row ?? null;
}

/** Every other link of the person stops working. */
export async function voidEmailTokens(tx: Database, userId: bigint): Promise<void> {
  await tx
    .update(emailTokens)
    .set({ usedAt: sql`statement_timestamp()` })
    .where(and(eq(emailTokens.userId, userId), isNull(emailTokens.usedAt)));
}
