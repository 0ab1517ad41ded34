/**
 * Sale by window (DOMAIN §5): subscriptions collect with cash reserved; after the close one run allots all of them, refunds the rest and books
 * the units. Draws can be recomputed by anybody: commitments, the list of applicants and the outcome are kept as they were published.
 */
import { sql } from 'drizzle-orm';
import {
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  allotmentPurposeEnum,
  allotmentStepEnum,
  countryEnum,
  instant,
  integer8,
  localeEnum,
  offeringMethodEnum,
  orderKindEnum,
  placedNow,
  subscriptionActEnum,
  subscriptionStateEnum,
} from './columns';
import { documentVersions, offerings } from './fund';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/**
 * What a person asks for in a window, with the cash for it set aside: the row is its own reservation (O2). Its key is its identity within a
 * person (I1). A subscription holds its cash while it is ACTIVE and its person has not been allotted; afterwards it stays as it was.
 */
export const subscriptions = pgTable(
  'subscriptions',
  {
    investorId: integer8('investor_id').notNull(),
    key: uuid('key').notNull(),
    /** The number that people read. */
    number: integer8('number').notNull().generatedAlwaysAsIdentity({ cache: 100 }),
    units: integer8('units').notNull(),
    /** What is set aside for the units at the offering's price, smallest part of the class currency. */
    reservedMinor: integer8('reserved_minor').notNull(),
    price: integer8('price').notNull(),
    placedAt: instant('placed_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    // No references: checking them would lock rows that all subscriptions share. `npm run verify` checks them.
    offeringId: integer('offering_id').notNull(),
    termsVersion: integer('terms_version').notNull(),
    state: subscriptionStateEnum('state').notNull(),
    locale: localeEnum('locale').notNull(),
    classId: smallint('class_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.key] }),
    // Read from end to end once, at the close.
    index('subscriptions_offering').on(t.offeringId, t.investorId),
    check('subscriptions_positive', sql`${t.units} > 0 and ${t.reservedMinor} > 0 and ${t.price} > 0`),
  ],
);

/**
 * Append-only: everything that a person did with a subscription, under a key of its own (I1–I5). The request stands in the row, so that a key
 * used with another body is seen.
 */
export const subscriptionActs = pgTable(
  'subscription_acts',
  {
    investorId: integer8('investor_id').notNull(),
    key: uuid('key').notNull(),
    /** The subscription; for PLACED its key is this key. */
    subscriptionKey: uuid('subscription_key').notNull(),
    /** What was asked for, as `kind` says; zero for a withdrawal. */
    asked: integer8('asked').notNull(),
    /** Units and cash set aside after the act, and by how much the latter changed. */
    units: integer8('units').notNull(),
    reservedMinor: integer8('reserved_minor').notNull(),
    deltaMinor: integer8('delta_minor').notNull(),
    price: integer8('price').notNull(),
    /** Null where the reserved sum stayed the same. */
    journalId: integer8('journal_id'),
    at: instant('at').notNull(),
    termsVersion: integer('terms_version').notNull(),
    act: subscriptionActEnum('act').notNull(),
    kind: orderKindEnum('kind').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.key] }),
    check('subscription_acts_journal', sql`(${t.deltaMinor} = 0) = (${t.journalId} is null)`),
    check('subscription_acts_not_negative', sql`${t.units} >= 0 and ${t.reservedMinor} >= 0`),
  ],
);

/** Each side's commitment to a secret of the draw, and the secret once it is revealed (DOMAIN §5). One row a side, never changed otherwise. */
export const drawCommitments = pgTable(
  'draw_commitments',
  {
    offeringId: integer('offering_id')
      .notNull()
      .references(() => offerings.id),
    side: countryEnum('side').notNull(),
    /** Hex, as lib/domain/allotment/seed.ts makes it of offering, side and secret. */
    commitmentSha256: text('commitment_sha256').notNull(),
    committedAt: placedNow('committed_at'),
    secret: text('secret'),
    revealedAt: instant('revealed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.offeringId, t.side] }),
    check('draw_commitments_sha256', sql`${t.commitmentSha256} ~ '^[0-9a-f]{64}$'`),
    check('draw_commitments_revealed', sql`(${t.secret} is null) = (${t.revealedAt} is null)`),
  ],
);

/** The draw of a window: made at its close with the list of applicants. All of it is public but for the salt. */
export const draws = pgTable('draws', {
  offeringId: integer('offering_id')
    .primaryKey()
    .references(() => offerings.id),
  /** Makes pseudonyms of applicants; nobody reads it, so that nobody can try ids. */
  salt: bytea('salt').notNull(),
  applicants: integer('applicants').notNull(),
  appliedUnits: integer8('applied_units').notNull(),
  /** Commits to the list of applicants as lib/domain/allotment writes it, hex. */
  listSha256: text('list_sha256').notNull(),
  listedAt: instant('listed_at').notNull(),
  revealDeadline: instant('reveal_deadline').notNull(),
  /** The public randomness that is mixed in: which beacon, and its pulse after the deadline (lib/domain/allotment). */
  beacon: text('beacon').notNull(),
  pulseAt: instant('pulse_at').notNull(),
});

/**
 * Partitioned by offering: one row an applicant, all subscriptions of a person together (名寄せ), written at the close and never changed.
 * `units` is within the per-person maximum; `subscribed_units` is what was asked for.
 */
export const applicants = pgTable(
  'applicants',
  {
    investorId: integer8('investor_id').notNull(),
    units: integer8('units').notNull(),
    subscribedUnits: integer8('subscribed_units').notNull(),
    reservedMinor: integer8('reserved_minor').notNull(),
    offeringId: integer('offering_id').notNull(),
    /** 16 bytes that say nothing about the person (lib/domain/allotment). */
    pseudonym: bytea('pseudonym').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.offeringId] }),
    check('applicants_units', sql`${t.units} between 0 and ${t.subscribedUnits} and ${t.reservedMinor} > 0`),
  ],
);

/** A run that settles all subscriptions of a window, step by step. One an offering; its row is its progress and its lease. */
export const allotmentRuns = pgTable(
  'allotment_runs',
  {
    offeringId: integer('offering_id')
      .primaryKey()
      .references(() => offerings.id),
    purpose: allotmentPurposeEnum('purpose').notNull(),
    step: allotmentStepEnum('step').notNull(),
    /** Chunks of people done within the step, how many there are, and how many people are in each. */
    chunksDone: integer('chunks_done').notNull().default(0),
    chunks: integer('chunks').notNull().default(0),
    chunkPeople: integer('chunk_people').notNull(),
    method: offeringMethodEnum('method').notNull(),
    ruleVersion: integer('rule_version').notNull(),
    /** Hex; null for a refund. */
    seed: text('seed'),
    /** Where each part of the seed came from, as it is published. */
    seedParts: jsonb('seed_parts'),
    /** The offer and its whole upsize, down to the lot. */
    supplyUnits: integer8('supply_units').notNull(),
    allottedUnits: integer8('allotted_units'),
    /** The figures of the result notice: ceiling, extra lots drawn and the like. */
    figures: jsonb('figures'),
    proposalId: uuid('proposal_id'),
    startedAt: placedNow('started_at'),
    finishedAt: instant('finished_at'),
    /** The lease: whoever holds the newest number may take the next step, until the lease ends in real time. */
    fence: integer('fence').notNull().default(0),
    leasedUntil: instant('leased_until'),
  },
  (t) => [check('allotment_runs_finished', sql`(${t.step} = 'DONE') = (${t.finishedAt} is not null)`)],
);

/** Partitioned by offering: what an applicant got and paid. Written once by the run; booked when the journal of its chunk is there. */
export const allotments = pgTable(
  'allotments',
  {
    investorId: integer8('investor_id').notNull(),
    units: integer8('units').notNull(),
    costMinor: integer8('cost_minor').notNull(),
    /** A4: refund + cost = reservation. */
    refundMinor: integer8('refund_minor').notNull(),
    offeringId: integer('offering_id').notNull(),
    chunk: integer('chunk').notNull(),
    /** Lots of it that came by draw or as a largest remainder. */
    extraLots: integer('extra_lots').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.offeringId] }),
    check('allotments_not_negative', sql`${t.units} >= 0 and ${t.costMinor} >= 0 and ${t.refundMinor} >= 0`),
    check('allotments_cost', sql`(${t.units} = 0) = (${t.costMinor} = 0)`),
  ],
);

/** A chunk of a run: applicants by ascending id, booked together. From its journal on, its people have their units and refunds. */
export const allotmentChunks = pgTable(
  'allotment_chunks',
  {
    firstInvestor: integer8('first_investor').notNull(),
    lastInvestor: integer8('last_investor').notNull(),
    journalId: integer8('journal_id'),
    offeringId: integer('offering_id').notNull(),
    chunk: integer('chunk').notNull(),
  },
  (t) => [primaryKey({ columns: [t.offeringId, t.chunk] })],
);

/** How much has been asked for so far in open windows that show it; a job counts it anew each minute. */
export const windowDemand = pgTable('window_demand', {
  offeringId: integer('offering_id')
    .primaryKey()
    .references(() => offerings.id),
  applicants: integer('applicants').notNull(),
  units: integer8('units').notNull(),
  at: instant('at').notNull(),
});

/**
 * A new version of a window's prospectus, to be told to everybody who subscribed before it (DOMAIN §5). The row is the progress of telling them: from
 * one person to the next by ascending id, so many in one transaction with their mails.
 */
export const documentNotices = pgTable(
  'document_notices',
  {
    offeringId: integer('offering_id')
      .notNull()
      .references(() => offerings.id),
    documentVersionId: integer('document_version_id')
      .notNull()
      .references(() => documentVersions.id),
    /** The terms that the new version began: subscriptions under earlier ones are told of it. */
    termsVersion: integer('terms_version').notNull(),
    at: placedNow('at'),
    /** Everybody up to this id has their mail. */
    toldUpTo: integer8('told_up_to').notNull().default(sql`0`),
    told: integer('told').notNull().default(0),
    /** When the last one was told, or when a still newer version or the end of the offering took its place. */
    finishedAt: instant('finished_at'),
  },
  (t) => [primaryKey({ columns: [t.offeringId, t.documentVersionId] })],
);
