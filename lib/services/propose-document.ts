import { withStaff } from '@/db/client';
import { getDocumentPair } from '@/db/queries/desk/documents';
import { type DocumentTexts, readDocument } from '@/lib/domain/fund/document-draft';
import { type Result, refuse, refuseAll } from '@/lib/result';
import { type ProposalResult, sha256Hex } from './proposal-result';
import { propose } from './propose';
import type { StaffSession } from './read-as-staff';

/**
 * Proposes the next version of a document, both languages of it with their hashes. `version` is the one that the form was filled with: when another
 * has been published meanwhile, what was typed is not the next one.
 */
export async function proposeDocument(
  session: StaffSession,
  { key, slug, version, ...typed }: DocumentTexts & { key: string; slug: string; version: number },
): Promise<Result<ProposalResult & { id: string }>> {
  const latest = await withStaff(session.sessionId, (db) => getDocumentPair(db, slug, null));
  if (!latest) return refuse('proposal.no-such-document');
  if (latest.version !== version) return refuse('proposal.version-taken');
  const { titleEn, titleJa, body } = latest;
  const read = readDocument(typed, { titleEn, titleJa, bodyEn: body.en, bodyJa: body.ja });
  if (!read.ok) return refuseAll(read.refusals) ?? refuse('form.invalid');
  const { texts } = read;
  return propose(session, {
    key,
    kind: 'DOCUMENT_VERSION',
    payload: {
      slug,
      kind: latest.kind,
      version: String(version + 1),
      en: { title: texts.titleEn, body: texts.bodyEn, sha256: sha256Hex(texts.bodyEn) },
      ja: { title: texts.titleJa, body: texts.bodyJa, sha256: sha256Hex(texts.bodyJa) },
    },
  });
}
