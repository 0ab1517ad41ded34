/** People: accounts, sessions, identity, suitability, consents (DOMAIN §3). Every row of a person carries their id in its key. */
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  inet,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  countryEnum,
  currencyEnum,
  identityStateEnum,
  instant,
  integer8,
  investorStatusEnum,
  localeEnum,
  placedNow,
  roleEnum,
} from './columns';

/** One row an account: citizens and staff alike. `id` is internal and never shown; pages name nobody by it. */
export const users = pgTable(
  'users',
  {
    id: integer8('id').primaryKey().generatedByDefaultAsIdentity(),
    /** As typed, normalised (NFKC, lower case). */
    email: text('email').notNull(),
    passwordHash: text('password_hash').notNull(),
    emailVerifiedAt: instant('email_verified_at'),
    role: roleEnum('role').notNull().default('CITIZEN'),
    /** The sponsor's side of an operator. */
    side: countryEnum('side'),
    /** The language of mails: the one last chosen. */
    locale: localeEnum('locale').notNull(),
    createdAt: placedNow('created_at'),
  },
  (t) => [
    uniqueIndex('users_email').on(t.email),
    check('users_side', sql`(${t.role} = 'OPERATOR') = (${t.side} is not null)`),
  ],
);

/**
 * A session of a person, checked on every request, so that it can be ended at once (TRUST). The token itself is not stored.
 * Lifetimes of sessions and links count real time, not the simulated clock's: a clock that testers freeze must not keep a session alive.
 */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: integer8('user_id')
      .notNull()
      .references(() => users.id),
    /** The role at sign-in: when the person's role changes, the session is over. */
    role: roleEnum('role').notNull(),
    createdAt: instant('created_at').notNull().default(sql`statement_timestamp()`),
    lastSeenAt: instant('last_seen_at').notNull().default(sql`statement_timestamp()`),
    endedAt: instant('ended_at'),
    /**
     * When the second step was last done: null before it, and always null for a citizen who has no second factor. Until it is done a session of
     * an account that needs it opens nothing.
     */
    secondFactorAt: instant('second_factor_at'),
    /** As the browser names itself, shown in the list of sessions; at most 300 characters. */
    userAgent: text('user_agent').notNull(),
    address: inet('address'),
  },
  (t) => [index('sessions_user').on(t.userId)],
);

/** One-time links by mail: verification of an address, recovery. Only the SHA-256 of the token is stored. */
export const emailTokens = pgTable(
  'email_tokens',
  {
    tokenSha256: text('token_sha256').primaryKey(),
    userId: integer8('user_id')
      .notNull()
      .references(() => users.id),
    purpose: text('purpose', { enum: ['VERIFY', 'RESET'] }).notNull(),
    /** Hash of the password that this sign-up chose: whoever signs up first with someone else's address cannot choose it for them. */
    passwordHash: text('password_hash'),
    createdAt: instant('created_at').notNull().default(sql`statement_timestamp()`),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [index('email_tokens_user').on(t.userId)],
);

/** What a citizen said of themselves, the state of the identity check, and what follows for orders. */
export const investors = pgTable(
  'investors',
  {
    investorId: integer8('investor_id')
      .primaryKey()
      .references(() => users.id),
    identityState: identityStateEnum('identity_state').notNull().default('DRAFT'),
    /** Only ELIGIBLE may order; the order function reads it under its lock. */
    status: investorStatusEnum('status').notNull().default('PENDING'),
    /** Why the status is what it is: a reason code of lib/domain/people. */
    statusReason: text('status_reason').notNull().default('identity-missing'),
    /** Country of tax residence, ISO 3166-1 alpha-2; any country may be said. */
    residence: text('residence'),
    /** The class country that follows from the residence; null for a third country. */
    country: countryEnum('country'),
    nationality: text('nationality'),
    usPerson: boolean('us_person'),
    familyName: text('family_name'),
    givenName: text('given_name'),
    /** Kana for Japanese names. */
    familyNameKana: text('family_name_kana'),
    givenNameKana: text('given_name_kana'),
    birthDate: date('birth_date', { mode: 'string' }),
    postalCode: text('postal_code'),
    /** Prefecture 都道府県 or US state. */
    region: text('region'),
    city: text('city'),
    street: text('street'),
    building: text('building'),
    displayCurrency: currencyEnum('display_currency'),
    suitabilityVersion: smallint('suitability_version'),
    suitabilityExpiresAt: instant('suitability_expires_at'),
    updatedAt: placedNow('updated_at'),
  },
  (t) => [
    // What time alone brings is looked for at each step of the clock.
    index('investors_suitability_ends').on(t.suitabilityExpiresAt).where(sql`${t.status} = 'ELIGIBLE'`),
    index('investors_in_review').on(t.investorId).where(sql`${t.identityState} = 'IN_REVIEW'`),
    check('investors_eligible_has_country', sql`${t.status} <> 'ELIGIBLE' or ${t.country} is not null`),
  ],
);

/** Append-only: every change of the identity check, with its reason. */
export const identityEvents = pgTable(
  'identity_events',
  {
    investorId: integer8('investor_id').notNull(),
    sequence: integer('sequence').notNull(),
    state: identityStateEnum('state').notNull(),
    /** Reason code, shown in the reader's language. */
    reason: text('reason').notNull(),
    at: placedNow('at'),
  },
  (t) => [primaryKey({ columns: [t.investorId, t.sequence] })],
);

/** Append-only: answers on suitability 適合性, the version of the questions, and the outcome. */
export const suitabilityAnswers = pgTable(
  'suitability_answers',
  {
    investorId: integer8('investor_id').notNull(),
    answeredAt: placedNow('answered_at'),
    version: smallint('version').notNull(),
    answers: jsonb('answers').notNull(),
    outcome: text('outcome', { enum: ['SUITABLE', 'NOT_SUITABLE'] }).notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.investorId, t.answeredAt] })],
);

/** Append-only: that a person opened a document, or agreed to it: version, hash, language, time (DOMAIN §3). */
export const consents = pgTable(
  'consents',
  {
    investorId: integer8('investor_id').notNull(),
    // No reference: checking it would lock the version's row, which all first orders of an offering share. `npm run verify` checks it.
    documentVersionId: integer('document_version_id').notNull(),
    act: text('act', { enum: ['OPENED', 'AGREED'] }).notNull(),
    locale: localeEnum('locale').notNull(),
    sha256: text('sha256').notNull(),
    at: placedNow('at'),
  },
  (t) => [primaryKey({ columns: [t.investorId, t.documentVersionId, t.act, t.locale] })],
);

/** Append-only: a person asks that a decision on their eligibility be looked at again. */
export const eligibilityAppeals = pgTable(
  'eligibility_appeals',
  {
    investorId: integer8('investor_id')
      .notNull()
      .references(() => investors.investorId),
    sequence: integer('sequence').notNull(),
    /** The reason code that stood when they asked. */
    reason: text('reason').notNull(),
    message: text('message').notNull(),
    at: placedNow('at'),
  },
  (t) => [primaryKey({ columns: [t.investorId, t.sequence] })],
);
