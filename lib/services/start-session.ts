import { randomUUID } from 'node:crypto';
import type { Database } from '@/db/client';
import { insertSession } from '@/db/commands/sessions';
import type { ClientHints } from '@/lib/auth/client-address';
import type { Role } from '@/lib/domain/states';

/**
 * A new session of the person whom the transaction names: always a new id, never one that a browser brought along. `secondFactor` says whether
 * the second step is done already.
 */
export async function startSession(
  tx: Database,
  person: { userId: bigint; role: Role },
  client: ClientHints,
  secondFactor = false,
): Promise<{ sessionId: string }> {
  const id = randomUUID();
  await insertSession(tx, { id, ...person, userAgent: client.userAgent, address: client.address, secondFactor });
  return { sessionId: id };
}
