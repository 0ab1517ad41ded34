import { read } from '@/db/client';
import * as governance from '@/db/commands/governance';
import { type Result, refuse } from '@/lib/result';
import { isKey } from './key';
import { actOnProposal, type ProposalResult, type StaffActor } from './proposal-result';

/** Takes back a proposal of one's own. */
export async function withdrawProposal(actor: StaffActor, { id }: { id: string }): Promise<Result<ProposalResult>> {
  if (!isKey(id)) return refuse('proposal.not-found');
  return actOnProposal(() => read((_, sql) => governance.withdrawProposal(sql, actor.sessionId, id)));
}
