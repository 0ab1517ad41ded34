import { withInvestor } from '@/db/client';
import { markRead } from '@/db/commands/notices';

/**
 * Marks one's own notices as read: one of them, or all up to the newest that was shown, so that one that has come meanwhile stays unread. Done twice
 * it is the same as done once, so it needs no key; somebody else's notices are none of the rows that it can see.
 */
export async function markNoticesRead(
  session: { userId: bigint },
  range: { from: bigint; upTo: bigint },
): Promise<void> {
  await withInvestor(session.userId, (tx) => markRead(tx, session.userId, range));
}
