import { sql } from 'drizzle-orm';
import type { Database } from '../client';

/** Notes of the person's notices between two ids, both included, that they were read now; one that was read keeps its time. */
export async function markRead(tx: Database, userId: bigint, { from, upTo }: { from: bigint; upTo: bigint }) {
  await tx.execute(
    sql`update mails set read_at = app_now()
         where user_id = ${userId} and id between ${from} and ${upTo} and read_at is null`,
  );
}
