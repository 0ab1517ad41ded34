/** What the ways through the second step have in common. */
import { randomUUID } from 'node:crypto';
import { type Database, withInvestor } from '@/db/client';
import { endSessions, renewSession } from '@/db/commands/sessions';
import { consume, forget } from '@/db/commands/throttle';
import type { ClientHints } from '@/lib/auth/client-address';
import { LIMITS } from '@/lib/auth/limits';
import type { Locale } from '@/lib/domain/states';
import { writeMail } from '@/lib/mail/write-mail';
import { ok, type Result, refuse } from '@/lib/result';

/** The session in which something about factors is done. */
export type FactorSession = { sessionId: string; userId: bigint; email: string; locale: Locale };

/**
 * One try of something that can be guessed. Tries are counted before they are looked at, so that of many at once only the limit is ever looked at;
 * a success clears them.
 */
export async function countedTry<T>(
  session: { userId: bigint },
  work: (tx: Database) => Promise<Result<T>>,
): Promise<Result<T>> {
  const subject = String(session.userId);
  const limits = [LIMITS.secondFactor, LIMITS.secondFactorDay];
  const waits = await Promise.all(limits.map((limit) => consume(limit, subject)));
  const wait = Math.max(...waits.map((seconds) => seconds ?? 0));
  if (wait > 0) return refuse('auth.throttled', { params: { minutes: Math.ceil(wait / 60) } });
  const result = await withInvestor(session.userId, work);
  if (result.ok) await Promise.all(limits.map((limit) => forget(limit, subject)));
  return result;
}

/** The second step is done: the session goes on under a new id, so that whoever knew the old one has nothing. */
export async function goOn(
  tx: Database,
  session: { sessionId: string; userId: bigint },
  client: ClientHints,
): Promise<Result<{ sessionId: string }>> {
  const renewed = { id: randomUUID(), userAgent: client.userAgent, address: client.address };
  const sessionId = await renewSession(tx, { id: session.sessionId, userId: session.userId }, renewed);
  return sessionId === null ? refuse('auth.session-gone') : ok({ sessionId });
}

/** Factors have changed: every other session ends, the person goes on in a new one, and a mail says so to whoever they really are. */
export async function factorsChanged(
  tx: Database,
  session: FactorSession,
  client: ClientHints,
): Promise<Result<{ sessionId: string }>> {
  const { userId, email, locale } = session;
  const next = await goOn(tx, session, client);
  if (!next.ok) return next;
  await endSessions(tx, userId, next.value.sessionId);
  await writeMail(tx, { userId, recipient: email, locale }, { kind: 'factors-changed', path: '/account/security' });
  return next;
}
