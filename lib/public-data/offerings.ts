/**
 * Offerings as the public pages show them. A busy page is at most five seconds old and a quiet one at most five minutes, and each says of
 * what time its figures are; the order itself checks them anew. So these pages stay static, and a rush for an offering reads the database
 * once in five seconds. A browser reuses them for half a minute at most, which is too short for a shell that links share: the pages that show
 * them say `instant = false`.
 */
import { cacheLife, cacheTag } from 'next/cache';
import { read } from '@/db/client';
import * as queries from '@/db/queries/offerings';
import { PUBLIC_TAGS } from './tags';

export type Offering = queries.OfferingView;

const LIFE = { stale: 30, revalidate: 5, expire: 300 };

export async function listOfferings(): Promise<Offering[]> {
  'use cache';
  cacheLife(LIFE);
  cacheTag(PUBLIC_TAGS.offerings);
  return read(queries.listOfferings);
}

/** Null where there is none of this slug, or it is not public. */
export async function getOffering(slug: string): Promise<Offering | null> {
  'use cache';
  cacheLife(LIFE);
  cacheTag(PUBLIC_TAGS.offerings, PUBLIC_TAGS.nav);
  return read((db) => queries.getOffering(db, slug));
}
