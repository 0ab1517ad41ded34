/** Joint approval (DOMAIN §11): proposals, what was signed, the covenant's limits, and the log of operators' acts. Written by SQL functions alone. */
import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  countryEnum,
  covenantLimitEnum,
  instant,
  integer8,
  placedNow,
  proposalKindEnum,
  proposalStateEnum,
  revisionReasonEnum,
} from './columns';
import { funds } from './fund';
import { users } from './people';

/** SHA-256 in hex. */
const hash = (name: string) => text(name);

/** What is measured against the covenant, and the limit: parts of ten thousand. Changes by a proposal of kind COVENANT alone. */
export const covenantLimits = pgTable(
  'covenant_limits',
  {
    fundId: smallint('fund_id')
      .notNull()
      .references(() => funds.id),
    name: covenantLimitEnum('name').notNull(),
    valueE4: integer8('value_e4').notNull(),
    /** From when this value holds. */
    since: placedNow('since'),
  },
  (t) => [
    primaryKey({ columns: [t.fundId, t.name] }),
    check('covenant_limits_range', sql`${t.valueE4} between 0 and 100000`),
  ],
);

/**
 * Append-only: what members of staff did, and what followed from it, as a hash chain (TRUST G1; lib/domain/governance/log.ts writes the same
 * texts). `actor`, `subject` and `payload` may name people and are the staff's alone; everybody may read the rest, and check the chain with it.
 */
export const operatorLog = pgTable(
  'operator_log',
  {
    /** From 1, without gaps. */
    sequence: integer8('sequence').primaryKey(),
    previousSha256: hash('previous_sha256').notNull(),
    sha256: hash('sha256').notNull().unique('operator_log_sha256'),
    kind: text('kind').notNull(),
    side: countryEnum('side'),
    /** Whole milliseconds, as the hash has them. */
    at: instant('at').notNull(),
    contentSha256: hash('content_sha256').notNull(),
    salt: uuid('salt').notNull(),
    /** Null where the system acted by itself. */
    actor: integer8('actor').references(() => users.id),
    /** What it is about, as `<kind of thing>:<id>`. */
    subject: text('subject').notNull(),
    payload: text('payload').notNull(),
  },
  (t) => [
    uniqueIndex('operator_log_subject').on(t.subject, t.sequence),
    check('operator_log_kind', sql`${t.kind} ~ '^[A-Z][A-Z_]*$' and ${t.subject} ~ '^[a-z-]+:[^\n]+$'`),
  ],
);

/** Append-only: heads of the log that were published (TRUST G2). Whoever kept one can check that what came later continues it. */
export const logCheckpoints = pgTable('log_checkpoints', {
  sequence: integer8('sequence')
    .primaryKey()
    .references(() => operatorLog.sequence),
  sha256: hash('sha256').notNull(),
  publishedAt: placedNow('published_at'),
});

/** One row a proposal. Its id is the idempotency key that it was made with. What it says stands in its revisions. */
export const proposals = pgTable(
  'proposals',
  {
    id: uuid('id').primaryKey(),
    /** The number that people read, from 1. */
    number: integer('number').notNull().unique('proposals_number'),
    kind: proposalKindEnum('kind').notNull(),
    state: proposalStateEnum('state').notNull(),
    /** The current one; only its signatures count. */
    revision: integer('revision').notNull(),
    /** What it is about, as in the log; one open proposal of a kind about one thing. */
    subject: text('subject').notNull(),
    /** The account that would change, if it is about one: whose it is may neither propose nor sign. */
    concernsUserId: integer8('concerns_user_id'),
    proposer: integer8('proposer')
      .notNull()
      .references(() => users.id),
    /** As they were when it was proposed. */
    proposerPerson: uuid('proposer_person').notNull(),
    proposerSide: countryEnum('proposer_side'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    closedAt: instant('closed_at'),
    /** Whose act ended it: the last signer, who rejected, who withdrew; null where the time ran out. */
    closedBy: integer8('closed_by').references(() => users.id),
    /** Of a rejection. */
    closedReason: text('closed_reason'),
    /** What was there before it was executed, for the difference that is shown afterwards. */
    outcome: jsonb('outcome'),
    /** The entry of the log that ended it (G3). */
    closedLog: integer8('closed_log')
      .unique('proposals_closed_log')
      .references(() => operatorLog.sequence),
  },
  (t) => [
    uniqueIndex('proposals_one_open').on(t.kind, t.subject).where(sql`${t.state} = 'OPEN'`),
    check(
      'proposals_closed',
      sql`(${t.state} = 'OPEN') = (${t.closedAt} is null) and (${t.closedAt} is null) = (${t.closedLog} is null)`,
    ),
  ],
);

/** Append-only: what a proposal said, revision by revision (G5: each further one voids the signatures before it). */
export const proposalRevisions = pgTable(
  'proposal_revisions',
  {
    proposalId: uuid('proposal_id')
      .notNull()
      .references(() => proposals.id),
    revision: integer('revision').notNull(),
    /** Canonical JSON (lib/domain/governance/canonical.ts), and the SHA-256 of its UTF-8 bytes in hex. */
    payload: text('payload').notNull(),
    sha256: hash('sha256').notNull(),
    reason: revisionReasonEnum('reason').notNull(),
    at: instant('at').notNull(),
    log: integer8('log')
      .notNull()
      .unique('proposal_revisions_log')
      .references(() => operatorLog.sequence),
  },
  (t) => [
    primaryKey({ columns: [t.proposalId, t.revision] }),
    check('proposal_revisions_sha256', sql`${t.sha256} = encode(sha256(convert_to(${t.payload}, 'UTF8')), 'hex')`),
  ],
);

/** Append-only: one signature a side over the hash of a revision. */
export const proposalSignatures = pgTable(
  'proposal_signatures',
  {
    proposalId: uuid('proposal_id').notNull(),
    revision: integer('revision').notNull(),
    /** The side and the human being, as they were when they signed. */
    side: countryEnum('side').notNull(),
    personId: uuid('person_id').notNull(),
    userId: integer8('user_id')
      .notNull()
      .references(() => users.id),
    sha256: hash('sha256').notNull(),
    at: instant('at').notNull(),
    log: integer8('log')
      .notNull()
      .unique('proposal_signatures_log')
      .references(() => operatorLog.sequence),
  },
  (t) => [
    primaryKey({ columns: [t.proposalId, t.revision, t.side] }),
    unique('proposal_signatures_person').on(t.proposalId, t.revision, t.personId),
    foreignKey({
      name: 'proposal_signatures_revision',
      columns: [t.proposalId, t.revision],
      foreignColumns: [proposalRevisions.proposalId, proposalRevisions.revision],
    }),
  ],
);
