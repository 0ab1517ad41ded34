/**
 * Is this request one that our own page made? Next lets a request without an Origin header through, so every mutation asks here
 * (TRUST, cross-site): a missing, `null` or foreign origin is refused.
 */
import { headers } from 'next/headers';
import { isSameOrigin } from './same-origin';

export async function assertSameOrigin(): Promise<boolean> {
  return isSameOrigin((await headers()).get('origin'));
}
