/** What a person was told, in the site: their mails but those whose link lets in whoever has it, which row-level security keeps back. */
import { sql } from 'drizzle-orm';
import type { Locale } from '@/lib/domain/states';
import { type Database, withInvestor } from '../client';
import { rows } from './rows';

export type Notice = {
  id: bigint;
  /** The language that it was written in. */
  locale: Locale;
  subject: string;
  body: string;
  createdAt: Date;
  readAt: Date | null;
};

export type NoticePage = {
  notices: Notice[];
  total: number;
  unread: number;
  /** How many are newer than those of this page. */
  newer: number;
  /** Where the next page begins; null on the last one. */
  next: bigint | null;
};

/** A page of a person's notices, the newest first: those older than `before`, which stays the same page while new ones arrive. */
export const getNotices = (investorId: bigint, before: bigint | null, limit: number): Promise<NoticePage> =>
  withInvestor(investorId, async (db) => {
    const [found, [counts]] = await Promise.all([
      rows<Notice>(
        db,
        sql`select id, locale, subject, body, created_at as "createdAt", read_at as "readAt" from mails
             where user_id = ${investorId} and (${before}::bigint is null or id < ${before}::bigint)
             order by id desc limit ${limit + 1}`,
      ),
      rows<{ total: number; unread: number; newer: number }>(
        db,
        sql`select count(*)::int as total, count(*) filter (where read_at is null)::int as unread,
                   count(*) filter (where id >= ${before}::bigint)::int as newer
              from mails where user_id = ${investorId}`,
      ),
    ]);
    const notices = found.slice(0, limit);
    return {
      ...{ notices, total: counts?.total ?? 0, unread: counts?.unread ?? 0, newer: counts?.newer ?? 0 },
      next: found.length > limit ? (notices.at(-1)?.id ?? null) : null,
    };
  });

export async function countUnread(db: Database, investorId: bigint): Promise<number> {
  const [found] = await rows<{ unread: number }>(
    db,
    sql`select count(*)::int as unread from mails where user_id = ${investorId} and read_at is null`,
  );
  return found?.unread ?? 0;
}
