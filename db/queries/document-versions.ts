/** Every published version of every document, for the list in which readers find older ones too. */
import { sql } from 'drizzle-orm';
import type { DocumentKind, Locale } from '@/lib/domain/states';
import type { Database } from '../client';
import { rows } from './rows';

export type DocumentVersionView = {
  kind: DocumentKind;
  slug: string;
  version: number;
  publishedAt: Date;
  title: Record<Locale, string>;
  sha256: Record<Locale, string>;
};

/** In the order in which a buyer needs them, the newest version of each first. */
export async function listDocumentVersions(db: Database): Promise<DocumentVersionView[]> {
  type Row = Omit<DocumentVersionView, 'title' | 'sha256'> & {
    titleEn: string;
    titleJa: string;
    sha256En: string;
    sha256Ja: string;
  };
  const found = await rows<Row>(
    db,
    sql`select d.kind, d.slug, d.version, d.published_at as "publishedAt",
               en.title as "titleEn", ja.title as "titleJa", en.sha256 as "sha256En", ja.sha256 as "sha256Ja"
          from document_versions d
          join document_texts en on en.document_version_id = d.id and en.locale = 'en'
          join document_texts ja on ja.document_version_id = d.id and ja.locale = 'ja'
         where d.published_at <= app_now()
         order by d.kind, d.slug, d.version desc`,
  );
  return found.map(({ titleEn, titleJa, sha256En, sha256Ja, ...rest }) => ({
    ...rest,
    title: { en: titleEn, ja: titleJa },
    sha256: { en: sha256En, ja: sha256Ja },
  }));
}
