import { withStaff } from '@/db/client';
import { getDocument } from '@/db/queries/fund';
import {
  type ClassChoice,
  getPerson,
  getProposal,
  getToday,
  listClasses,
  listOfferingsIn,
  listProposals,
  listStaff,
  type OfferingChoice,
  type ProposalLine,
  type ProposalView,
  type StaffMember,
} from '@/db/queries/governance';
import { type CovenantLine, listCovenant } from '@/db/queries/governance-public';
import type { Canonical } from '@/lib/domain/governance/canonical';
import {
  type Decision,
  decideReject,
  decideSign,
  type Member,
  type ProposalFacts,
} from '@/lib/domain/governance/decide';
import { type Payload, parsePayload } from '@/lib/domain/governance/kinds';
import { isFresh } from '@/lib/domain/people/factors';
import {
  type Country,
  LOCALES,
  type Locale,
  PROPOSAL_STATES,
  type ProposalKind,
  type ProposalState,
  type Role,
} from '@/lib/domain/states';
import { isKey } from './key';
import type { StaffSession } from './read-as-staff';

export type { ProposalLine, ProposalView };

export type ProposalsQuery = { state: ProposalState | null; waitsFor: Country | null; page: number };

/** `waits` is a side, `state` a state; whatever else an address says counts as not said. */
export function readProposalsQuery(params: Record<string, string | string[] | undefined>): ProposalsQuery {
  const { state, waits, page } = params;
  return {
    state: PROPOSAL_STATES.find((known) => known === state) ?? null,
    waitsFor: waits === 'US' || waits === 'JP' ? waits : null,
    page: typeof page === 'string' && /^[1-9][0-9]{0,3}$/.test(page) ? Number(page) : 1,
  };
}

export const viewProposals = (session: StaffSession, { page, ...filter }: ProposalsQuery) =>
  withStaff(session.sessionId, (db) => listProposals(db, filter, page));

export type Viewer = StaffSession & { userId: bigint; side: Country | null; secondFactorAge: number | null };

export type SeenProposal = ProposalView & {
  payload: Payload;
  /** What there is to change: today, or before it was executed. */
  from: Canonical | null;
  /** `stale`: only the second factor stands against a signature. */
  may: { sign: boolean; stale: boolean; reject: boolean; edit: boolean; withdraw: boolean };
};

/** One proposal, and what the reader may do with it; null where there is none. Whether they may is asked again when they do. */
export async function viewProposal(viewer: Viewer, id: string): Promise<SeenProposal | null> {
  if (!isKey(id)) return null;
  return withStaff(viewer.sessionId, async (db) => {
    const proposal = await getProposal(db, id.toLowerCase());
    const current = proposal?.revisions.at(-1);
    if (!proposal || !current) return null;
    const [personId, today] = await Promise.all([
      getPerson(db, viewer.userId),
      proposal.state === 'OPEN' ? getToday(db, proposal.subject, proposal.kind, current.payload) : null,
    ]);
    const { userId, role, side, secondFactorAge } = viewer;
    const member: Member = { userId, personId: personId ?? '', role, side, factorFresh: true };
    const facts = factsOf(proposal, current.sha256);
    const isOwn = proposal.proposer === userId && facts.state === 'OPEN';
    return {
      ...proposal,
      state: facts.state,
      payload: parsePayload(proposal.kind, current.payload),
      from: proposal.state === 'OPEN' ? today : proposal.before,
      may: {
        sign: isNew(decideSign(facts, member, current)),
        stale: !isFresh(secondFactorAge),
        reject: isNew(decideReject(facts, member, { revision: current.revision, reason: '-' })),
        edit: isOwn && !AS_IT_STANDS.includes(proposal.kind),
        withdraw: isOwn,
      },
    };
  });
}

/** Their content is looked up, not typed: whoever wants another withdraws and proposes again. */
const AS_IT_STANDS: readonly ProposalKind[] = ['OFFERING', 'ALLOTMENT', 'NAV_PUBLICATION', 'NAV_CORRECTION'];

const isNew = (decision: Decision): boolean => decision.ok && !decision.replayed;

/** One whose time has run out is over, whether or not the job has looked. */
function factsOf(proposal: ProposalView, sha256: string): ProposalFacts {
  const { state, expiresAt, readAt, revision, signatures, concernsUserId, concernsPerson, closedBy } = proposal;
  return {
    state: state === 'OPEN' && expiresAt <= readAt ? 'EXPIRED' : state,
    revision,
    sha256,
    proposer: { userId: proposal.proposer, personId: proposal.proposerPerson },
    concerned: concernsUserId === null ? null : { userId: concernsUserId, personId: concernsPerson },
    signatures: signatures.filter((signature) => signature.revision === revision),
    closedBy,
  };
}

/** Who may propose; the database asks the same. */
export const mayPropose = (role: Role): boolean => role === 'OPERATOR' || role === 'MANAGER';

export type ProposalChoices = {
  staff: StaffMember[];
  limits: CovenantLine[];
  drafts: OfferingChoice[];
  running: OfferingChoice[];
  classes: ClassChoice[];
};

/** What the forms of all kinds offer to choose from. */
export const viewProposalChoices = (session: StaffSession): Promise<ProposalChoices> =>
  withStaff(session.sessionId, async (db) => {
    const [staff, limits, drafts, running, classes] = await Promise.all([
      listStaff(db),
      listCovenant(db),
      listOfferingsIn(db, ['DRAFT']),
      listOfferingsIn(db, ['APPROVED', 'OPEN', 'CLOSED']),
      listClasses(db),
    ]);
    return { staff, limits, drafts, running, classes };
  });

export type DocumentTexts = { version: number; kind: string } & Record<Locale, { title: string; body: string }>;

/** The newest version of a document in both languages: what a new one starts from. */
export const viewDocumentTexts = (session: StaffSession, slug: string): Promise<DocumentTexts | null> =>
  withStaff(session.sessionId, async (db) => {
    const [en, ja] = await Promise.all(LOCALES.map((locale) => getDocument(db, slug, locale)));
    return en && ja ? { version: en.version, kind: en.kind, en, ja } : null;
  });
