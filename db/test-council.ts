/** A council for tests of joint approval: two operators a side, the manager, the auditor, support, and short ways to propose and sign as them. */
import { createHash, randomUUID } from 'node:crypto';
import { type Canonical, canonicalJson } from '@/lib/domain/governance/canonical';
import type { ProposalKind } from '@/lib/domain/states';
import * as governance from './commands/governance';
import type { Sql } from './connect';
import { addInvestors, addStaff } from './test-scene';

export const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

export const written = (payload: Canonical): governance.Written => {
  const text = canonicalJson(payload);
  return { payload: text, sha256: sha256(text) };
};

export type Seat = Awaited<ReturnType<typeof addStaff>>;
export type Proposed = governance.Written & { id: string; answer: governance.ProposalAnswer };

export const refused = (code: string) => ({ ok: false, code });

export const freezing = (investorId: bigint, remark = 'As the court ordered.') => ({
  investorId: String(investorId),
  reason: 'court-order',
  remark,
});

export type Council = Awaited<ReturnType<typeof setCouncil>>;

/** `site` is a connection as the site's role: everything here goes through the functions that the site calls. */
export async function setCouncil(owner: Sql, site: Sql) {
  const seats = {
    us: await addStaff(owner, { side: 'US' }),
    us2: await addStaff(owner, { side: 'US' }),
    jp: await addStaff(owner, { side: 'JP' }),
    jp2: await addStaff(owner, { side: 'JP' }),
    manager: await addStaff(owner, { role: 'MANAGER' }),
    auditor: await addStaff(owner, { role: 'AUDITOR' }),
    support: await addStaff(owner, { role: 'SUPPORT' }),
  };
  const propose = async (
    by: Seat,
    kind: ProposalKind,
    payload: Canonical,
    id: string = randomUUID(),
  ): Promise<Proposed> => {
    const words = written(payload);
    return { id, ...words, answer: await governance.propose(site, by.sessionId, id, kind, words) };
  };
  const sign = (by: Seat, { id, sha256: hash }: { id: string; sha256: string }, revision = 1) =>
    governance.signProposal(site, by.sessionId, id, revision, hash);
  /** An open proposal to freeze an investor who was made for it. */
  const freeze = async (by: Seat = seats.us) => {
    const [investorId = 0n] = await addInvestors(owner, 1);
    const proposal = await propose(by, 'INVESTOR_FREEZE', freezing(investorId));
    if (!proposal.answer.ok) throw new Error(proposal.answer.code);
    return { ...proposal, investorId };
  };
  return { ...seats, propose, sign, freeze };
}
