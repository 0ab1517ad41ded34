import { createHash } from 'node:crypto';
import type { ProposalAnswer, Written } from '@/db/commands/governance';
import { driverError } from '@/db/errors';
import { type Canonical, canonicalJson } from '@/lib/domain/governance/canonical';
import type { ProposalState } from '@/lib/domain/states';
import { ok, type RefusalParam, type Result, refuse } from '@/lib/result';
import { byKey } from './by-key';
import { refuseWhenAway } from './refusals';

/** Who acts, known by the session alone: what they may do is for the database to say. */
export type StaffActor = { sessionId: string };

/** What became of an act; the same for every repetition, but for `replayed`. */
export type ProposalResult = { number: number; revision: number; state: ProposalState; replayed: boolean };

export const sha256Hex = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** A payload as it is signed. */
export function write(payload: Canonical): Written {
  const text = canonicalJson(payload);
  return { payload: text, sha256: sha256Hex(text) };
}

/** Runs a command of staff on a proposal, again when its answer was lost: each of them answers the same the second time. */
export async function actOnProposal(command: () => Promise<ProposalAnswer>): Promise<Result<ProposalResult>> {
  try {
    const answer = await byKey(command);
    if (answer.ok) {
      const { number, revision, state, replayed } = answer;
      return ok({ number, revision, state, replayed });
    }
    const field = answer.code === 'proposal.reason-missing' ? { field: 'reason' } : {};
    return refuse(answer.code, { params: shares(answer.params), ...field });
  } catch (error) {
    // The session ended, or its role changed, after the page had looked.
    if (driverError(error)?.code === '42501') return refuse('proposal.session-over');
    return refuseWhenAway(error);
  }
}

/** The covenant’s figures: parts of ten thousand. */
const shares = (params: Record<string, string>): Record<string, RefusalParam> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, { percentE4: BigInt(value) }]));
