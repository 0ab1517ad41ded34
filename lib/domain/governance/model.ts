/**
 * The reference model of joint approval: one council, one act at a time, nothing hidden. The database functions do the same under concurrency;
 * property tests run the same histories through both and compare every answer (HOUSE). It carries out the two kinds that rules lean on: freezes,
 * because they can stop fitting between two signatures, and changes of role, because they void signatures.
 */
import type { Country, InvestorStatus, ProposalState, Role } from '../states';
import type { Sha256 } from './canonical';
import { canonicalJson } from './canonical';
import {
  type Concerned,
  completes,
  type Decision,
  decideEdit,
  decidePropose,
  decideReject,
  decideSign,
  decideWithdraw,
  type Member,
  PROPOSAL_DAYS,
  type ProposalFacts,
  type Signature,
} from './decide';
import { type InvestorFreeze, type InvestorUnfreeze, type RoleChange, subjectOf } from './kinds';

export type Content =
  | { kind: 'INVESTOR_FREEZE'; payload: InvestorFreeze }
  | { kind: 'INVESTOR_UNFREEZE'; payload: InvestorUnfreeze }
  | { kind: 'ROLE_CHANGE'; payload: RoleChange };

export type Act = { by: bigint } & (
  | { type: 'propose'; id: string; content: Content }
  | { type: 'edit'; id: string; revision: number; content: Content }
  | { type: 'sign'; id: string; revision: number; sha256: string }
  | { type: 'reject'; id: string; revision: number; reason: string }
  | { type: 'withdraw'; id: string }
);

export type Answer =
  | { ok: true; replayed: boolean; number: number; revision: number; state: ProposalState }
  | { ok: false; code: string };

export type Proposal = Omit<ProposalFacts, 'concerned' | 'signatures'> & {
  id: string;
  number: number;
  content: Content;
  /** Of the first revision: what the id was used for. */
  firstSha256: string;
  expiresAt: Date;
  signatures: Signature[];
};

const DAY_MS = 86_400_000;

export class Council {
  readonly proposals: Proposal[] = [];

  constructor(
    readonly members: Map<bigint, Member>,
    readonly investors: Map<bigint, InvestorStatus>,
    public now: Date,
    private readonly sha256: Sha256,
  ) {}

  hashOf = (content: Content): string => this.sha256(canonicalJson(content.payload));

  apply(act: Act): Answer {
    const member = this.members.get(act.by);
    if (!member) throw new Error('Nobody of the staff acts.');
    for (const proposal of this.proposals) {
      if (proposal.state === 'OPEN' && proposal.expiresAt <= this.now) proposal.state = 'EXPIRED';
    }
    if (act.type === 'propose') return this.propose(member, act.id, act.content);
    const proposal = this.proposals.find(({ id }) => id === act.id);
    const facts = proposal ? this.factsOf(proposal) : null;
    switch (act.type) {
      case 'edit': {
        const sha256 = this.hashOf(act.content);
        const twin = proposal ? this.hasTwin(act.content, proposal.id) : false;
        const decision = decideEdit(facts, member, { ...act, sha256 }, this.concernedOf(act.content), twin);
        return this.answer(proposal, decision, (p) => {
          const fault = this.fault(act.content);
          if (fault) return fault;
          Object.assign(p, { content: act.content, sha256, revision: p.revision + 1, signatures: [] });
          return null;
        });
      }
      case 'sign':
        return this.answer(proposal, decideSign(facts, member, act), (p) => this.sign(p, member));
      case 'reject':
        return this.answer(proposal, decideReject(facts, member, act), (p) => {
          Object.assign(p, { state: 'REJECTED', closedBy: member.userId });
          return null;
        });
      case 'withdraw':
        return this.answer(proposal, decideWithdraw(facts, member), (p) => {
          Object.assign(p, { state: 'WITHDRAWN', closedBy: member.userId });
          return null;
        });
    }
  }

  private propose(member: Member, id: string, content: Content): Answer {
    const old = this.proposals.find((proposal) => proposal.id === id);
    const sha256 = this.hashOf(content);
    const known = old && {
      userId: old.proposer.userId,
      sameContent: old.content.kind === content.kind && old.firstSha256 === sha256,
    };
    const decision = decidePropose(member, this.concernedOf(content), known ?? null, this.hasTwin(content));
    if (!decision.ok || decision.replayed) return this.answer(old, decision, () => null);
    const code = this.fault(content);
    if (code) return { ok: false, code };
    const proposal: Proposal = {
      id,
      number: this.proposals.length + 1,
      content,
      state: 'OPEN',
      revision: 1,
      sha256,
      firstSha256: sha256,
      proposer: { userId: member.userId, personId: member.personId },
      expiresAt: new Date(this.now.getTime() + PROPOSAL_DAYS * DAY_MS),
      signatures: [],
      closedBy: null,
    };
    this.proposals.push(proposal);
    return this.answer(proposal, decision, () => null);
  }

  /** The second side's signature carries the proposal out, unless it no longer fits; then nothing happens, not even the signature. */
  private sign(proposal: Proposal, member: Member): string | null {
    if (!member.side) throw new Error('An operator has a side.');
    const { userId, personId, side } = member;
    if (completes(proposal.signatures, side)) {
      const fault = this.fault(proposal.content);
      if (fault) return fault;
      proposal.signatures.push({ userId, personId, side });
      Object.assign(proposal, { state: 'EXECUTED', closedBy: userId });
      this.carryOut(proposal);
    } else {
      proposal.signatures.push({ userId, personId, side });
    }
    return null;
  }

  private answer(
    proposal: Proposal | undefined,
    decision: Decision,
    effect: (proposal: Proposal) => string | null,
  ): Answer {
    if (!decision.ok) return { ok: false, code: decision.code };
    if (!proposal) throw new Error('A proposal that is not there was acted upon.');
    const code = decision.replayed ? null : effect(proposal);
    if (code) return { ok: false, code };
    const { number, revision, state } = proposal;
    return { ok: true, replayed: decision.replayed, number, revision, state };
  }

  private factsOf = (proposal: Proposal): ProposalFacts => ({
    ...proposal,
    concerned: this.concernedOf(proposal.content),
  });

  private hasTwin = ({ kind, payload }: Content, except?: string): boolean =>
    this.proposals.some(
      (p) =>
        p.state === 'OPEN' &&
        p.id !== except &&
        p.content.kind === kind &&
        subjectOf(p.content.payload) === subjectOf(payload),
    );

  private concernedOf({ payload }: Content): Concerned {
    const userId = BigInt('userId' in payload ? payload.userId : payload.investorId);
    return { userId, personId: this.members.get(userId)?.personId ?? null };
  }

  /** What the kind has against it, today. */
  private fault({ kind, payload }: Content): string | null {
    if (kind === 'ROLE_CHANGE') {
      const member = this.members.get(BigInt(payload.userId));
      if (!member) return 'proposal.no-such-account';
      if (member.role === payload.role && member.side === payload.side) return 'proposal.unchanged';
      const others = [...this.members.values()].filter((m) => m.side === member.side && m.userId !== member.userId);
      return member.role === 'OPERATOR' && others.length === 0 ? 'proposal.last-operator' : null;
    }
    const status = this.investors.get(BigInt(payload.investorId));
    if (!status) return 'proposal.no-such-account';
    if (kind === 'INVESTOR_FREEZE') return status === 'FROZEN' ? 'proposal.already-frozen' : null;
    return status === 'FROZEN' ? null : 'proposal.not-frozen';
  }

  private carryOut({ id, content: { kind, payload } }: Proposal) {
    if (kind === 'INVESTOR_FREEZE') this.investors.set(BigInt(payload.investorId), 'FROZEN');
    if (kind === 'INVESTOR_UNFREEZE') this.investors.set(BigInt(payload.investorId), 'ELIGIBLE');
    if (kind !== 'ROLE_CHANGE') return;
    const userId = BigInt(payload.userId);
    const member = this.members.get(userId);
    if (member)
      Object.assign(member, { role: payload.role, side: payload.side } satisfies { role: Role; side: Country | null });
    for (const other of this.proposals) {
      if (other.state !== 'OPEN' || other.id === id || !other.signatures.some((s) => s.userId === userId)) continue;
      other.revision += 1;
      other.signatures = [];
    }
  }
}
