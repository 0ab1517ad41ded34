import { type Database, withStaff } from '@/db/client';
import type { Place } from '@/db/queries/desk/table';
import { isLiveStaff } from '@/db/queries/people';
import type { Role } from '@/lib/domain/states';

/** A session of staff that the page has checked. */
export type StaffSession = { sessionId: string; role: Role };

/** The support desk sees citizens behind a mask, and finds them only by what it has been told whole. */
export const seesMasked = ({ role }: Pick<StaffSession, 'role'>): boolean => role === 'SUPPORT';

type Batch<Row> = { rows: Row[]; next: Place | null };

/** So many rows are in memory at a time, and so many are read in one short transaction. */
const BATCH = 2_000;

/**
 * All rows of a table, a batch at a time, each in a transaction of its own: nothing is held open while a slow reader takes them. A session that
 * ends on the way ends the rows with an error, since without it the database would show none and the rest would seem not to exist.
 */
export async function* batchesAsStaff<Row>(
  session: StaffSession,
  next: (db: Database, after: Place | null, limit: number) => Promise<Batch<Row>>,
): AsyncGenerator<Row[], void> {
  const batchAfter = (after: Place | null): Promise<Batch<Row>> =>
    withStaff(session.sessionId, async (db) => {
      const [alive, found] = await Promise.all([isLiveStaff(db), next(db, after, BATCH)]);
      if (!alive) throw new Error('The session ended while the table was read.');
      return found;
    });
  let batch = await batchAfter(null);
  yield batch.rows;
  while (batch.next !== null) {
    batch = await batchAfter(batch.next);
    yield batch.rows;
  }
}
