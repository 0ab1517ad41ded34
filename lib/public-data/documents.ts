/** Published documents never change; new versions appear beside them. */
import { cacheLife, cacheTag } from 'next/cache';
import { read } from '@/db/client';
import * as versions from '@/db/queries/document-versions';
import * as queries from '@/db/queries/fund';
import type { Locale } from '@/lib/domain/states';
import { PUBLIC_TAGS } from './tags';

export type { DocumentVersionView } from '@/db/queries/document-versions';
export type { DocumentView } from '@/db/queries/fund';

const LIFE = { stale: 300, revalidate: 60, expire: 3_600 };

export async function listDocumentVersions(): Promise<versions.DocumentVersionView[]> {
  'use cache';
  cacheLife(LIFE);
  cacheTag(PUBLIC_TAGS.documents);
  return read(versions.listDocumentVersions);
}

export async function getDocument(slug: string, version: number, locale: Locale): Promise<queries.DocumentView | null> {
  'use cache';
  cacheLife(LIFE);
  cacheTag(PUBLIC_TAGS.documents);
  return read((db) => queries.getDocument(db, slug, locale, version));
}
