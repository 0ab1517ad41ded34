import { withStaff } from '@/db/client';
import { saveOfferingDraft } from '@/db/commands/offering-drafts';
import { driverError } from '@/db/errors';
import { getDraftChoices } from '@/db/queries/desk/offerings';
import { readDraft, type TypedDraft } from '@/lib/domain/offerings/draft';
import { ok, type Result, refuse, refuseAll } from '@/lib/result';
import { byKey } from './by-key';
import type { StaffSession } from './read-as-staff';

export type DraftInput = TypedDraft & {
  classCode: string;
  /** The prospectus by the number of its version's row. */
  prospectus: string;
  /** The terms version that the editor was filled with; empty for a new draft. */
  version: string;
};

/** Saves what was typed as the draft of an offering, or says everything that is wrong with it. Nothing public changes. */
export async function saveDraft(session: StaffSession, input: DraftInput): Promise<Result<{ slug: string }>> {
  const choices = await withStaff(session.sessionId, getDraftChoices);
  const unitClass = choices.classes.find(({ code }) => code === input.classCode);
  if (!unitClass) return refuse('form.invalid', { field: 'classCode' });
  const read = readDraft(input, unitClass, choices.now);
  if (!read.ok) return refuseAll(read.refusals) ?? refuse('form.invalid');
  const prospectus = choices.prospectuses.find(({ id }) => String(id) === input.prospectus);
  if (!prospectus) return refuse('draft.prospectus', { field: 'prospectus' });
  const draft = {
    ...read.terms,
    version: input.version === '' ? null : Number(input.version),
    classId: unitClass.id,
    prospectusId: prospectus.id,
  };
  // The same draft again answers the same, so that it may be sent again when its answer is lost.
  const answer = await byKey(() =>
    withStaff(session.sessionId, (_, sql) => saveOfferingDraft(sql, session.sessionId, draft)),
  ).catch((error: unknown) => {
    // The session ended, or its role changed, while this was typed.
    if (driverError(error)?.code === '42501') return null;
    throw error;
  });
  if (answer === null) return refuse('draft.not-allowed');
  if (answer.ok) return ok({ slug: draft.slug });
  return refuse(answer.code, fieldOf(answer.code));
}

const fieldOf = (code: string): { field?: string } =>
  code === 'draft.slug-taken'
    ? { field: 'slug' }
    : code === 'draft.above-authorised'
      ? { field: 'sizeUnits' }
      : code === 'draft.prospectus'
        ? { field: 'prospectus' }
        : {};
