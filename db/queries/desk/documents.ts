/** Documents and their versions as the desk shows them: both languages of each. Nothing here belongs to a person. */
import { sql } from 'drizzle-orm';
import type { TableQuery } from '@/lib/domain/desk/table';
import type { DocumentKind, Locale } from '@/lib/domain/states';
import type { Database } from '../../client';
import { firstRow } from '../rows';
import { containing, type Place, type Source, tableBatch, tablePage } from './table';

export const DOCUMENT_SORTS = ['published', 'slug', 'version'] as const;
export type DocumentSort = (typeof DOCUMENT_SORTS)[number];
export type DocumentQuery = TableQuery<DocumentSort, 'kind'>;

export type DocumentLine = {
  slug: string;
  kind: DocumentKind;
  version: number;
  publishedAt: Date;
  titleEn: string;
  titleJa: string;
  sha256En: string;
  sha256Ja: string;
  /** Offerings that refer to this version. */
  offerings: number;
};

const columns = sql`
  d.slug, d.kind, d.version, d.published_at as "publishedAt", en.title as "titleEn", ja.title as "titleJa",
  en.sha256 as "sha256En", ja.sha256 as "sha256Ja",
  (select count(*) from offerings f where f.prospectus_id = d.id)::int as offerings`;

const from = sql`document_versions d
  join document_texts en on en.document_version_id = d.id and en.locale = 'en'
  join document_texts ja on ja.document_version_id = d.id and ja.locale = 'ja'`;

function source({ search, filters }: DocumentQuery): Source<DocumentSort> {
  const like = containing(search);
  const conditions = [
    search === ''
      ? sql`true`
      : sql`(d.slug ilike ${like} or en.title ilike ${like} or ja.title ilike ${like}
             or en.sha256 = lower(${search}) or ja.sha256 = lower(${search}))`,
    filters.kind ? sql`d.kind = ${filters.kind}::document_kind` : null,
  ].filter((condition) => condition !== null);
  return {
    columns,
    from,
    where: sql.join(conditions, sql` and `),
    sorts: {
      published: { by: sql`d.published_at`, type: 'timestamptz' },
      slug: { by: sql`d.slug`, type: 'text' },
      version: { by: sql`d.version::bigint`, type: 'bigint' },
    },
    key: { by: sql`d.id::bigint`, type: 'bigint' },
  };
}

export const listAllDocuments = (db: Database, query: DocumentQuery) =>
  tablePage<DocumentLine, DocumentSort>(db, source(query), query);

export const listAllDocumentsAfter = (db: Database, query: DocumentQuery, after: Place | null, limit: number) =>
  tableBatch<DocumentLine, DocumentSort>(db, source(query), query, after, limit);

export type DocumentPair = DocumentLine & { body: Record<Locale, string>; latest: number };

/** One version with both texts, or the newest where none is named; null where there is none. */
export async function getDocumentPair(
  db: Database,
  slug: string,
  version: number | null,
): Promise<DocumentPair | null> {
  type Row = DocumentLine & { bodyEn: string; bodyJa: string; latest: number };
  const found = await firstRow<Row>(
    db,
    sql`select ${columns}, en.body as "bodyEn", ja.body as "bodyJa",
               (select max(x.version) from document_versions x where x.slug = d.slug) as latest
          from ${from} where d.slug = ${slug} and (${version}::integer is null or d.version = ${version}::integer)
         order by d.version desc limit 1`,
  );
  if (!found) return null;
  const { bodyEn, bodyJa, ...line } = found;
  return { ...line, body: { en: bodyEn, ja: bodyJa } };
}
