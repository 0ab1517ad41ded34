/** Holidays that both sides have added or taken away (DOMAIN §11), and what is to be told of it. */
import { sql } from 'drizzle-orm';
import { boolean, check, date, index, integer, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { HOLIDAY_ACTS } from '@/lib/domain/governance/kinds/holiday-change';
import { countryEnum, instant, integer8, placedNow } from './columns';
import { proposals } from './governance';

/** Append-only: a change of the table of holidays by both sides' signatures, with the reason that everybody reads. */
export const holidayChanges = pgTable(
  'holiday_changes',
  {
    proposalId: uuid('proposal_id')
      .primaryKey()
      .references(() => proposals.id),
    /** That of the proposal, which people read. */
    number: integer('number').notNull(),
    country: countryEnum('country').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    change: text('change', { enum: HOLIDAY_ACTS }).notNull(),
    nameEn: text('name_en').notNull(),
    nameJa: text('name_ja').notNull(),
    reasonEn: text('reason_en').notNull(),
    reasonJa: text('reason_ja').notNull(),
    at: placedNow('at'),
  },
  (t) => [check('holiday_changes_change', sql`${t.change} in ('ADD', 'REMOVE')`)],
);

/**
 * What one change is to be told: a group of orders or plans that it moves alike. The row is the progress of telling it, from one person to the next by
 * ascending id (db/functions/tell-moved-days.sql).
 */
export const holidayNotices = pgTable(
  'holiday_notices',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    proposalId: uuid('proposal_id')
      .notNull()
      .references(() => holidayChanges.proposalId),
    classId: smallint('class_id').notNull(),
    /** Another dealing day, another day of the money alone, or another day of a plan's next turn. */
    about: text('about', { enum: ['ORDER', 'MONEY', 'PLAN'] }).notNull(),
    buys: boolean('buys').notNull(),
    /** The day that the orders were accepted for; of plans the last date that they ask for. */
    since: date('since', { mode: 'string' }).notNull(),
    fromDay: date('from_day', { mode: 'string' }).notNull(),
    toDay: date('to_day', { mode: 'string' }).notNull(),
    /** When cash changes hands; null of plans. */
    moneyFrom: date('money_from', { mode: 'string' }),
    moneyTo: date('money_to', { mode: 'string' }),
    /** Orders after it were placed by the new calendar. */
    lastOrder: integer8('last_order').notNull(),
    /** Everybody up to this id has their mail. */
    toldUpTo: integer8('told_up_to').notNull().default(sql`0`),
    told: integer('told').notNull().default(0),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    check(
      'holiday_notices_about',
      sql`case ${t.about} when 'ORDER' then ${t.fromDay} <> ${t.toDay} when 'MONEY' then ${t.fromDay} = ${t.toDay} and ${t.moneyFrom} <> ${t.moneyTo}
        when 'PLAN' then ${t.fromDay} <> ${t.toDay} and ${t.moneyTo} is null else false end`,
    ),
    index('holiday_notices_open').on(t.id).where(sql`${t.finishedAt} is null`),
  ],
);
