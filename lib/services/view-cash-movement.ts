import { withInvestor } from '@/db/client';
import { type CashMovementView, getCashMovement, type LedgerPosting, listLedgerEntry } from '@/db/queries/cash';
import type { Actor } from './actor';
import { isKey } from './key';

/** One movement of the reader's cash with its ledger entries. Null when there is none of this key, or it is somebody else's. */
export async function viewCashMovement(
  actor: Actor,
  key: string,
): Promise<{ movement: CashMovementView; postings: LedgerPosting[] } | null> {
  if (!isKey(key)) return null;
  return withInvestor(actor.investorId, async (tx) => {
    const movement = await getCashMovement(tx, actor.investorId, key);
    if (!movement) return null;
    const postings: LedgerPosting[] = [];
    for (const journalId of [movement.journalId, movement.finalJournalId]) {
      if (journalId !== null) postings.push(...(await listLedgerEntry(tx, actor.investorId, journalId)));
    }
    return { movement, postings };
  });
}
