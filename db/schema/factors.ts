/**
 * Second factors (TRUST, sign-in): authenticator apps, passkeys, recovery codes. Staff have one always, citizens may. All times are the server's
 * real time, as those of sessions: a clock that testers stop must not keep a code or a challenge alive.
 */
import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant, integer8 } from './columns';
import { users } from './people';

const realNow = (name: string) => instant(name).notNull().default(sql`statement_timestamp()`);

/** An authenticator app. At most one that counts, and beside it one that is being set up. */
export const totpFactors = pgTable(
  'totp_factors',
  {
    id: uuid('id').primaryKey(),
    userId: integer8('user_id')
      .notNull()
      .references(() => users.id),
    /** Sealed with a key derived from AUTH_SECRET and bound to the account (lib/sealed.ts): a copy of the table alone makes no codes. */
    sealedSecret: text('sealed_secret').notNull(),
    createdAt: realNow('created_at'),
    /** Null until a code of it was shown: such a row asks for nothing and opens nothing. */
    confirmedAt: instant('confirmed_at'),
    /** The 30-second step of the last code that was taken: it and all before are refused from then on (RFC 6238 §5.2). */
    lastUsedStep: integer8('last_used_step'),
  },
  (t) => [
    uniqueIndex('totp_factors_confirmed').on(t.userId).where(sql`confirmed_at is not null`),
    uniqueIndex('totp_factors_pending').on(t.userId).where(sql`confirmed_at is null`),
  ],
);

/** A passkey: its authenticator keeps the private key, and has checked who uses it. */
export const passkeys = pgTable(
  'passkeys',
  {
    /** As the authenticator chose it, base64url. */
    credentialId: text('credential_id').primaryKey(),
    userId: integer8('user_id')
      .notNull()
      .references(() => users.id),
    /** COSE, base64url. */
    publicKey: text('public_key').notNull(),
    /** Signatures so far, as the authenticator counts them; one that goes back is a copy. Many keep it at 0. */
    counter: integer8('counter').notNull(),
    /** How a browser reaches it: usb, internal, hybrid, … */
    transports: text('transports').array().notNull(),
    /** What its owner calls it. */
    name: text('name').notNull(),
    createdAt: realNow('created_at'),
    lastUsedAt: instant('last_used_at'),
  },
  (t) => [index('passkeys_user').on(t.userId), check('passkeys_counter', sql`${t.counter} >= 0`)],
);

/** Codes for the day that the device is lost, each good once. Only a keyed hash of each is stored. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: integer8('user_id')
      .notNull()
      .references(() => users.id),
    hash: text('hash').notNull(),
    createdAt: realNow('created_at'),
    usedAt: instant('used_at'),
  },
  (t) => [primaryKey({ columns: [t.userId, t.hash] })],
);

/** What an authenticator was asked to sign. Gone when it is answered, and good for a few minutes; functions alone touch the table. */
export const webauthnChallenges = pgTable(
  'webauthn_challenges',
  {
    challenge: text('challenge').primaryKey(),
    purpose: text('purpose', { enum: ['ENROL', 'CONFIRM', 'SIGN_IN'] }).notNull(),
    /** Who was asked; nobody in particular when somebody signs in by passkey alone. */
    userId: integer8('user_id').references(() => users.id),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    index('webauthn_challenges_expiry').on(t.expiresAt),
    check('webauthn_challenges_user', sql`(${t.purpose} = 'SIGN_IN') = (${t.userId} is null)`),
  ],
);
