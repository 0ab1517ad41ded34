import { withStaff } from '@/db/client';
import { getOfferingLine } from '@/db/queries/desk/offerings';
import { getDraftTerms } from '@/db/queries/governance';
import { type Result, refuse } from '@/lib/result';
import type { ProposalResult } from './proposal-result';
import { propose } from './propose';
import type { StaffSession } from './read-as-staff';

/** Proposes that a draft be approved as it stands. `version` is the terms version that its proposer has read. */
export async function proposeDraft(
  session: StaffSession,
  { key, slug, version }: { key: string; slug: string; version: number },
): Promise<Result<ProposalResult & { id: string }>> {
  const [draft, terms] = await withStaff(session.sessionId, (db) =>
    Promise.all([getOfferingLine(db, slug), getDraftTerms(db, slug)]),
  );
  if (!draft || !terms) return refuse('draft.not-found');
  if (draft.termsVersion !== version) return refuse('draft.changed');
  return propose(session, { key, kind: 'OFFERING', payload: { offering: slug, terms } });
}
