/** What the system itself keeps: its clock, its mails, its idempotency keys. */
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  customType,
  index,
  integer,
  interval,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { clockModeEnum, instant, integer8, localeEnum, placedNow } from './columns';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** The one clock (DOMAIN §12): a single row that `app_now()` reads. FROZEN and STEPPED stand at `at`; SHIFTED is real time plus `shift`. */
export const clock = pgTable(
  'clock',
  {
    one: boolean('one').primaryKey().default(true),
    mode: clockModeEnum('mode').notNull().default('REAL'),
    at: instant('at'),
    shift: interval('shift').notNull().default('0'),
  },
  (t) => [check('clock_single_row', sql`${t.one}`)],
);

/**
 * A run of the clock from one instant to a later one, stopping at each event (DOMAIN §12). It is carried on by whoever holds the lock of movers; the
 * fence is the newest mover's number, so that one that was thought dead moves nothing. One is under way at most.
 */
export const clockRuns = pgTable(
  'clock_runs',
  {
    id: integer8('id').primaryKey().generatedAlwaysAsIdentity(),
    fromAt: instant('from_at').notNull(),
    toAt: instant('to_at').notNull(),
    /** Where it stands, and what happens there; `events` counts the stops. */
    standsAt: instant('stands_at').notNull(),
    kinds: text('kinds').array().notNull().default(sql`'{}'`),
    events: integer('events').notNull().default(0),
    /** What the clock does afterwards. */
    thenMode: clockModeEnum('then_mode').notNull().default('STEPPED'),
    /** Real time, both; a run that was frozen on the way ends where it stood. */
    startedAt: instant('started_at').notNull().default(sql`statement_timestamp()`),
    finishedAt: instant('finished_at'),
    fence: integer('fence').notNull().default(0),
  },
  (t) => [
    uniqueIndex('clock_runs_one_under_way').on(sql`(true)`).where(sql`${t.finishedAt} is null`),
    check('clock_runs_forward', sql`${t.toAt} >= ${t.fromAt} and ${t.standsAt} between ${t.fromAt} and ${t.toAt}`),
    check('clock_runs_then', sql`${t.thenMode} in ('STEPPED', 'REAL')`),
  ],
);

/**
 * Mails to send and mails sent, written in the transaction that causes them. In simulation a page shows them to testers. Their person reads them in the
 * site, too, as notices: all but those whose link lets in whoever has it.
 */
export const mails = pgTable(
  'mails',
  {
    id: integer8('id').primaryKey().generatedAlwaysAsIdentity(),
    userId: integer8('user_id'),
    /** Which template it was made from: a key of messages/<locale>/mails.json. */
    kind: text('kind').notNull(),
    recipient: text('recipient').notNull(),
    locale: localeEnum('locale').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    createdAt: placedNow('created_at'),
    sentAt: instant('sent_at'),
    failure: text('failure'),
    /** When its person marked the notice as read. */
    readAt: instant('read_at'),
  },
  // Of one person the newest first: a page of their notices, and how many there are.
  (t) => [index('mails_person').on(t.userId, t.id)],
);

/** One row an effect of a command other than an order (an order's key is its own primary key): the same key with the same body
 * answers the same, with another body it is refused (I1–I5). Committed with the effect. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    investorId: integer8('investor_id').notNull(),
    operation: text('operation').notNull(),
    key: uuid('key').notNull(),
    bodySha256: bytea('body_sha256').notNull(),
    answer: jsonb('answer').notNull(),
    at: placedNow('at'),
  },
  (t) => [primaryKey({ columns: [t.investorId, t.operation, t.key] })],
);

/** Attempts counted against a limit (sign-in, sign-up, recovery). The key is a hash; no address of a person or machine stands here. Real time. */
export const rateLimits = pgTable('rate_limits', {
  key: text('key').primaryKey(),
  points: integer('points').notNull(),
  expire: instant('expire'),
});
