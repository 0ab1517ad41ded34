import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { DeskHeading } from '@/components/ui/desk-heading';
import { DeskTable } from '@/components/ui/desk-table';
import { Pager } from '@/components/ui/pager';
import { TableFilter } from '@/components/ui/table-filter';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES, mayExport } from '@/lib/domain/desk/places';
import { readTable } from '@/lib/domain/desk/table';
import { DOCUMENT_KINDS } from '@/lib/domain/states';
import { formatInstant, formatInteger } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { DOCUMENT_TABLE, type DocumentLine, viewDeskDocuments } from '@/lib/services/view-desk-documents';
import { forStaff, staffMetadata } from '../for-staff';
import { filterParts, pagerParts, sortable } from '../table-parts';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

async function metadata(): Promise<Metadata> {
  return { title: (await getTranslations('desk'))('documents.title') };
}

/** Every version of every document. */
async function DeskDocumentsPage({ params, searchParams }: PageProps<'/[locale]/operator/documents'>) {
  const session = await requireSession(...DESK_PLACES.documents.roles);
  const locale = asLocale((await params).locale);
  const given = await searchParams;
  const query = readTable(DOCUMENT_TABLE, given);
  const page = await viewDeskDocuments(session, query);
  const t = await getTranslations('desk.documents');
  const table = await getTranslations('desk.table');
  const kinds = await getTranslations('desk.document-kind');
  const { path } = DESK_PLACES.documents;
  const parts = { locale, path, spec: DOCUMENT_TABLE, query };
  const columns = [
    { key: 'name', label: t('name') },
    { key: 'kind', label: t('kind') },
    { key: 'version', label: t('version'), figure: true },
    { key: 'published', label: t('published') },
    { key: 'offerings', label: t('offerings'), figure: true },
    { key: 'hash', label: t('hash') },
  ].map((column) => sortable(parts, column));
  const cells = (line: DocumentLine) => [
    <Link key="name" href={localePath(locale, `${path}/${line.slug}/${line.version}`)}>
      {locale === 'ja' ? line.titleJa : line.titleEn}
    </Link>,
    kinds(line.kind),
    String(line.version),
    formatInstant(locale, line.publishedAt),
    formatInteger(locale, line.offerings),
    <code key="hash" className="font-mono">
      {(locale === 'ja' ? line.sha256Ja : line.sha256En).slice(0, 16)}
    </code>,
  ];
  return (
    <>
      <DeskHeading title={t('title')} lead={t('lead')} />
      <TableFilter
        {...(await filterParts(parts))}
        search={{ label: t('search'), hint: t('search-hint'), value: query.search }}
        fields={[
          {
            name: 'kind',
            label: t('kind'),
            value: query.filters.kind,
            options: [
              { value: '', label: table('all') },
              ...DOCUMENT_KINDS.map((value) => ({ value, label: kinds(value) })),
            ],
          },
        ]}
      />
      <DeskTable
        caption={t('title')}
        columns={columns}
        rows={page.rows.map((line) => ({ id: `${line.slug}.${line.version}`, cells: cells(line) }))}
        empty={table('empty')}
      />
      <Pager {...(await pagerParts(parts, page, { file: mayExport(session.role) }))} />
    </>
  );
}

export const generateMetadata = staffMetadata(DESK_PLACES.documents.roles, metadata);
export default forStaff(DESK_PLACES.documents.roles, DeskDocumentsPage);
