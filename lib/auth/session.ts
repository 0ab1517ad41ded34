/**
 * Who asks. Every page, route handler and action that is not for everybody calls one of these by itself: layouts do not run again on
 * navigation, and the proxy authorizes nothing (TRUST).
 */
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { locale as rootLocale } from 'next/root-params';
import { cache } from 'react';
import { checkSession, type SessionFacts } from '@/db/queries/people';
import type { EligibilityReason } from '@/lib/domain/people/eligibility';
import { isComplete, isFresh } from '@/lib/domain/people/factors';
import { fullName } from '@/lib/domain/people/names';
import type { Country, Currency, IdentityState, InvestorStatus, Locale, Role } from '@/lib/domain/states';
import { isLocale, localePath } from '@/lib/i18n/locale';
import { PATH_HEADER } from './path-header';
import { decodeSessionToken, encodeSessionToken, sessionCookieName, sessionCookieOptions } from './session-token';
import { wayBackFrom, wayBackFromOrder } from './way-back';

export type Session = SessionFacts;

/**
 * The session of this request whatever it may open, or null: for the second step itself, and for signing out. Exactly one cookie is read: no Authorization header, and none of the numbered cookies that
 * next-auth would join to one. Asked once a request, however many components ask.
 */
export const getAnySession = cache(async (): Promise<Session | null> => {
  const token = (await cookies()).get(sessionCookieName())?.value;
  if (!token) return null;
  const sessionId = await decodeSessionToken(token);
  return sessionId === null ? null : checkSession(sessionId);
});

/** The session of this request, or null: also while its second step is not done, since such a session is nobody's yet. */
export async function getSession(): Promise<Session | null> {
  const session = await getAnySession();
  return session && isComplete(session.secondStep) ? session : null;
}

/**
 * Signed in, in one of the roles if any are named; otherwise sign-in or its second step (and back), or the same "not found" as a page that is not
 * there.
 */
export async function requireSession(...roles: Role[]): Promise<Session> {
  const session = await getAnySession();
  if (!session) return redirect(await pathBack('/sign-in'));
  if (session.secondStep === 'ENROL') return redirect(await securityPath());
  if (!isComplete(session.secondStep)) return redirect(await pathBack('/second-factor'));
  if (roles.length > 0 && !roles.includes(session.role)) notFound();
  return session;
}

/** Signed in, the second step done or not: for that step alone. */
export async function requireAnySession(): Promise<Session> {
  return (await getAnySession()) ?? redirect(await pathBack('/sign-in'));
}

/** As requireSession, and the second step was done within the last minutes; otherwise it is asked for again. For signing, and what weighs as much. */
export async function requireFreshSession(...roles: Role[]): Promise<Session> {
  const session = await requireSession(...roles);
  if (session.secondStep === 'DONE' && !isFresh(session.secondFactorAge))
    return redirect(await pathBack('/second-factor'));
  return session;
}

/** For setting factors up: open to staff who have none yet, and to whoever has done the second step lately or never had one. */
export async function requireSetupSession(): Promise<Session> {
  const session = await getAnySession();
  return session?.secondStep === 'ENROL' ? session : requireFreshSession();
}

/** For the list of factors, which staff who have none yet see too. */
export async function requireListSession(): Promise<Session> {
  const session = await getAnySession();
  return session?.secondStep === 'ENROL' ? session : requireSession();
}

export type InvestorSession = {
  sessionId: string;
  userId: bigint;
  /** The same number: a citizen's account is their investor's record. */
  investorId: bigint;
  email: string;
  locale: Locale;
  status: InvestorStatus;
  statusReason: EligibilityReason;
  identityState: IdentityState;
  country: Country | null;
  displayCurrency: Currency;
  /** In the order of its script; null before the identity check. */
  displayName: string | null;
};

/** As requireInvestor, in the middle of an order whose page is at `path`: who is no longer signed in is told that nothing was ordered, and comes back. */
export async function requireOrdering(locale: Locale, path: string): Promise<InvestorSession> {
  if (!(await getAnySession())) return redirect(wayBackFromOrder(locale, path));
  return requireInvestor();
}

/** A signed-in citizen, eligible or not. Staff have no investor's record: they are told what their account is for. */
export async function requireInvestor(): Promise<InvestorSession> {
  const session = await requireSession();
  if (session.role !== 'CITIZEN') {
    const path = (await headers()).get(PATH_HEADER);
    return redirect(localePath(await askedLocale(path), '/staff-account'));
  }
  const investor = session.investor ?? notFound();
  const { familyName, givenName, ...facts } = investor;
  return {
    ...facts,
    sessionId: session.sessionId,
    userId: session.userId,
    investorId: session.userId,
    email: session.email,
    locale: session.locale,
    displayCurrency:
      facts.displayCurrency ?? (facts.country === 'JP' || (!facts.country && session.locale === 'ja') ? 'JPY' : 'USD'),
    displayName: familyName && givenName ? fullName(familyName, givenName) : null,
  };
}

/** A page that leads back here when it is done. */
async function pathBack(page: '/sign-in' | '/second-factor') {
  const path = (await headers()).get(PATH_HEADER);
  return wayBackFrom(page, await askedLocale(path), path);
}

const securityPath = async () => localePath(await askedLocale((await headers()).get(PATH_HEADER)), '/account/security');

async function askedLocale(path: string | null): Promise<Locale> {
  const first = path?.split('/')[1];
  return isLocale(first) ? first : pageLocale();
}

/** Outside a page of a language (a route handler, an action) there is none; the account's own language is not known yet either. */
async function pageLocale(): Promise<Locale> {
  try {
    const locale = await rootLocale();
    return isLocale(locale) ? locale : 'en';
  } catch {
    return 'en';
  }
}

/** Only actions and route handlers can set a cookie. */
export async function setSessionCookie(sessionId: string): Promise<void> {
  (await cookies()).set(sessionCookieName(), await encodeSessionToken(sessionId), sessionCookieOptions());
}

export async function clearSessionCookie(): Promise<void> {
  (await cookies()).set(sessionCookieName(), '', { ...sessionCookieOptions(), maxAge: 0 });
}
