import { read } from '@/db/client';
import * as governance from '@/db/commands/governance';
import { type Result, refuse } from '@/lib/result';
import { isKey } from './key';
import { actOnProposal, type ProposalResult, type StaffActor } from './proposal-result';

const LONGEST = 500;

/** One side turns a proposal down, with a reason for the other one to read. */
export async function rejectProposal(
  actor: StaffActor,
  input: { id: string; revision: number; reason: string },
): Promise<Result<ProposalResult>> {
  const { id, revision } = input;
  const reason = input.reason.trim();
  if (!isKey(id)) return refuse('proposal.not-found');
  if (reason === '') return refuse('proposal.reason-missing', { field: 'reason' });
  if (reason.length > LONGEST) return refuse('form.too-long', { params: { max: LONGEST }, field: 'reason' });
  return actOnProposal(() => read((_, sql) => governance.rejectProposal(sql, actor.sessionId, id, revision, reason)));
}
