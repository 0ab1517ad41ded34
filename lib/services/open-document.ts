import { withInvestor } from '@/db/client';
import { recordOpened } from '@/db/commands/consents';
import type { Actor } from './actor';

/** Records that the reader opened this version in their language. Returns whether there is such a document. Safe to repeat. */
export async function openDocument(actor: Actor, documentVersionId: number): Promise<boolean> {
  const sha256 = await withInvestor(actor.investorId, (tx) =>
    recordOpened(tx, actor.investorId, documentVersionId, actor.locale),
  );
  return sha256 !== null;
}
