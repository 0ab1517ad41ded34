/** Drafts of offerings through db/functions/offering-drafts.sql: one transaction, safe to repeat with the same terms. */
import type { Sql, TransactionSql } from '@/db/client';
import type { DraftTerms } from '@/lib/domain/offerings/draft';
import { lostAnswer } from '../errors';

export type DraftAnswer =
  | { ok: true; termsVersion: number }
  | {
      ok: false;
      code:
        | 'draft.prospectus'
        | 'draft.slug-taken'
        | 'draft.not-found'
        | 'draft.not-a-draft'
        | 'draft.changed'
        | 'draft.above-authorised';
    };

/** `version` is the terms version that the editor saw; null for a new draft. Throws 42501 where the session may not. */
export async function saveOfferingDraft(
  sql: Sql | TransactionSql,
  sessionId: string,
  draft: DraftTerms & { version: number | null; classId: number; prospectusId: number },
): Promise<DraftAnswer> {
  type Row = { code: Exclude<DraftAnswer, { ok: true }>['code'] | null; terms_version: number | null };
  const [row] = await sql<Row[]>`
    select * from save_offering_draft(${sessionId}, ${draft.slug}, ${draft.version}, ${draft.classId}::smallint, ${draft.nameEn}, ${draft.nameJa},
      ${draft.method}::text::offering_method, ${draft.price}, ${draft.sizeUnits}, ${draft.upsizeUnits}, ${draft.showDemand}, ${draft.lotUnits}, ${draft.minUnits}, ${draft.maxUnits},
      ${draft.opensAt}, ${draft.closesAt}, ${draft.revealBy}, ${draft.prospectusId})`;
  if (!row) throw lostAnswer('a draft');
  if (row.code !== null) return { ok: false, code: row.code };
  return { ok: true, termsVersion: row.terms_version ?? 1 };
}
