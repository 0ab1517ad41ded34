/** Who asks, for what is answered without Next: the same cookie and the same row as in lib/auth/session.ts. */
import { checkSessions, type SessionFacts } from '@/db/queries/people';
import { Batch } from './batch';
import { openSessionToken, sessionCookieName } from './session-token';

const sessions = new Batch<string, SessionFacts>(checkSessions, { lanes: 2, most: 128, maxWaiting: 5_000 });

/** The session whatever it may open, or null. Exactly one cookie is read, as in `getAnySession`. */
export async function sessionOfRequest(headers: { get(name: string): string | null }): Promise<SessionFacts | null> {
  const token = cookieOf(headers.get('cookie') ?? '', sessionCookieName());
  const sessionId = token ? await sessionIdOf(token) : null;
  return sessionId === null ? null : ((await sessions.ask(sessionId)) ?? null);
}

/** Tokens that were opened lately. What they say does not change, decrypting is most of what a session costs, and the row decides. */
const opened = new Map<string, { sessionId: string; until: number }>();
const MOST_OPENED = 5_000;

async function sessionIdOf(token: string): Promise<string | null> {
  const known = opened.get(token);
  if (known && Date.now() < known.until) return known.sessionId;
  const found = await openSessionToken(token);
  if (!found) return null;
  opened.set(token, found);
  const [oldest] = opened.keys();
  if (opened.size > MOST_OPENED && oldest !== undefined) opened.delete(oldest);
  return found.sessionId;
}

/** Our tokens need no escaping, so nothing is unescaped. Of two with the same name the last one counts, as with Next. */
export function cookieOf(header: string, name: string): string | undefined {
  const values = header.split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at > 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : [];
  });
  return values.at(-1);
}
