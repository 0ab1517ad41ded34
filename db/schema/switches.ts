/** Switches スイッチング between classes of the fund (DOMAIN §6; docs/decisions/0024): where the proceeds of a redemption go. */
import { sql } from 'drizzle-orm';
import { check, date, index, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { SWITCH_RELEASES } from '@/lib/domain/states';
import { instant, integer8, switchPartStateEnum } from './columns';

/** Append-only: a switch. Its key is that of the order at NAV which redeems the class that is given up. */
export const switches = pgTable(
  'switches',
  {
    investorId: integer8('investor_id').notNull(),
    key: uuid('key').notNull(),
    /** Units that were asked for; null for all. The order has what that was when it was placed. */
    asked: integer8('asked'),
    // No reference: checking it would lock a row that all orders share. `npm run verify` checks it.
    toClassId: smallint('to_class_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.investorId, t.key] }), check('switches_asked', sql`${t.asked} > 0`)],
);

/**
 * What one dealing day brought of a switch, from its settlement on: held in the wallet's reserved account until it becomes an order for the other class,
 * or is given free. A day that is dealt again frees what is still held of it, and holds what it brings then, under the revision of its deals.
 */
export const switchParts = pgTable(
  'switch_parts',
  {
    investorId: integer8('investor_id').notNull(),
    key: uuid('key').notNull(),
    /** What was held, in the currency of the class that was redeemed. */
    amountMinor: integer8('amount_minor').notNull(),
    /** What it was converted to, in that of the other class; the same where there is one currency. Null where it was not carried on. */
    toAmountMinor: integer8('to_amount_minor'),
    heldAt: instant('held_at').notNull(),
    endedAt: instant('ended_at'),
    /** When its owner was written to about its end. */
    toldAt: instant('told_at'),
    heldJournalId: integer8('held_journal_id').notNull(),
    freedJournalId: integer8('freed_journal_id'),
    /** The order for the other class. */
    orderKey: uuid('order_key'),
    /** The movement of cash that converted it; null within one currency. */
    conversionKey: uuid('conversion_key'),
    dealingDate: date('dealing_date', { mode: 'string' }).notNull(),
    classId: smallint('class_id').notNull(),
    revision: smallint('revision').notNull(),
    state: switchPartStateEnum('state').notNull(),
    /** Why it was given free. */
    reason: text('reason', { enum: SWITCH_RELEASES }),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.key, t.dealingDate, t.revision] }),
    // One of a day's revisions is held, carried on or given free.
    uniqueIndex('switch_parts_one').on(t.investorId, t.key, t.dealingDate).where(sql`${t.state} <> 'REDEALT'`),
    uniqueIndex('switch_parts_order').on(t.investorId, t.orderKey),
    index('switch_parts_held').on(t.investorId, t.classId, t.dealingDate).where(sql`${t.state} = 'HELD'`),
    index('switch_parts_untold')
      .on(t.investorId)
      .where(sql`${t.toldAt} is null and ${t.state} in ('CARRIED', 'RELEASED')`),
    check('switch_parts_positive', sql`${t.amountMinor} > 0 and ${t.toAmountMinor} > 0`),
    check(
      'switch_parts_ended',
      sql`(${t.state} = 'HELD') = (${t.endedAt} is null) and (${t.state} = 'HELD') = (${t.freedJournalId} is null)`,
    ),
    check(
      'switch_parts_outcome',
      sql`(${t.state} = 'CARRIED') = (${t.orderKey} is not null) and (${t.state} = 'CARRIED') = (${t.toAmountMinor} is not null)
        and (${t.state} = 'RELEASED') = (${t.reason} is not null) and (${t.conversionKey} is null or ${t.state} = 'CARRIED')`,
    ),
  ],
);
