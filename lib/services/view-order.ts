import { withInvestor } from '@/db/client';
import { type LedgerPosting, listLedgerEntry } from '@/db/queries/cash';
import { getOrder, type OrderView } from '@/db/queries/orders';
import type { Actor } from './actor';
import { isKey } from './key';

/** One order of the reader's with its ledger entry. Null when there is none of this key, or it is somebody else's. */
export async function viewOrder(
  actor: Actor,
  key: string,
): Promise<{ order: OrderView; postings: LedgerPosting[] } | null> {
  if (!isKey(key)) return null;
  return withInvestor(actor.investorId, async (tx) => {
    const order = await getOrder(tx, actor.investorId, key);
    if (!order) return null;
    const postings = order.journalId === null ? [] : await listLedgerEntry(tx, actor.investorId, order.journalId);
    return { order, postings };
  });
}
