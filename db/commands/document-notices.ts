/** A new version of a window's prospectus, told to those who subscribed before it (db/functions/document-notices.sql). For the job worker. */
import type { Locale } from '@/lib/domain/states';
import type { Sql } from '../client';
import { lostAnswer } from '../errors';
import { plainArray } from './literals';

export type DocumentNotice = { offeringId: number; documentVersionId: number };

/** Notices that are not through yet, the oldest first. */
export const listDocumentNotices = (sql: Sql): Promise<DocumentNotice[]> =>
  sql<DocumentNotice[]>`
    select offering_id as "offeringId", document_version_id as "documentVersionId" from list_document_notices()`;

/** Writes the mails of the next `people`, each in their language; one transaction. */
export async function tellApplicants(
  sql: Sql,
  { offeringId, documentVersionId }: DocumentNotice,
  people: number,
  kind: string,
  texts: readonly { locale: Locale; subject: string; body: string }[],
): Promise<{ told: number; finished: boolean }> {
  const [row] = await sql<{ told: number; finished: boolean }[]>`
    select * from tell_applicants(${offeringId}::integer, ${documentVersionId}::integer, ${people}::integer, ${kind},
      ${plainArray(texts.map(({ locale }) => locale))}::text::locale[],
      array(select json_array_elements_text(${JSON.stringify(texts.map(({ subject }) => subject))}::text::json)),
      array(select json_array_elements_text(${JSON.stringify(texts.map(({ body }) => body))}::text::json)))`;
  if (!row) throw lostAnswer('a notice');
  return row;
}
