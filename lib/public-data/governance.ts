/** Joint approval as everybody may see it. Whoever carries a proposal out expires it; a minute is soon for the head of the log. */
import { cacheLife, cacheTag } from 'next/cache';
import { read } from '@/db/client';
import * as queries from '@/db/queries/governance-public';
import { PUBLIC_TAGS } from './tags';

export type { CheckpointLine, CovenantLine, Decision, LogHead } from '@/db/queries/governance-public';

const LIFE = { stale: 300, revalidate: 60, expire: 3_600 };
const DECISIONS = 100;
const CHECKPOINTS = 10;

export async function listCovenant(): Promise<queries.CovenantLine[]> {
  'use cache';
  cacheLife(LIFE);
  cacheTag(PUBLIC_TAGS.governance, PUBLIC_TAGS.fund);
  return read(queries.listCovenant);
}

export async function listDecisions(): Promise<queries.Decision[]> {
  'use cache';
  cacheLife(LIFE);
  cacheTag(PUBLIC_TAGS.governance);
  return read((db) => queries.listDecisions(db, DECISIONS));
}

export async function getLog(): Promise<{ head: queries.LogHead | null; checkpoints: queries.CheckpointLine[] }> {
  'use cache';
  cacheLife(LIFE);
  cacheTag(PUBLIC_TAGS.governance);
  return read(async (db) => {
    const [head, checkpoints] = await Promise.all([queries.getLogHead(db), queries.listCheckpoints(db, CHECKPOINTS)]);
    return { head, checkpoints };
  });
}
