/**
 * Who may do what with a proposal (DOMAIN §11, TRUST G4 and G5). This is the reference for the functions of db/functions/governance.sql, which
 * decide the same under their lock; property tests hold the two together. The first rule that stands against an act gives the refusal, and the
 * order of the rules is part of that contract.
 */
import type { Country, ProposalState, Role } from '../states';

/** A member of staff as the session shows them at this moment. */
export type Member = {
  userId: bigint;
  /** The human being: two accounts of one person count once. */
  personId: string;
  role: Role;
  /** An operator's side; null for everybody else. */
  side: Country | null;
  /** The second factor was shown within the last five minutes. */
  factorFresh: boolean;
};

export type Signature = { side: Country; userId: bigint; personId: string };

/** The account that a proposal would change, and whose it is where that is known: nobody decides about themselves. */
export type Concerned = { userId: bigint; personId: string | null } | null;

export type ProposalFacts = {
  state: ProposalState;
  revision: number;
  /** Of the current revision's payload. */
  sha256: string;
  proposer: { userId: bigint; personId: string };
  concerned: Concerned;
  /** Those of the current revision; older ones are void. */
  signatures: readonly Signature[];
  /** Who rejected it, if anybody did. */
  closedBy: bigint | null;
};

export type GovernanceRefusalCode =
  | 'proposal.not-allowed'
  | 'proposal.not-found'
  | 'proposal.not-yours'
  | 'proposal.not-open'
  | 'proposal.expired'
  | 'proposal.revised'
  | 'proposal.hash-mismatch'
  | 'proposal.factor-stale'
  | 'proposal.own-proposal'
  | 'proposal.own-account'
  | 'proposal.same-person'
  | 'proposal.side-signed'
  | 'proposal.key-reused'
  | 'proposal.unchanged'
  | 'proposal.duplicate'
  | 'proposal.reason-missing';

export type Decision = { ok: true; replayed: boolean } | { ok: false; code: GovernanceRefusalCode };

const go: Decision = { ok: true, replayed: false };
const again: Decision = { ok: true, replayed: true };
const refuse = (code: GovernanceRefusalCode): Decision => ({ ok: false, code });

/** Fourteen days from the proposal, by the system's clock; an edit does not begin them anew. */
export const PROPOSAL_DAYS = 14;
/** How long ago the second factor may have been shown when somebody signs. */
export const FRESH_FACTOR_SECONDS = 300;

const mayPropose = (member: Member) => member.role === 'OPERATOR' || member.role === 'MANAGER';

const isSelf = (member: Member, other: { userId: bigint; personId: string | null }): boolean =>
  other.userId === member.userId || other.personId === member.personId;

const closed = (state: ProposalState): Decision | undefined =>
  state === 'OPEN' ? undefined : refuse(state === 'EXPIRED' ? 'proposal.expired' : 'proposal.not-open');

/** `known` is what stands under this id already; `twin` an open proposal of the same kind about the same thing. */
export function decidePropose(
  member: Member,
  concerned: Concerned,
  known: { userId: bigint; sameContent: boolean } | null,
  twin: boolean,
): Decision {
  if (!mayPropose(member)) return refuse('proposal.not-allowed');
  if (known) return known.userId === member.userId && known.sameContent ? again : refuse('proposal.key-reused');
  if (concerned && isSelf(member, concerned)) return refuse('proposal.own-account');
  if (twin) return refuse('proposal.duplicate');
  return go;
}

/** `concerned` and `twin` are those of the new content. */
export function decideEdit(
  facts: ProposalFacts | null,
  member: Member,
  edit: { revision: number; sha256: string },
  concerned: Concerned,
  twin: boolean,
): Decision {
  if (!mayPropose(member)) return refuse('proposal.not-allowed');
  if (!facts) return refuse('proposal.not-found');
  if (facts.proposer.userId !== member.userId) return refuse('proposal.not-yours');
  if (facts.revision === edit.revision + 1 && facts.sha256 === edit.sha256) return again;
  const over = closed(facts.state);
  if (over) return over;
  if (facts.revision !== edit.revision) return refuse('proposal.revised');
  if (facts.sha256 === edit.sha256) return refuse('proposal.unchanged');
  if (concerned && isSelf(member, concerned)) return refuse('proposal.own-account');
  if (twin) return refuse('proposal.duplicate');
  return go;
}

/** A signature names the revision and the hash that the signer saw. */
export function decideSign(
  facts: ProposalFacts | null,
  member: Member,
  seen: { revision: number; sha256: string },
): Decision {
  if (member.role !== 'OPERATOR') return refuse('proposal.not-allowed');
  if (!facts) return refuse('proposal.not-found');
  const current = facts.revision === seen.revision && facts.sha256 === seen.sha256;
  if (current && facts.signatures.some(({ userId }) => userId === member.userId)) return again;
  if (!member.factorFresh) return refuse('proposal.factor-stale');
  const over = closed(facts.state);
  if (over) return over;
  if (facts.revision !== seen.revision) return refuse('proposal.revised');
  if (facts.sha256 !== seen.sha256) return refuse('proposal.hash-mismatch');
  if (isSelf(member, facts.proposer)) return refuse('proposal.own-proposal');
  if (facts.concerned && isSelf(member, facts.concerned)) return refuse('proposal.own-account');
  if (facts.signatures.some(({ personId }) => personId === member.personId)) return refuse('proposal.same-person');
  if (facts.signatures.some(({ side }) => side === member.side)) return refuse('proposal.side-signed');
  return go;
}

/** Whether a signature of this side is the one that executes. */
export const completes = (signatures: readonly Signature[], side: Country): boolean =>
  signatures.some((signature) => signature.side !== side);

/** One side's no is enough. Who proposed withdraws instead. */
export function decideReject(
  facts: ProposalFacts | null,
  member: Member,
  seen: { revision: number; reason: string },
): Decision {
  if (member.role !== 'OPERATOR') return refuse('proposal.not-allowed');
  if (!facts) return refuse('proposal.not-found');
  if (facts.state === 'REJECTED' && facts.closedBy === member.userId) return again;
  const over = closed(facts.state);
  if (over) return over;
  if (facts.revision !== seen.revision) return refuse('proposal.revised');
  if (isSelf(member, facts.proposer)) return refuse('proposal.own-proposal');
  if (seen.reason.trim() === '') return refuse('proposal.reason-missing');
  return go;
}

export function decideWithdraw(facts: ProposalFacts | null, member: Member): Decision {
  if (!mayPropose(member)) return refuse('proposal.not-allowed');
  if (!facts) return refuse('proposal.not-found');
  if (facts.proposer.userId !== member.userId) return refuse('proposal.not-yours');
  if (facts.state === 'WITHDRAWN') return again;
  return closed(facts.state) ?? go;
}
