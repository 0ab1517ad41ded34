/** Results of windows, and the draws that led to them. They change when a side commits or reveals, at the close, and by the run; never afterwards. */
import { cacheLife, cacheTag } from 'next/cache';
import { read } from '@/db/client';
import * as queries from '@/db/queries/results';
import type { ResultHead, ResultRow } from '@/lib/domain/allotment/result-file';
import { resultHead } from './result-head';
import { PUBLIC_TAGS } from './tags';

export type Result = queries.ResultView;

/** Null where there is no offering of this slug, or it is not public. */
export async function getResult(slug: string): Promise<Result | null> {
  'use cache';
  cacheLife({ stale: 30, revalidate: 5, expire: 300 });
  cacheTag(PUBLIC_TAGS.offerings);
  return read((db) => queries.getResult(db, slug));
}

/** Reads the whole list once an hour at most, whatever the page is asked for. */
async function getOutcomeSha256(offeringId: number): Promise<string | null> {
  'use cache';
  cacheLife({ stale: 300, revalidate: 3_600, expire: 86_400 });
  cacheTag(PUBLIC_TAGS.offerings);
  return read((db) => queries.getOutcomeSha256(db, offeringId));
}

/** The result file up to its first applicant, and whose rows follow; null while there is no result. */
export async function getResultHead(slug: string): Promise<{ offeringId: number; head: ResultHead } | null> {
  const result = await getResult(slug);
  if (!result?.outcome) return null;
  const outcomeSha256 = await getOutcomeSha256(result.offeringId);
  const head = outcomeSha256 && resultHead(result, outcomeSha256);
  return head ? { offeringId: result.offeringId, head } : null;
}

/** So many applicants are read at once, about. */
const AT_ONCE = 20_000;

/** All applicants with what they asked for and got, in parts and by pseudonym. */
export async function* listResultRows(offeringId: number, applicants: number): AsyncGenerator<ResultRow[], void> {
  const parts = Math.min(256, Math.max(1, Math.ceil(applicants / AT_ONCE)));
  const start = (part: number) => Math.floor((part * 256) / parts);
  for (let part = 0; part < parts; part += 1) {
    yield await read((db) => queries.listResultRows(db, offeringId, start(part), start(part + 1) - 1));
  }
}
