/**
 * The fund's value on each dealing day (DOMAIN §2, §7): how it was found, and whether it may be dealt at. Written by SQL functions alone; figures are
 * never changed, a day that is valued again has a further revision. What was published stands in nav_prices beside it.
 */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  date,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { holdReasonEnum, instant, integer8, valuationSourceEnum, valuationStateEnum } from './columns';
import { funds, unitClasses } from './fund';
import { proposals } from './governance';
import { projects } from './portfolio';

/** One row a revision of a day. Sums are US cents unless they say otherwise; they are null where there was nothing to value with. */
export const valuations = pgTable(
  'valuations',
  {
    id: integer8('id').primaryKey().generatedAlwaysAsIdentity(),
    fundId: smallint('fund_id')
      .notNull()
      .references(() => funds.id),
    navDate: date('nav_date', { mode: 'string' }).notNull(),
    /** From 1, within the day. */
    revision: integer('revision').notNull(),
    state: valuationStateEnum('state').notNull(),
    /** Why it stands still; kept when a later revision takes its place. */
    holdReason: holdReasonEnum('hold_reason'),
    source: valuationSourceEnum('source').notNull(),
    /** The market model it was made with and is checked against, by its name and seed. */
    model: text('model').notNull(),
    ruleVersion: integer('rule_version').notNull(),
    /** The last cut-off of the day: units and citizens' cash are those of then. */
    asOf: instant('as_of').notNull(),
    /** The day's mid rate 仲値. */
    jpyPerUsdE4: integer8('jpy_per_usd_e4'),
    portfolioUsdMinor: integer8('portfolio_usd_minor'),
    cashUsdMinor: integer8('cash_usd_minor'),
    citizensUsdMinor: integer8('citizens_usd_minor'),
    /** Whole yen. */
    citizensJpyMinor: integer8('citizens_jpy_minor'),
    debtUsdMinor: integer8('debt_usd_minor'),
    feesUsdMinor: integer8('fees_usd_minor'),
    netAssetsUsdMinor: integer8('net_assets_usd_minor'),
    /** Of the net assets what is the treasuries' and partners', and takes what rounding leaves. */
    ownersUsdMinor: integer8('owners_usd_minor'),
    /** The published valuation that its books continue. */
    baseId: integer8('base_id').references((): AnyPgColumn => valuations.id),
    struckAt: instant('struck_at').notNull(),
    checkedAt: instant('checked_at'),
    publishedAt: instant('published_at'),
    /** Where both sides published it although it was held, or corrected it. */
    proposalId: uuid('proposal_id').references(() => proposals.id),
  },
  (t) => [
    unique('valuations_revision').on(t.fundId, t.navDate, t.revision),
    uniqueIndex('valuations_one_in_force').on(t.fundId, t.navDate).where(sql`${t.state} <> 'SUPERSEDED'`),
    check(
      'valuations_states',
      sql`case ${t.state} when 'STRUCK' then ${t.checkedAt} is null and ${t.publishedAt} is null
        when 'CHECKED' then ${t.checkedAt} is not null and ${t.publishedAt} is null and ${t.holdReason} is null
        when 'HELD' then ${t.checkedAt} is not null and ${t.publishedAt} is null and ${t.holdReason} is not null
        when 'PUBLISHED' then ${t.publishedAt} is not null else true end`,
    ),
    // What was held is published by joint approval alone, and never where there is no sound value.
    check(
      'valuations_published',
      sql`${t.publishedAt} is null or (${t.netAssetsUsdMinor} > 0 and ${t.jpyPerUsdE4} > 0
        and (${t.holdReason} is null or (${t.holdReason} in ('JUMP', 'OUT_OF_TOLERANCE') and ${t.proposalId} is not null))
        and (${t.source} <> 'CORRECTION' or ${t.proposalId} is not null))`,
    ),
    // Assets less debt less fees; yen are cents at the day's mid rate, down.
    check(
      'valuations_balance',
      sql`${t.netAssetsUsdMinor} = ${t.portfolioUsdMinor} + ${t.cashUsdMinor} + ${t.citizensUsdMinor}
        + div(${t.citizensJpyMinor}::numeric * 1000000, ${t.jpyPerUsdE4}) - ${t.debtUsdMinor} - ${t.feesUsdMinor}`,
    ),
  ],
);

/** Append-only: what each project was worth. They sum to the portfolio. */
export const valuationMarks = pgTable(
  'valuation_marks',
  {
    valuationId: integer8('valuation_id')
      .notNull()
      .references(() => valuations.id),
    projectId: smallint('project_id')
      .notNull()
      .references(() => projects.id),
    valueUsdMinor: integer8('value_usd_minor').notNull(),
  },
  (t) => [primaryKey({ columns: [t.valuationId, t.projectId] })],
);

/** Append-only: what a valuation says of a class. With the owners' part, the classes' parts sum to the fund's net assets. */
export const valuationClasses = pgTable(
  'valuation_classes',
  {
    valuationId: integer8('valuation_id')
      .notNull()
      .references(() => valuations.id),
    classId: smallint('class_id')
      .notNull()
      .references(() => unitClasses.id),
    /** In issue as of the cut-off. */
    units: integer8('units').notNull(),
    netAssetsUsdMinor: integer8('net_assets_usd_minor').notNull(),
    /** Smallest part of the class currency. */
    netAssetsMinor: integer8('net_assets_minor').notNull(),
    /** NAV per quote unit 基準価額. */
    price: integer8('price').notNull(),
    /** What the market model expects, and the newest published price before; null in the books' first valuation. */
    modelPrice: integer8('model_price'),
    previousPrice: integer8('previous_price'),
  },
  (t) => [primaryKey({ columns: [t.valuationId, t.classId] })],
);
