/**
 * The cookie of a session: next-auth's encrypted token carrying nothing but the id of a row in `sessions`. The row decides; the token only keeps
 * the id from being guessed or altered. This file knows no request, so that tests and scripts can make a session too.
 */
import { decode, encode } from 'next-auth/jwt';
import { SESSION_LIFETIMES } from '@/lib/domain/people/session';
import { env, required } from '@/lib/env';

/** The longest that any session lives; the row may end it sooner. */
export const TOKEN_SECONDS = SESSION_LIFETIMES.citizen.longest;

export const isSecureSite = (): boolean => env().SITE_URL.startsWith('https://');

/** `__Host-` binds the cookie to this very host, over https alone; browsers refuse the prefix on plain http. */
export const sessionCookieName = (): string => (isSecureSite() ? '__Host-wakachi-session' : 'wakachi-session');

// The salt keeps this key apart from every other key that next-auth derives from the secret.
const SALT = 'wakachi session';

const SESSION_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const encodeSessionToken = (sessionId: string): Promise<string> =>
  encode({ token: { sid: sessionId }, secret: required('AUTH_SECRET'), maxAge: TOKEN_SECONDS, salt: SALT });

/** The session's id; null for a token that is not ours, altered, or too old. */
export const decodeSessionToken = async (token: string): Promise<string | null> =>
  (await openSessionToken(token))?.sessionId ?? null;

/** The same, with the time in milliseconds until which the token may be shown. */
export async function openSessionToken(token: string): Promise<{ sessionId: string; until: number } | null> {
  if (token.length > 2_000) return null;
  try {
    const payload = await decode({ token, secret: required('AUTH_SECRET'), salt: SALT });
    if (typeof payload?.sid !== 'string' || !SESSION_ID.test(payload.sid)) return null;
    return { sessionId: payload.sid, until: Number(payload.exp) * 1_000 };
  } catch {
    return null;
  }
}

/** As the browser is to keep it: no script reads it, no other site sends it along. */
export const sessionCookieOptions = () =>
  ({ httpOnly: true, sameSite: 'lax', secure: isSecureSite(), path: '/', maxAge: TOKEN_SECONDS }) as const;
