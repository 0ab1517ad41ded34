import { env } from '@/lib/env';
import { ourToken } from '@/lib/public-data/ours';

/** A site that does not answer must not keep a job from its work: its pages are then as old as they may be (cacheLife in lib/public-data). */
const PATIENCE_MS = 2_000;

/**
 * After a process that is not the site's has changed what is public, time itself included: tells the site at its address, which answers from then on with
 * pages made anew.
 */
export async function expirePublicData(): Promise<void> {
  await fetch(new URL('/api/public-data', env().SITE_URL), {
    method: 'POST',
    headers: { authorization: `Bearer ${ourToken()}` },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => undefined);
}
