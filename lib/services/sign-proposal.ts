import { read, withStaff } from '@/db/client';
import * as governance from '@/db/commands/governance';
import { getConcernedInvestor } from '@/db/queries/governance';
import { type Result, refuse } from '@/lib/result';
import { isKey } from './key';
import { actOnProposal, type ProposalResult, type StaffActor } from './proposal-result';
import { refreshEligibility } from './refresh-eligibility';

/**
 * Signs the revision and the hash that were seen, for the signer's side. The signature that completes both sides carries the proposal out in the same
 * transaction, after the covenant's check; if that refuses, nothing has happened.
 */
export async function signProposal(
  actor: StaffActor,
  input: { id: string; revision: number; sha256: string },
): Promise<Result<ProposalResult>> {
  const { id, revision, sha256 } = input;
  if (!isKey(id)) return refuse('proposal.not-found');
  const result = await actOnProposal(() =>
    read((_, sql) => governance.signProposal(sql, actor.sessionId, id, revision, sha256)),
  );
  if (result.ok && result.value.state === 'EXECUTED') {
    // What a released account may do follows from its own facts, which only the domain weighs. Until then it may at most what it might before.
    const investorId = await withStaff(actor.sessionId, (db) => getConcernedInvestor(db, id));
    if (investorId !== null) await refreshEligibility(investorId);
  }
  return result;
}
