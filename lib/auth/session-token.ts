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

/** Tokens that were opened lately, each with its session and until when it may be shown. What they say does not change, and the row decides. */
const opened = new Map<string, { sessionId: string; until: number }>();
const MOST_OPENED = 5_000;

/** The session's id; null for a token that is not ours, altered, or too old. */
export async function decodeSessionToken(token: string): Promise<string | null> {
  if (token.length > 2_000) return null;
  const secret = required('AUTH_SECRET');
  const key = `${secret} ${token}`;
  const known = opened.get(key);
  // Decrypting is most of what a session costs a request.
  if (known && Date.now() < known.until) return known.sessionId;
  try {
    const payload = await decode({ token, secret, salt: SALT });
    if (typeof payload?.sid !== 'string' || !SESSION_ID.test(payload.sid)) return null;
    opened.set(key, { sessionId: payload.sid, until: Number(payload.exp) * 1_000 });
    const [oldest] = opened.keys();
    if (opened.size > MOST_OPENED && oldest !== undefined) opened.delete(oldest);
    return payload.sid;
  } catch {
    return null;
  }
}

/** As the browser is to keep it: no script reads it, no other site sends it along. */
export const sessionCookieOptions = () =>
  ({ httpOnly: true, sameSite: 'lax', secure: isSecureSite(), path: '/', maxAge: TOKEN_SECONDS }) as const;
