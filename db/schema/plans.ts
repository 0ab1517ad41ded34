/** Monthly plans 積立 (DOMAIN §6): what somebody has decided to buy every month, and what became of each month. */
import { sql } from 'drizzle-orm';
import { check, date, index, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { PLAN_LAPSES } from '@/lib/domain/states';
import { instant, integer8, localeEnum, planActEnum, planStateEnum } from './columns';

/** A plan. Its key is its identity within a person (I1). Its cash is asked for on the day of each turn, and nothing is set aside before. */
export const savingsPlans = pgTable(
  'savings_plans',
  {
    investorId: integer8('investor_id').notNull(),
    key: uuid('key').notNull(),
    /** The number that people read. */
    number: integer8('number').notNull().generatedAlwaysAsIdentity({ cache: 1 }),
    amountMinor: integer8('amount_minor').notNull(),
    startedAt: instant('started_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    /** The first day of the month whose turn comes next; null while it is paused, and when it has ended. */
    nextMonth: date('next_month', { mode: 'string' }),
    classId: smallint('class_id').notNull(),
    dayOfMonth: smallint('day_of_month').notNull(),
    /** Turns in a row that lapsed; the third pauses the plan. */
    lapses: smallint('lapses').notNull().default(0),
    state: planStateEnum('state').notNull(),
    /** The language that its orders are placed in. */
    locale: localeEnum('locale').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.key] }),
    uniqueIndex('savings_plans_one').on(t.investorId, t.classId).where(sql`${t.state} <> 'ENDED'`),
    // What is due is found by month and day, of which there are few, and then by person.
    index('savings_plans_due').on(t.classId, t.nextMonth, t.dayOfMonth, t.investorId).where(sql`${t.state} = 'ACTIVE'`),
    check('savings_plans_terms', sql`${t.amountMinor} > 0 and ${t.dayOfMonth} between 1 and 31`),
    check('savings_plans_next', sql`(${t.nextMonth} is not null) = (${t.state} = 'ACTIVE')`),
    check('savings_plans_lapses', sql`${t.lapses} between 0 and case ${t.state} when 'ACTIVE' then 2 else 3 end`),
  ],
);

/** Append-only: what a person did with a plan, under a key of its own (I1–I5), with the terms that it had from then on. */
export const savingsPlanActs = pgTable(
  'savings_plan_acts',
  {
    investorId: integer8('investor_id').notNull(),
    key: uuid('key').notNull(),
    /** For STARTED its key is this key. */
    planKey: uuid('plan_key').notNull(),
    /** In the order in which they happened. */
    sequence: integer8('sequence').notNull().generatedAlwaysAsIdentity({ cache: 1 }),
    amountMinor: integer8('amount_minor').notNull(),
    at: instant('at').notNull(),
    classId: smallint('class_id').notNull(),
    dayOfMonth: smallint('day_of_month').notNull(),
    act: planActEnum('act').notNull(),
  },
  (t) => [primaryKey({ columns: [t.investorId, t.key] }), index('savings_plan_acts_plan').on(t.investorId, t.planKey)],
);

/** Append-only: a plan's turn in a month, which there is once: an order at NAV, accepted or lapsed 失効. */
export const savingsPlanTurns = pgTable(
  'savings_plan_turns',
  {
    investorId: integer8('investor_id').notNull(),
    planKey: uuid('plan_key').notNull(),
    /** Its first day. */
    month: date('month', { mode: 'string' }).notNull(),
    orderKey: uuid('order_key').notNull(),
    amountMinor: integer8('amount_minor').notNull(),
    /** The cash that there was. */
    availableMinor: integer8('available_minor').notNull(),
    at: instant('at').notNull(),
    /** The dealing day that the plan's day moved to, by the calendar of then; the order's own is later where the turn was taken late. */
    plannedDate: date('planned_date', { mode: 'string' }).notNull(),
    dayOfMonth: smallint('day_of_month').notNull(),
    /** Lapses in a row, this one counted. */
    lapses: smallint('lapses').notNull(),
    /** Why it lapsed; null where it became an order that waits. */
    lapse: text('lapse', { enum: PLAN_LAPSES }),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.planKey, t.month] }),
    uniqueIndex('savings_plan_turns_order').on(t.investorId, t.orderKey),
    check('savings_plan_turns_month', sql`extract(day from ${t.month}) = 1`),
    check('savings_plan_turns_lapses', sql`(${t.lapse} is null) = (${t.lapses} = 0) and ${t.lapses} between 0 and 3`),
  ],
);
