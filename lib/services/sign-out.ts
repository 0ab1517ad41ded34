import { withInvestor } from '@/db/client';
import { endSession } from '@/db/commands/sessions';

/** Ends the session for good: its cookie, wherever it was copied to, opens nothing from now on. */
export async function signOut(session: { userId: bigint; sessionId: string }): Promise<void> {
  await withInvestor(session.userId, (tx) => endSession(tx, session.userId, session.sessionId));
}
