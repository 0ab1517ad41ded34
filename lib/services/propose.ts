import { read } from '@/db/client';
import * as governance from '@/db/commands/governance';
import { checkPayload } from '@/lib/domain/governance/kinds';
import type { ProposalKind } from '@/lib/domain/states';
import { type Result, refuse } from '@/lib/result';
import { isKey } from './key';
import { actOnProposal, type ProposalResult, type StaffActor, write } from './proposal-result';

/** Proposes an act of the operators. `key` was made when the form was first shown and becomes the proposal's id: the same one is the same proposal. */
export async function propose(
  actor: StaffActor,
  input: { key: string; kind: ProposalKind; payload: unknown },
): Promise<Result<ProposalResult & { id: string }>> {
  const payload = checkPayload(input.kind, input.payload);
  if (!isKey(input.key) || payload === null) return refuse('proposal.invalid');
  const id = input.key.toLowerCase();
  const result = await actOnProposal(() =>
    read((_, sql) => governance.propose(sql, actor.sessionId, id, input.kind, write(payload))),
  );
  return result.ok ? { ok: true, value: { id, ...result.value } } : result;
}
