/** The fund as data: a second pair of countries runs from rows, not code (DOMAIN §1, §2). Written by operators and seeds alone. */
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  pgView,
  primaryKey,
  smallint,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import {
  countryEnum,
  currencyEnum,
  documentKindEnum,
  instant,
  integer8,
  localeEnum,
  offeringMethodEnum,
  offeringStateEnum,
  ownerGroupEnum,
} from './columns';

/** One row a fund. */
export const funds = pgTable('funds', {
  id: smallint('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  nameEn: text('name_en').notNull(),
  nameJa: text('name_ja').notNull(),
  /** The day from which figures are counted. */
  inceptionDate: date('inception_date', { mode: 'string' }).notNull(),
  /** Debt facility drawn, in US cents; with the commitments it gives the leverage. */
  debtUsdMinor: integer8('debt_usd_minor').notNull(),
  /** Trust fee 運用管理費用（信託報酬）: millionths of the net assets a year, taken inside the fund for each calendar day. */
  trustFeeE6: integer8('trust_fee_e6').notNull().default(sql`3000`),
});

/** Who owns the fund and with how much original investment, in US cents. CITIZENS here is what is set aside for offerings. */
export const ownerCommitments = pgTable(
  'owner_commitments',
  {
    fundId: smallint('fund_id')
      .notNull()
      .references(() => funds.id),
    ownerGroup: ownerGroupEnum('owner_group').notNull(),
    committedUsdMinor: integer8('committed_usd_minor').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.fundId, t.ownerGroup] }),
    check('owner_commitments_not_negative', sql`${t.committedUsdMinor} >= 0`),
  ],
);

/** Everything the ledger counts: currencies and unit classes. `decimals` says what the smallest part is. */
export const assets = pgTable('assets', {
  id: smallint('id').primaryKey(),
  code: text('code').notNull().unique(),
  kind: text('kind', { enum: ['CURRENCY', 'UNIT'] }).notNull(),
  decimals: smallint('decimals').notNull(),
});

/** A unit class: its currency, how its units divide and how its price is quoted (DOMAIN §2). */
export const unitClasses = pgTable('unit_classes', {
  id: smallint('id').primaryKey(),
  fundId: smallint('fund_id')
    .notNull()
    .references(() => funds.id),
  code: text('code').notNull().unique(),
  nameEn: text('name_en').notNull(),
  nameJa: text('name_ja').notNull(),
  /** Residents of this country may buy the class. */
  country: countryEnum('country').notNull(),
  currency: currencyEnum('currency').notNull(),
  currencyAssetId: smallint('currency_asset_id')
    .notNull()
    .references(() => assets.id),
  unitAssetId: smallint('unit_asset_id')
    .notNull()
    .references(() => assets.id),
  /** Decimals of a unit: 3 for US shares, 0 for 口. */
  unitDecimals: smallint('unit_decimals').notNull(),
  /** The price is for this many smallest unit parts: 1,000 (one share of 3 decimals) or 10,000 (口). */
  quoteUnits: integer8('quote_units').notNull(),
  /** Decimals of the price beyond whole currency: 4 for USD, 0 for yen. */
  priceDecimals: smallint('price_decimals').notNull(),
  timeZone: text('time_zone').notNull(),
  /** Cut-off 締切時間 in local time, HH:MM. */
  cutOff: text('cut_off').notNull(),
  settlementDays: smallint('settlement_days').notNull(),
  /** The most units of the class that may ever be in issue (U1). */
  authorisedUnits: integer8('authorised_units').notNull(),
  /** The first dealing day of continuous dealing; null before both sides have announced it. */
  dealingFrom: date('dealing_from', { mode: 'string' }),
  /** Retained levy 信託財産留保額 of a redemption, parts of ten thousand of the price; it stays in the fund. */
  levyE4: integer('levy_e4').notNull().default(0),
  /** The least that a monthly plan 積立 may buy for, smallest parts: 10 dollars, or 1,000 yen. */
  planMinimumMinor: integer8('plan_minimum_minor').notNull().default(sql`1000`),
});

/**
 * Record dates 決算日 of a class: each year on this day from `since` on, moved to the next dealing day where it is none (record_dates in
 * db/functions/dealing-calendar.sql). Whoever holds units when its orders close is on record.
 */
export const classRecordDays = pgTable(
  'class_record_days',
  {
    classId: smallint('class_id')
      .notNull()
      .references(() => unitClasses.id),
    month: smallint('month').notNull(),
    /** A month that is shorter has its last day instead. */
    day: smallint('day').notNull(),
    since: date('since', { mode: 'string' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.classId, t.month, t.day] }),
    check('class_record_days_exist', sql`${t.month} between 1 and 12 and ${t.day} between 1 and 31`),
  ],
);

/**
 * Append-only: published NAV per quote unit 基準価額 of a class and day; `price` has the class's price decimals. A correction is a further revision.
 * Everything that deals or shows a price reads the view below, which has the newest one of each day.
 */
export const navPrices = pgTable(
  'nav_prices',
  {
    classId: smallint('class_id')
      .notNull()
      .references(() => unitClasses.id),
    navDate: date('nav_date', { mode: 'string' }).notNull(),
    revision: integer('revision').notNull().default(1),
    price: integer8('price').notNull(),
    /** Net assets of the class 純資産総額, smallest part of the class currency. */
    netAssetsMinor: integer8('net_assets_minor').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.classId, t.navDate, t.revision] }),
    check('nav_prices_positive', sql`${t.price} > 0 and ${t.revision} > 0`),
  ],
);

/** What is published by now, the newest revision of each day (db/functions/valuation-published.sql). */
export const currentPrices = pgView('current_prices', {
  classId: smallint('class_id').notNull(),
  navDate: date('nav_date', { mode: 'string' }).notNull(),
  revision: integer('revision').notNull(),
  price: integer8('price').notNull(),
  netAssetsMinor: integer8('net_assets_minor').notNull(),
  publishedAt: instant('published_at').notNull(),
}).existing();

/** Dated USD/JPY mid rate 仲値: yen for one dollar, times 10,000. */
export const fxRates = pgTable(
  'fx_rates',
  {
    rateDate: date('rate_date', { mode: 'string' }).primaryKey(),
    jpyPerUsdE4: integer8('jpy_per_usd_e4').notNull(),
    /** Conversion spread to each side of the mid, in hundredths of a yen per dollar. */
    spreadSen: integer('spread_sen').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [check('fx_rates_positive', sql`${t.spreadSen} >= 0 and ${t.jpyPerUsdE4} > ${t.spreadSen} * 100`)],
);

/** A document and its versions. Both languages of a version are published together (DOMAIN §3). */
export const documentVersions = pgTable(
  'document_versions',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    fundId: smallint('fund_id')
      .notNull()
      .references(() => funds.id),
    kind: documentKindEnum('kind').notNull(),
    slug: text('slug').notNull(),
    version: integer('version').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [unique('document_versions_slug_version').on(t.slug, t.version)],
);

/** The text of a version in one language: Markdown, and the SHA-256 of its UTF-8 bytes in hex. */
export const documentTexts = pgTable(
  'document_texts',
  {
    documentVersionId: integer('document_version_id')
      .notNull()
      .references(() => documentVersions.id),
    locale: localeEnum('locale').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    sha256: text('sha256').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.documentVersionId, t.locale] }),
    check('document_texts_sha256', sql`${t.sha256} = encode(sha256(convert_to(${t.body}, 'UTF8')), 'hex')`),
  ],
);

/**
 * The days on which a country's market is closed besides Saturdays and Sundays: dated data (DOMAIN §2), filled from lib/domain/calendar for the years
 * ahead; a closure that nobody foresaw is one more row. A dealing day is in neither list.
 */
export const marketHolidays = pgTable(
  'market_holidays',
  {
    country: countryEnum('country').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    /** What people call the day. */
    nameEn: text('name_en').notNull().default('Market closure'),
    nameJa: text('name_ja').notNull().default('臨時休業日'),
  },
  (t) => [primaryKey({ columns: [t.country, t.day] })],
);

/** An offering 募集 (DOMAIN §5). Units and amounts are smallest parts of its class. */
export const offerings = pgTable(
  'offerings',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    slug: text('slug').notNull().unique(),
    classId: smallint('class_id')
      .notNull()
      .references(() => unitClasses.id),
    nameEn: text('name_en').notNull(),
    nameJa: text('name_ja').notNull(),
    method: offeringMethodEnum('method').notNull(),
    state: offeringStateEnum('state').notNull(),
    /** Fixed price per quote unit of the class. */
    price: integer8('price').notNull(),
    /** The cap: not one unit more is sold, but for an upsize that was declared beforehand. */
    sizeUnits: integer8('size_units').notNull(),
    /** How many units more a window may allot when demand is above the size; declared with the terms. */
    upsizeUnits: integer8('upsize_units').notNull().default(sql`0`),
    lotUnits: integer8('lot_units').notNull(),
    minUnits: integer8('min_units').notNull(),
    /** Per person: over all their orders in this offering; in a window over what they hold of the class and all their subscriptions here. */
    maxUnits: integer8('max_units').notNull(),
    opensAt: instant('opens_at').notNull(),
    closesAt: instant('closes_at').notNull(),
    /** A window may say how much has been asked for so far, as of a moment ago. */
    showDemand: boolean('show_demand').notNull().default(false),
    /** Until then each side reveals its secret of the draw; null: a day after the last moment to withdraw. */
    revealDeadline: instant('reveal_deadline'),
    /** A new version of a document in a window leaves until then to withdraw, even past the close. */
    withdrawUntil: instant('withdraw_until'),
    prospectusId: integer('prospectus_id')
      .notNull()
      .references(() => documentVersions.id),
    /** Grows with each change of terms; an order keeps the one it was placed under (O4). */
    termsVersion: integer('terms_version').notNull().default(1),
  },
  (t) => [
    index('offerings_class').on(t.classId),
    check('offerings_window', sql`${t.opensAt} < ${t.closesAt}`),
    check(
      'offerings_sizes',
      sql`${t.price} > 0 and ${t.lotUnits} > 0 and ${t.minUnits} > 0 and ${t.minUnits} <= ${t.maxUnits} and ${t.sizeUnits} > 0`,
    ),
    check(
      'offerings_upsize',
      sql`${t.upsizeUnits} >= 0 and (${t.upsizeUnits} = 0 or ${t.method} <> 'FIRST_COME') and ${t.revealDeadline} > ${t.closesAt}`,
    ),
    // Keeps units × price, and the sum of a call of 128 orders, inside int8.
    check('offerings_countable', sql`${t.maxUnits}::numeric * ${t.price} <= 70000000000000000`),
  ],
);
