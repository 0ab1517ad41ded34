/** Which documents a person opened and agreed to. */
import { and, desc, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { consents, documentTexts, documentVersions } from '@/db/schema';
import type { DocumentKind, Locale } from '@/lib/domain/states';
import type { Database } from '../client';

export type ConsentLine = {
  documentVersionId: number;
  kind: DocumentKind;
  slug: string;
  version: number;
  title: Record<Locale, string>;
  act: 'OPENED' | 'AGREED';
  /** The language it was read in, and the hash of that text. */
  locale: Locale;
  sha256: string;
  at: Date;
};

/** Every record, newest first; of one version of a document if it is named. */
export async function listConsents(
  db: Database,
  investorId: bigint,
  documentVersionId?: number,
): Promise<ConsentLine[]> {
  const en = alias(documentTexts, 'en');
  const ja = alias(documentTexts, 'ja');
  const rows = await db
    .select({
      documentVersionId: consents.documentVersionId,
      kind: documentVersions.kind,
      slug: documentVersions.slug,
      version: documentVersions.version,
      titleEn: en.title,
      titleJa: ja.title,
      act: consents.act,
      locale: consents.locale,
      sha256: consents.sha256,
      at: consents.at,
    })
    .from(consents)
    .innerJoin(documentVersions, eq(documentVersions.id, consents.documentVersionId))
    .innerJoin(en, and(eq(en.documentVersionId, documentVersions.id), eq(en.locale, 'en')))
    .innerJoin(ja, and(eq(ja.documentVersionId, documentVersions.id), eq(ja.locale, 'ja')))
    .where(
      and(
        eq(consents.investorId, investorId),
        documentVersionId === undefined ? undefined : eq(consents.documentVersionId, documentVersionId),
      ),
    )
    .orderBy(desc(consents.at), desc(consents.documentVersionId), desc(consents.act));
  return rows.map(({ titleEn, titleJa, ...row }) => ({ ...row, title: { en: titleEn, ja: titleJa } }));
}
