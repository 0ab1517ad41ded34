/** Dealing at NAV (DOMAIN §5–§7): orders that wait for their dealing day, and what their owners did with them. */
import { sql } from 'drizzle-orm';
import { boolean, check, date, index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import {
  dealingActEnum,
  dealingKindEnum,
  dealingStepEnum,
  instant,
  integer8,
  localeEnum,
  orderStateEnum,
  placedNow,
} from './columns';

/**
 * An order at NAV. The row is its own reservation (O2): of cash for a purchase, which lies in the wallet's reserved account; of units for a redemption,
 * which stay in the holding and are not free for another order. Its key is its identity within a person (I1). What it deals at is not known yet, and
 * stands nowhere here.
 */
export const dealingOrders = pgTable(
  'dealing_orders',
  {
    investorId: integer8('investor_id').notNull(),
    key: uuid('key').notNull(),
    /** The number that people read; it grows with acceptance, and decides where acceptance decides. */
    number: integer8('number').notNull().generatedAlwaysAsIdentity({ cache: 1 }),
    /** What was asked for: an amount or units, as `kind` says; zero for all that was held. */
    asked: integer8('asked').notNull(),
    /** Set aside now, smallest parts; both are zero once the order is finished. */
    reservedMinor: integer8('reserved_minor').notNull(),
    reservedUnits: integer8('reserved_units').notNull(),
    /** The price that an order by units was estimated at. Nothing deals at it. */
    estimatePrice: integer8('estimate_price'),
    /** When its orders close for its dealing day: from then on it cannot be cancelled. */
    cutOffAt: instant('cut_off_at').notNull(),
    placedAt: instant('placed_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    dealingDate: date('dealing_date', { mode: 'string' }).notNull(),
    // No references: checking them would lock rows that all orders share. `npm run verify` checks them.
    /** The prospectus that was the newest at acceptance (O4). */
    prospectusId: integer('prospectus_id').notNull(),
    kind: dealingKindEnum('kind').notNull(),
    state: orderStateEnum('state').notNull(),
    locale: localeEnum('locale').notNull(),
    classId: smallint('class_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.key] }),
    // Neither names the state: a purchase is priced and settled without a change of any index. The first is read from end to end by the run of the day;
    // the second has what may have waited for longer.
    index('dealing_orders_day').on(t.classId, t.dealingDate, t.number),
    index('dealing_orders_redeemed').on(t.classId, t.dealingDate).where(sql`${t.reservedUnits} > 0`),
    check('dealing_orders_not_negative', sql`${t.reservedMinor} >= 0 and ${t.reservedUnits} >= 0`),
    // O2, O3: what waits has set aside one thing; a purchase that is priced keeps its cost until it is settled.
    check(
      'dealing_orders_reserved',
      sql`case when ${t.state} in ('ACCEPTED', 'CUT_OFF') then (${t.reservedMinor} > 0) <> (${t.reservedUnits} > 0)
        when ${t.state} = 'PRICED' then ${t.reservedUnits} = 0
        else ${t.reservedMinor} = 0 and ${t.reservedUnits} = 0 end`,
    ),
    check(
      'dealing_orders_kind',
      sql`case when ${t.kind} in ('BUY_AMOUNT', 'BUY_UNITS') then ${t.reservedUnits} = 0 else ${t.reservedMinor} = 0 end`,
    ),
    check('dealing_orders_asked', sql`(${t.asked} > 0) = (${t.kind} <> 'SELL_ALL') and ${t.asked} >= 0`),
    check(
      'dealing_orders_estimate',
      sql`(${t.estimatePrice} > 0) is not distinct from (case ${t.kind} when 'BUY_UNITS' then true end)`,
    ),
    check('dealing_orders_in_time', sql`${t.placedAt} < ${t.cutOffAt}`),
  ],
);

/**
 * Append-only: what a person did with an order, under a key of its own (I1–I5). The request stands in the row, so that a key used with another body is
 * seen.
 */
export const dealingActs = pgTable(
  'dealing_acts',
  {
    investorId: integer8('investor_id').notNull(),
    key: uuid('key').notNull(),
    /** The order; for PLACED its key is this key. */
    orderKey: uuid('order_key').notNull(),
    /** What was asked for, as `kind` says; of a cancellation what the order had asked for. */
    asked: integer8('asked').notNull(),
    /** By how much what is set aside changed. */
    deltaMinor: integer8('delta_minor').notNull(),
    deltaUnits: integer8('delta_units').notNull(),
    /** Null where no cash was set aside or given back. */
    journalId: integer8('journal_id'),
    at: instant('at').notNull(),
    dealingDate: date('dealing_date', { mode: 'string' }).notNull(),
    act: dealingActEnum('act').notNull(),
    kind: dealingKindEnum('kind').notNull(),
    classId: smallint('class_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.key] }),
    check('dealing_acts_journal', sql`(${t.deltaMinor} = 0) = (${t.journalId} is null)`),
    // Nothing at all is set aside for the order of a plan that lapses at once (O11).
    check(
      'dealing_acts_one_thing',
      sql`(${t.deltaMinor} = 0 or ${t.deltaUnits} = 0)
        and (${t.deltaMinor} <> 0 or ${t.deltaUnits} <> 0 or ${t.act} = 'PLACED' and ${t.kind} = 'BUY_AMOUNT')`,
    ),
  ],
);

/**
 * A run that deals all orders of a class and day at one price: its terms as they were, its progress and its lease. Days of a class are dealt one after
 * the other.
 */
export const dealingRuns = pgTable(
  'dealing_runs',
  {
    classId: smallint('class_id').notNull(),
    dealingDate: date('dealing_date', { mode: 'string' }).notNull(),
    /** Per quote unit, struck after the cut-off. */
    price: integer8('price').notNull(),
    struckAt: instant('struck_at').notNull(),
    cutOffAt: instant('cut_off_at').notNull(),
    /** When purchases are settled, and redemptions paid. */
    settlementDate: date('settlement_date', { mode: 'string' }).notNull(),
    payoutDate: date('payout_date', { mode: 'string' }).notNull(),
    levyE4: integer('levy_e4').notNull(),
    /** The covenant's gate on that day, parts of ten thousand. */
    gateE4: integer('gate_e4').notNull(),
    /** In issue before the run; what it redeems and issues, once that is worked out. */
    issuedUnits: integer8('issued_units').notNull(),
    redeemedUnits: integer8('redeemed_units'),
    boughtUnits: integer8('bought_units'),
    /** What the gate left for later days. */
    deferredUnits: integer8('deferred_units'),
    step: dealingStepEnum('step').notNull().default('PRICE'),
    chunksDone: integer('chunks_done').notNull().default(0),
    chunkPeople: integer('chunk_people').notNull(),
    startedAt: placedNow('started_at'),
    finishedAt: instant('finished_at'),
    /** The lease: whoever holds the newest number may take the next step, until the lease ends in real time. */
    fence: integer('fence').notNull().default(0),
    leasedUntil: instant('leased_until'),
  },
  (t) => [
    primaryKey({ columns: [t.classId, t.dealingDate] }),
    check('dealing_runs_forward', sql`${t.price} > 0 and ${t.struckAt} >= ${t.cutOffAt}`),
    check(
      'dealing_runs_priced',
      sql`(${t.step} = 'PRICE') = (${t.boughtUnits} is null) and (${t.step} = 'DONE') = (${t.finishedAt} is not null)`,
    ),
  ],
);

/**
 * Append-only: what an order, or the part of it that passed the gate, came to on a day. A purchase that lapsed has no units and all of its cash back. Where
 * a day is dealt again at a corrected price (redealing.ts) its deals stand there again under a further revision; the one whose chunk is not reversed holds.
 */
export const deals = pgTable(
  'deals',
  {
    investorId: integer8('investor_id').notNull(),
    orderKey: uuid('order_key').notNull(),
    units: integer8('units').notNull(),
    /** What the purchase costs, or what the redemption pays. */
    amountMinor: integer8('amount_minor').notNull(),
    /** Of a purchase: what comes back of the reservation. */
    releaseMinor: integer8('release_minor').notNull(),
    /** Of a redemption: what stays in the fund. */
    levyMinor: integer8('levy_minor').notNull(),
    /** Of a redemption: what waits for the next dealing day. */
    deferredUnits: integer8('deferred_units').notNull(),
    dealingDate: date('dealing_date', { mode: 'string' }).notNull(),
    chunk: integer('chunk').notNull(),
    classId: smallint('class_id').notNull(),
    /** 0: as the day was dealt first. */
    revision: smallint('revision').notNull().default(0),
    buys: boolean('buys').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.orderKey, t.dealingDate, t.revision] }),
    index('deals_chunk').on(t.classId, t.dealingDate, t.buys, t.chunk),
    check(
      'deals_not_negative',
      sql`${t.units} >= 0 and ${t.amountMinor} >= 0 and ${t.releaseMinor} >= 0 and ${t.levyMinor} >= 0 and ${t.deferredUnits} >= 0`,
    ),
    check(
      'deals_side',
      sql`case when ${t.buys} then ${t.levyMinor} = 0 and ${t.deferredUnits} = 0 and ${t.amountMinor} + ${t.releaseMinor} > 0
        and (${t.units} > 0) = (${t.amountMinor} > 0) else ${t.releaseMinor} = 0 and ${t.units} > 0 end`,
    ),
  ],
);

/**
 * A chunk of a run: people by ascending id, on one side. Booked when its journal is there; settled when it says so; no longer in force when its entries are
 * reversed, which happens in the transaction that books the same chunk of the next revision.
 */
export const dealingChunks = pgTable(
  'dealing_chunks',
  {
    firstInvestor: integer8('first_investor').notNull(),
    lastInvestor: integer8('last_investor').notNull(),
    units: integer8('units').notNull(),
    amountMinor: integer8('amount_minor').notNull(),
    journalId: integer8('journal_id'),
    /** Null where nothing is to be paid. */
    settledJournalId: integer8('settled_journal_id'),
    settledAt: instant('settled_at'),
    /** The reversals of its two entries (TRUST L7). */
    reversalId: integer8('reversal_id'),
    settledReversalId: integer8('settled_reversal_id'),
    /** Of a further revision: what the fund lent for the reversal of the one before, and what it got back. Null where nobody had to be lent anything. */
    lentJournalId: integer8('lent_journal_id'),
    returnedJournalId: integer8('returned_journal_id'),
    dealingDate: date('dealing_date', { mode: 'string' }).notNull(),
    chunk: integer('chunk').notNull(),
    classId: smallint('class_id').notNull(),
    revision: smallint('revision').notNull().default(0),
    buys: boolean('buys').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.classId, t.dealingDate, t.buys, t.chunk, t.revision] }),
    check(
      'dealing_chunks_in_order',
      sql`(${t.settledAt} is null or ${t.journalId} is not null) and (${t.reversalId} is null or ${t.journalId} is not null)
        and (${t.settledReversalId} is null or ${t.settledJournalId} is not null and ${t.reversalId} is not null)
        and (${t.returnedJournalId} is null or ${t.lentJournalId} is not null)`,
    ),
  ],
);

/**
 * What a dealing day is to be told: what orders of one side came to, or that their cash has changed hands. The row is the progress of telling it: from
 * one person to the next by ascending id, so many in one transaction with their mails (db/functions/mails-of-dealing.sql).
 */
export const dealingNotices = pgTable(
  'dealing_notices',
  {
    classId: smallint('class_id').notNull(),
    dealingDate: date('dealing_date', { mode: 'string' }).notNull(),
    about: text('about', { enum: ['DEALT', 'SETTLED'] }).notNull(),
    buys: boolean('buys').notNull(),
    /** Everybody up to this id has their mail. */
    toldUpTo: integer8('told_up_to').notNull().default(sql`0`),
    told: integer('told').notNull().default(0),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.classId, t.dealingDate, t.about, t.buys] }),
    check('dealing_notices_about', sql`${t.about} in ('DEALT', 'SETTLED')`),
    index('dealing_notices_open').on(t.dealingDate).where(sql`${t.finishedAt} is null`),
  ],
);
