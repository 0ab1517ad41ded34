/**
 * The identity check 本人確認 (DOMAIN §3): its states, the declared changes between them, and the rules by which the simulated review
 * decides. Nothing here knows the time: `today` and instants are arguments.
 */
import type { IdentityState } from '../states';

/** Every change that may happen, and no other. An approved person who changes what was checked is checked again. */
export const IDENTITY_TRANSITIONS: Record<IdentityState, readonly IdentityState[]> = {
  DRAFT: ['SUBMITTED'],
  SUBMITTED: ['IN_REVIEW', 'APPROVED', 'REJECTED'],
  IN_REVIEW: ['APPROVED', 'REJECTED'],
  APPROVED: ['RECHECK'],
  REJECTED: ['DRAFT'],
  RECHECK: ['SUBMITTED'],
};

export const canMoveIdentity = (from: IdentityState, to: IdentityState): boolean =>
  IDENTITY_TRANSITIONS[from].includes(to);

/** While a check runs, what it looks at stands still. */
export const canEditIdentity = (state: IdentityState): boolean => state !== 'SUBMITTED' && state !== 'IN_REVIEW';

export const IDENTITY_REASONS = [
  'started',
  'details-changed',
  'submitted',
  'all-checks-passed',
  'under-age',
  'address-unclear',
  'address-mismatch',
  'documents-abroad',
  'referred',
] as const;
export type IdentityReason = (typeof IDENTITY_REASONS)[number];

/** The age of majority in Japan since April 2022 and in nearly every US state: the portal asks for it everywhere. */
export const ADULT_AGE = 18;
/** How long a person of the review desk would take, in simulated minutes. */
export const REVIEW_MINUTES = 30;

export type IdentityApplication = {
  birthDate: string;
  residence: string;
  nationality: string;
  region: string | null;
  /** The region that the postal code belongs to; null where the code is unknown or the country has no look-up. */
  postalRegion: string | null;
};

export type ReviewDecision = { state: 'APPROVED' | 'REJECTED' | 'IN_REVIEW'; reason: IdentityReason };

/** What the rules decide at once. Where they cannot, the review desk looks: `concludeReview` is its simulated answer. */
export function reviewIdentity(application: IdentityApplication, today: string): ReviewDecision {
  if (ageOn(application.birthDate, today) < ADULT_AGE) return { state: 'REJECTED', reason: 'under-age' };
  const home = application.residence === 'US' || application.residence === 'JP';
  if (home && application.postalRegion !== application.region) return { state: 'IN_REVIEW', reason: 'address-unclear' };
  if (application.nationality !== application.residence) return { state: 'IN_REVIEW', reason: 'documents-abroad' };
  return { state: 'APPROVED', reason: 'all-checks-passed' };
}

/** The desk's answer: a postal code of another region is refused so that it can be mended; foreign documents are accepted. */
export function concludeReview(
  application: IdentityApplication,
  today: string,
): ReviewDecision & { state: 'APPROVED' | 'REJECTED' } {
  if (ageOn(application.birthDate, today) < ADULT_AGE) return { state: 'REJECTED', reason: 'under-age' };
  const known = application.postalRegion !== null;
  if (known && application.postalRegion !== application.region)
    return { state: 'REJECTED', reason: 'address-mismatch' };
  return { state: 'APPROVED', reason: 'all-checks-passed' };
}

export const reviewDueAt = (inReviewSince: Date): Date => new Date(inReviewSince.getTime() + REVIEW_MINUTES * 60_000);

/**
 * When a check that goes on ends at the latest. One that was referred to a specialist has no date, and the simulated desk leaves it alone: the
 * demonstration person under review stands there, so that their pages can be seen at any time. No rule refers anybody.
 */
export const checkDueAt = ({ state, reason, at }: { state: IdentityState; reason: string; at: Date }): Date | null =>
  (state === 'SUBMITTED' || state === 'IN_REVIEW') && reason !== 'referred' ? reviewDueAt(at) : null;

/** Whole years lived on a day; both are calendar dates (YYYY-MM-DD). Someone born on February 29 turns a year older on March 1. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** A calendar date that exists, from its three fields, of a living person. */
export function parseBirthDate(year: string, month: string, day: string, today: string): string | undefined {
  const fields = [year, month, day].map((field) => field.normalize('NFKC').trim());
  if (!fields.every((field) => /^[0-9]{1,4}$/.test(field))) return undefined;
  const [y = 0, m = 0, d = 0] = fields.map(Number);
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(y, m - 1, d);
  if (date.getUTCFullYear() !== y || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return undefined;
  const iso = `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
  return iso <= today && ageOn(iso, today) <= 130 ? iso : undefined;
}

/** The calendar date of an instant where a person lives: a birthday begins at their own midnight. */
export function dateWhere(residence: string | null, at: Date): string {
  const timeZone = residence === 'JP' ? 'Asia/Tokyo' : residence === 'US' ? 'America/New_York' : 'UTC';
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}
