/** Consents are append-only: document version, hash, language, time (DOMAIN §3). Agreement is recorded by place_orders, with the order. */
import { sql } from 'drizzle-orm';
import type { Locale } from '@/lib/domain/states';
import type { Database } from '../client';
import { firstRow } from '../queries/rows';

/**
 * Records that the person opened this version of a document in this language, once. Returns the hash of the text, or null when no such
 * text is published.
 */
export async function recordOpened(
  tx: Database,
  investorId: bigint,
  documentVersionId: number,
  locale: Locale,
): Promise<string | null> {
  const row = await firstRow<{ sha256: string }>(
    tx,
    sql`with text as (
          select d.document_version_id, d.sha256 from document_texts d join document_versions v on v.id = d.document_version_id
           where d.document_version_id = ${documentVersionId} and d.locale = ${locale} and v.published_at <= app_now()
        ), opened as (
          insert into consents (investor_id, document_version_id, act, locale, sha256)
          select ${investorId}::bigint, document_version_id, 'OPENED', ${locale}, sha256 from text
          on conflict do nothing
        )
        select sha256 from text`,
  );
  return row?.sha256 ?? null;
}
