/** What the job worker looks for across all people: ids alone (see db/functions/people-due.sql). */
import { read } from '@/db/client';

export async function listDueIdentityReviews(since: Date): Promise<bigint[]> {
  const rows = await read((_, raw) => raw<{ id: bigint }[]>`select due_identity_reviews(${since.toISOString()}) as id`);
  return rows.map(({ id }) => BigInt(id));
}

export async function listDueSuitabilityExpiries(): Promise<bigint[]> {
  const rows = await read((_, raw) => raw<{ id: bigint }[]>`select due_suitability_expiries() as id`);
  return rows.map(({ id }) => BigInt(id));
}
