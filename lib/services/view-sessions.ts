import { withInvestor } from '@/db/client';
import { listSessions } from '@/db/queries/people';
import { describeUserAgent } from '@/lib/domain/people/session';
import type { Role } from '@/lib/domain/states';

export type SessionView = {
  id: string;
  isThis: boolean;
  browser: string | null;
  system: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  address: string | null;
};

/** Where the person is signed in, this session first. */
export async function viewSessions(session: { userId: bigint; role: Role; sessionId: string }): Promise<SessionView[]> {
  const list = await withInvestor(session.userId, (tx) => listSessions(tx, session.userId, session.role));
  return list
    .map(({ userAgent, ...rest }) => ({
      ...rest,
      ...describeUserAgent(userAgent),
      isThis: rest.id === session.sessionId,
    }))
    .sort((a, b) => Number(b.isThis) - Number(a.isThis));
}
