/**
 * What a proposal is about by its name: an offering's or a class's, or the title of a document's newest version. Null for everything else, accounts
 * among it.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Locale } from '@/lib/domain/states';

export type SubjectName = Record<Locale, string> | null;

export const subjectName = (subject: SQL): SQL => sql`coalesce(
  (select jsonb_build_object('en', f.name_en, 'ja', f.name_ja) from offerings f where ${subject} = 'offering:' || f.slug),
  (select jsonb_build_object('en', c.name_en, 'ja', c.name_ja) from unit_classes c where ${subject} = 'dealing:' || c.code),
  (select jsonb_object_agg(x.locale, x.title) from document_texts x
    where x.document_version_id = (select v.id from document_versions v where ${subject} = 'document:' || v.slug and v.published_at <= app_now()
                                    order by v.version desc limit 1)))`;
