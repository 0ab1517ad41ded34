/**
 * Is this request one that our own page made? Next lets a request without an Origin header through, so every mutation asks here
 * (TRUST, cross-site): a missing, `null` or foreign origin is refused.
 */
import { headers } from 'next/headers';
import { env } from '@/lib/env';

export const isSameOrigin = (origin: string | null): boolean =>
  origin !== null && origin === new URL(env().SITE_URL).origin;

export async function assertSameOrigin(): Promise<boolean> {
  return isSameOrigin((await headers()).get('origin'));
}
