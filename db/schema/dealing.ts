/** Dealing at NAV (DOMAIN §5–§7): orders that wait for their dealing day, and what their owners did with them. */
import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, primaryKey, smallint, uuid } from 'drizzle-orm/pg-core';
import { dealingActEnum, dealingKindEnum, instant, integer8, localeEnum, orderStateEnum } from './columns';

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
    // Read from end to end once, by the run of the day.
    index('dealing_orders_waiting')
      .on(t.classId, t.dealingDate, t.number)
      .where(sql`${t.state} in ('ACCEPTED', 'CUT_OFF')`),
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
    check('dealing_acts_one_thing', sql`(${t.deltaMinor} = 0) <> (${t.deltaUnits} = 0)`),
  ],
);
