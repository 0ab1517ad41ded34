/** The commands of staff on proposals (db/functions/governance.sql): each call is one transaction, safe to repeat. The session says who acts. */
import type { GovernanceRefusalCode } from '@/lib/domain/governance/decide';
import type { ProposalKind, ProposalState } from '@/lib/domain/states';
import type { Sql } from '../client';
import { lostAnswer } from '../errors';

/** What a kind's own check, or the covenant, has against a proposal. */
export const KIND_REFUSALS = [
  'proposal.invalid',
  'proposal.no-executor',
  'proposal.no-such-account',
  'proposal.already-frozen',
  'proposal.not-frozen',
  'proposal.last-operator',
  'proposal.no-such-offering',
  'proposal.wrong-state',
  'proposal.document-missing',
  'proposal.draft-changed',
  'proposal.window-over',
  'proposal.units-moved',
  'proposal.no-such-document',
  'proposal.version-taken',
  'allotment.no-window',
  'allotment.started-already',
  'allotment.not-listed',
  'allotment.other-list',
  'allotment.before-pulse',
  'valuation.not-held',
  'valuation.not-sound',
  'valuation.being-dealt-again',
  'valuation.not-published',
  'valuation.changed',
  'dealing.no-such-class',
  'dealing.no-dealing-day',
  'dealing.too-late',
  'dealing.begun',
  'holiday.beyond-calendar',
  'holiday.weekend',
  'holiday.past',
  'holiday.cut-off-passed',
  'holiday.too-near',
  'holiday.listed',
  'holiday.not-listed',
  'covenant.leverage',
  'covenant.sector-share',
  'covenant.state-share',
  'covenant.retail-share',
  'covenant.person-cap',
  'covenant.gate',
] as const;

export type ProposalRefusalCode = GovernanceRefusalCode | (typeof KIND_REFUSALS)[number];

export type ProposalAnswer =
  | { ok: true; replayed: boolean; number: number; revision: number; state: ProposalState }
  /** `params` of a covenant's refusal: limit, actual and by, parts of ten thousand as text. */
  | { ok: false; code: ProposalRefusalCode; params: Record<string, string> };

type Row = {
  code: ProposalRefusalCode | null;
  params: Record<string, string>;
  replayed: boolean;
  number: number | null;
  revision: number | null;
  state: ProposalState | null;
};

function answer([row]: readonly Row[]): ProposalAnswer {
  if (!row) throw lostAnswer('an act on a proposal');
  const { code, params, replayed, number, revision, state } = row;
  if (code !== null) return { ok: false, code, params };
  if (number === null || revision === null || state === null)
    throw new Error('The governance function gave an answer without a proposal.');
  return { ok: true, replayed, number, revision, state };
}

/** A payload as it is signed: canonical JSON and the SHA-256 of its UTF-8 bytes, hex. */
export type Written = { payload: string; sha256: string };

export const propose = async (
  sql: Sql,
  sessionId: string,
  id: string,
  kind: ProposalKind,
  { payload, sha256 }: Written,
): Promise<ProposalAnswer> =>
  answer(
    await sql<Row[]>`
    select * from propose(${sessionId}::text::uuid, ${id}::text::uuid, ${kind}::text::proposal_kind, ${payload}::text, ${sha256}::text)`,
  );

export const editProposal = async (
  sql: Sql,
  sessionId: string,
  id: string,
  revision: number,
  { payload, sha256 }: Written,
): Promise<ProposalAnswer> =>
  answer(
    await sql<Row[]>`
    select * from edit_proposal(${sessionId}::text::uuid, ${id}::text::uuid, ${revision}::integer, ${payload}::text, ${sha256}::text)`,
  );

/** `revision` and `sha256` are what the signer saw. The second side's signature executes. */
export const signProposal = async (
  sql: Sql,
  sessionId: string,
  id: string,
  revision: number,
  sha256: string,
): Promise<ProposalAnswer> =>
  answer(
    await sql<Row[]>`
    select * from sign_proposal(${sessionId}::text::uuid, ${id}::text::uuid, ${revision}::integer, ${sha256}::text)`,
  );

export const rejectProposal = async (
  sql: Sql,
  sessionId: string,
  id: string,
  revision: number,
  reason: string,
): Promise<ProposalAnswer> =>
  answer(
    await sql<Row[]>`
    select * from reject_proposal(${sessionId}::text::uuid, ${id}::text::uuid, ${revision}::integer, ${reason}::text)`,
  );

export const withdrawProposal = async (sql: Sql, sessionId: string, id: string): Promise<ProposalAnswer> =>
  answer(await sql<Row[]>`select * from withdraw_proposal(${sessionId}::text::uuid, ${id}::text::uuid)`);

/** Those whose time has run out; answers how many. For the job worker. */
export async function expireProposals(sql: Sql): Promise<number> {
  const [row] = await sql<{ n: number }[]>`select expire_proposals() as n`;
  return row?.n ?? 0;
}

/** Publishes the head of the log, once a day at most; answers how many were published. */
export async function publishCheckpoint(sql: Sql): Promise<number> {
  const [row] = await sql<{ n: number }[]>`select publish_checkpoint() as n`;
  return row?.n ?? 0;
}
