import { read } from '@/db/client';
import * as governance from '@/db/commands/governance';
import { checkPayload } from '@/lib/domain/governance/kinds';
import type { ProposalKind } from '@/lib/domain/states';
import { type Result, refuse } from '@/lib/result';
import { isKey } from './key';
import { actOnProposal, type ProposalResult, type StaffActor, write } from './proposal-result';

/** Changes what an open proposal of one's own says; both signatures are void from then on. `revision` is the one that was read. */
export async function editProposal(
  actor: StaffActor,
  input: { id: string; kind: ProposalKind; revision: number; payload: unknown },
): Promise<Result<ProposalResult>> {
  const payload = checkPayload(input.kind, input.payload);
  if (!isKey(input.id)) return refuse('proposal.not-found');
  if (payload === null) return refuse('proposal.invalid');
  const { id, revision } = input;
  return actOnProposal(() =>
    read((_, sql) => governance.editProposal(sql, actor.sessionId, id, revision, write(payload))),
  );
}
