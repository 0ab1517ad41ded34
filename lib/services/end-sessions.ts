import { withInvestor } from '@/db/client';
import { endSession, endSessions } from '@/db/commands/sessions';
import { ok, type Result, refuse } from '@/lib/result';

/** Ends one of the person's own sessions. Someone else's is as unknown as one that never was. */
export async function endOneSession(session: { userId: bigint }, input: { sessionId: string }): Promise<Result<null>> {
  const ended = await withInvestor(session.userId, (tx) => endSession(tx, session.userId, input.sessionId));
  return ended ? ok(null) : refuse('auth.session-gone');
}

/** Ends every session of the person, this one too. */
export async function endAllSessions(session: { userId: bigint }): Promise<Result<null>> {
  await withInvestor(session.userId, (tx) => endSessions(tx, session.userId));
  return ok(null);
}
