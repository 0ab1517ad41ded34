/** By what the site knows that a process of its own asks it to make its public pages anew: only they share its secret. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { required } from '@/lib/env';

export const ourToken = (): string =>
  createHmac('sha256', required('AUTH_SECRET')).update('public data has changed').digest('base64url');

export function isOurs(authorization: string | null): boolean {
  const [given, known] = [Buffer.from(authorization ?? ''), Buffer.from(`Bearer ${ourToken()}`)];
  return given.length === known.length && timingSafeEqual(given, known);
}
