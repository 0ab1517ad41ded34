import { getTranslations } from 'next-intl/server';
import { requireSession } from '@/lib/auth/session';
import { csvResponse } from '@/lib/documents/csv';
import { EXPORTERS } from '@/lib/domain/desk/places';
import { readTable } from '@/lib/domain/desk/table';
import { asLocale } from '@/lib/i18n/locale';
import { DOCUMENT_TABLE, type DocumentLine, exportDocuments } from '@/lib/services/view-desk-documents';
import { queryParams } from '../../query-params';

/** The table that the page shows, all of it, with the whole hashes of both languages, as a file. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/[locale]/operator/documents/csv'>,
): Promise<Response> {
  const session = await requireSession(...EXPORTERS);
  const locale = asLocale((await params).locale);
  const query = readTable(DOCUMENT_TABLE, queryParams(request));
  const t = await getTranslations({ locale, namespace: 'desk.documents' });
  const kinds = await getTranslations({ locale, namespace: 'desk.document-kind' });
  const head = [t('slug'), t('kind'), t('version'), t('published'), t('en'), t('hash'), t('ja'), t('hash')];
  const row = (line: DocumentLine): string[] => [
    line.slug,
    kinds(line.kind),
    String(line.version),
    line.publishedAt.toISOString(),
    line.titleEn,
    line.sha256En,
    line.titleJa,
    line.sha256Ja,
  ];
  async function* batches() {
    for await (const batch of exportDocuments(session, query)) yield batch.map(row);
  }
  return csvResponse('wakachi-documents', head, batches());
}
