/** The double-entry ledger, wallets, holdings, orders. Postings are never changed, only reversed (TRUST L1–L8, U1–U3, O1–O4). */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  date,
  index,
  integer,
  pgEnum,
  pgSequence,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  cashMovementKindEnum,
  cashMovementStateEnum,
  instant,
  integer8,
  localeEnum,
  orderKindEnum,
  orderStateEnum,
  placedNow,
} from './columns';
import { assets, offerings } from './fund';

export const LEDGER_ACCOUNTS = [
  'INVESTOR_AVAILABLE',
  'INVESTOR_RESERVED',
  'INVESTOR_UNITS',
  'BANK',
  'FUND_CASH',
  'UNITS_ISSUED',
  'FX_DESK',
  'FUND_DUE',
] as const;
export const ledgerAccountEnum = pgEnum('ledger_account', LEDGER_ACCOUNTS);
export const journalKindEnum = pgEnum('journal_kind', [
  'DEPOSIT',
  'WITHDRAWAL_RESERVED',
  'WITHDRAWAL_PAID',
  'WITHDRAWAL_CANCELLED',
  'CONVERSION',
  'OFFERING_SALE',
  'OFFERING_REFUND',
  'SUBSCRIPTION_RESERVED',
  'SUBSCRIPTION_CHANGED',
  'SUBSCRIPTION_RELEASED',
  'ALLOTMENT',
  'DEALING_RESERVED',
  'DEALING_RELEASED',
  'DEALING_REDEEMED',
  'DEALING_BOUGHT',
  'DEALING_SETTLED',
  'DEALING_BRIDGED',
  'SWITCH_HELD',
  'SWITCH_FREED',
  'REVERSAL',
]);

/** A ledger transaction. One call of the order function writes one journal for all its orders (SPEED). */
export const journals = pgTable(
  'journals',
  {
    id: integer8('id').primaryKey().generatedAlwaysAsIdentity(),
    kind: journalKindEnum('kind').notNull(),
    at: placedNow('at'),
    /** L7: a correction is a reversal, at most one an entry. */
    reverses: integer8('reverses').references((): AnyPgColumn => journals.id),
  },
  (t) => [uniqueIndex('journals_reverses').on(t.reverses).where(sql`${t.reverses} is not null`)],
);

/** Ids of entries that batches write: from here on, where the entries of single acts do not come in a hundred years at three thousand a second. */
export const FIRST_BATCH_JOURNAL = 10_000_000_000_000n;
export const batchJournals = pgSequence('batch_journals', { startWith: String(FIRST_BATCH_JOURNAL) });

/**
 * A posting. `investor_id` 0 marks control accounts, which keep no running balance, because no row may be shared by all orders: their version
 * is the journal's id, one a journal. For an investor's account the version counts up without gaps and `balance_after` is the balance
 * after it (L3, L4). All postings of a journal are inserted by one statement, whose trigger holds L1 (db/functions/ledger-guards.sql).
 *
 * Partitioned by journal: `postings_live` has those of single acts and is what their functions insert into; each entry of a batch has a partition
 * of its own, checked as a whole when it is attached (db/functions/ledger-batches.sql, docs/decisions/0017). The keys and indexes below stand on
 * each partition, not on the whole.
 */
export const postings = pgTable(
  'postings',
  {
    // Wide columns first: no padding, 72 bytes a row.
    investorId: integer8('investor_id').notNull(),
    version: integer8('version').notNull(),
    journalId: integer8('journal_id').notNull(),
    /** Smallest parts; an account's credit is positive. */
    amount: integer8('amount').notNull(),
    balanceAfter: integer8('balance_after'),
    account: ledgerAccountEnum('account').notNull(),
    assetId: smallint('asset_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.assetId, t.account, t.version] }),
    // Journals come in the order of time, so a summary of each run of pages finds one; a full index would cost every order 30 bytes a posting.
    index('postings_journal').using('brin', t.journalId).with({ pages_per_range: 16, autosummarize: true }),
    check('postings_not_empty', sql`${t.amount} <> 0`),
    check('postings_not_negative', sql`${t.investorId} = 0 or ${t.balanceAfter} >= 0`),
    check('postings_running_balance', sql`(${t.investorId} = 0) = (${t.balanceAfter} is null)`),
    check(
      'postings_account_kind',
      sql`(${t.investorId} = 0) = (${t.account} not in ('INVESTOR_AVAILABLE', 'INVESTOR_RESERVED', 'INVESTOR_UNITS'))`,
    ),
  ],
);

/**
 * An investor's cash in one currency: the mutable balance row that is locked, while postings stay (L5). It is also the lock of everything
 * that its owner has in that currency: whoever changes orders or holdings of a class locks the wallet of its currency first.
 */
export const wallets = pgTable(
  'wallets',
  {
    investorId: integer8('investor_id').notNull(),
    available: integer8('available').notNull().default(sql`0`),
    availableVersion: integer8('available_version').notNull().default(sql`0`),
    reserved: integer8('reserved').notNull().default(sql`0`),
    reservedVersion: integer8('reserved_version').notNull().default(sql`0`),
    assetId: smallint('asset_id')
      .notNull()
      .references(() => assets.id),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.assetId] }),
    check('wallets_not_negative', sql`${t.available} >= 0 and ${t.reserved} >= 0`),
  ],
);

/** An investor's units of a class and what was paid for them, smallest parts (U2). `version` is that of the last posting of units. */
export const holdings = pgTable(
  'holdings',
  {
    investorId: integer8('investor_id').notNull(),
    units: integer8('units').notNull(),
    /** All units ever issued to the holder: never fewer than what they bought in any one offering, which most orders need not add up then. */
    issuedUnits: integer8('issued_units').notNull(),
    version: integer8('version').notNull(),
    costMinor: integer8('cost_minor').notNull(),
    // No reference: checking it would lock the class's row, which all orders share.
    classId: smallint('class_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.classId] }),
    check('holdings_not_negative', sql`${t.units} >= 0 and ${t.costMinor} >= 0`),
    check('holdings_issued', sql`${t.issuedUnits} >= ${t.units}`),
  ],
);

/**
 * An order (DOMAIN §6). Its idempotency key is its identity within a person: the same key cannot become a second order (I1). The request
 * itself stands in the row (offering, kind, asked, price, terms), so that a key used with another body is seen (I3).
 */
export const orders = pgTable(
  'orders',
  {
    investorId: integer8('investor_id').notNull(),
    key: uuid('key').notNull(),
    /** The order number that people read. */
    number: integer8('number').notNull().generatedAlwaysAsIdentity({ cache: 100 }),
    /** What was asked for: an amount or units, as `kind` says. */
    asked: integer8('asked').notNull(),
    /** What was or will be paid, smallest part of the class currency. */
    amountMinor: integer8('amount_minor').notNull(),
    units: integer8('units').notNull(),
    /** Price per quote unit, and the terms it was placed under, fixed at acceptance (O4). */
    price: integer8('price').notNull(),
    placedAt: instant('placed_at').notNull(),
    settledAt: instant('settled_at'),
    /** The ledger transaction that moved cash and units. */
    journalId: integer8('journal_id'),
    offeringId: integer('offering_id').notNull(),
    termsVersion: integer('terms_version').notNull(),
    kind: orderKindEnum('kind').notNull(),
    state: orderStateEnum('state').notNull(),
    locale: localeEnum('locale').notNull(),
    classId: smallint('class_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.key] }),
    check('orders_positive', sql`${t.amountMinor} > 0 and ${t.units} > 0 and ${t.price} > 0`),
    check(
      'orders_as_asked',
      sql`case ${t.kind} when 'BUY_UNITS' then ${t.units} = ${t.asked} else ${t.amountMinor} <= ${t.asked} end`,
    ),
    check(
      'orders_settled',
      sql`(${t.state} = 'SETTLED') = (${t.settledAt} is not null and ${t.journalId} is not null)`,
    ),
  ],
);

/**
 * A first-come offering that was called off: everybody who bought gets their cash back and gives the units back. The row is the progress of the run,
 * by ascending id of the buyers, and its lease.
 */
export const saleRefunds = pgTable(
  'sale_refunds',
  {
    offeringId: integer('offering_id')
      .primaryKey()
      .references(() => offerings.id),
    proposalId: uuid('proposal_id'),
    chunkPeople: integer('chunk_people').notNull(),
    chunksDone: integer('chunks_done').notNull().default(0),
    /** What there is to give back in all, when the run started: nothing of the offering is sold from then on. */
    buyers: integer('buyers').notNull(),
    units: integer8('units').notNull(),
    amountMinor: integer8('amount_minor').notNull(),
    /** What has been given back, to everybody up to this id. */
    refundedUpTo: integer8('refunded_up_to').notNull().default(sql`0`),
    refundedBuyers: integer('refunded_buyers').notNull().default(0),
    refundedUnits: integer8('refunded_units').notNull().default(sql`0`),
    refundedMinor: integer8('refunded_minor').notNull().default(sql`0`),
    startedAt: placedNow('started_at'),
    finishedAt: instant('finished_at'),
    /** The lease: whoever holds the newest number may refund the next chunk, until the lease ends in real time. */
    fence: integer('fence').notNull().default(0),
    leasedUntil: instant('leased_until'),
  },
  (t) => [
    check(
      'sale_refunds_finished',
      sql`${t.finishedAt} is null or (${t.refundedBuyers} = ${t.buyers} and ${t.refundedUnits} = ${t.units} and ${t.refundedMinor} = ${t.amountMinor})`,
    ),
  ],
);

/** Append-only: buyers by ascending id who were refunded together. All their orders of the offering are undone by the one journal. */
export const saleRefundChunks = pgTable(
  'sale_refund_chunks',
  {
    firstInvestor: integer8('first_investor').notNull(),
    lastInvestor: integer8('last_investor').notNull(),
    journalId: integer8('journal_id').notNull(),
    offeringId: integer('offering_id').notNull(),
    chunk: integer('chunk').notNull(),
  },
  (t) => [primaryKey({ columns: [t.offeringId, t.chunk] })],
);

/** Cash set aside for exactly one open order or withdrawal (O2, O3). */
export const reservations = pgTable(
  'reservations',
  {
    investorId: integer8('investor_id').notNull(),
    key: uuid('key').notNull(),
    purpose: text('purpose', { enum: ['ORDER', 'WITHDRAWAL'] }).notNull(),
    assetId: smallint('asset_id').notNull(),
    amountMinor: integer8('amount_minor').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.purpose, t.key] }),
    check('reservations_positive', sql`${t.amountMinor} > 0`),
  ],
);

/** A deposit 入金, withdrawal 出金 or conversion 両替 of simulated cash. Its key is its identity within a person (I1). */
export const cashMovements = pgTable(
  'cash_movements',
  {
    investorId: integer8('investor_id').notNull(),
    key: uuid('key').notNull(),
    amountMinor: integer8('amount_minor').notNull(),
    /** For a conversion: what was received, in which asset, and the dealt rate (yen per dollar × 10,000) with its mid and date (L8). */
    toAmountMinor: integer8('to_amount_minor'),
    rateE4: integer8('rate_e4'),
    midRateE4: integer8('mid_rate_e4'),
    placedAt: instant('placed_at').notNull(),
    /** When a withdrawal was paid or cancelled; for the others when they were placed. */
    finishedAt: instant('finished_at'),
    /** The ledger transaction of placing it, and for a withdrawal the one that paid or released the reserved cash. */
    journalId: integer8('journal_id'),
    finalJournalId: integer8('final_journal_id'),
    rateDate: date('rate_date', { mode: 'string' }),
    kind: cashMovementKindEnum('kind').notNull(),
    state: cashMovementStateEnum('state').notNull(),
    assetId: smallint('asset_id').notNull(),
    toAssetId: smallint('to_asset_id'),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.key] }),
    index('cash_movements_pending').on(t.placedAt).where(sql`${t.state} = 'PENDING'`),
    check('cash_movements_positive', sql`${t.amountMinor} > 0`),
    check('cash_movements_finished', sql`(${t.state} = 'PENDING') = (${t.finishedAt} is null)`),
    check(
      'cash_movements_conversion',
      sql`(${t.kind} = 'CONVERSION') = coalesce(${t.toAssetId} <> ${t.assetId} and ${t.toAmountMinor} > 0
        and ${t.rateE4} > 0 and ${t.midRateE4} > 0 and ${t.rateDate} is not null, false)`,
    ),
  ],
);

/**
 * What is left of an offering, split over slots so that orders in flight do not queue for one row (SPEED). Σ remaining + sold = size.
 * A trigger of offerings makes and refills them (db/functions/offering-slots.sql).
 */
export const offeringSlots = pgTable(
  'offering_slots',
  {
    remaining: integer8('remaining').notNull(),
    offeringId: integer('offering_id')
      .notNull()
      .references(() => offerings.id),
    slot: smallint('slot').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.offeringId, t.slot] }),
    check('offering_slots_not_negative', sql`${t.remaining} >= 0 and ${t.slot} between 0 and 63`),
  ],
);
