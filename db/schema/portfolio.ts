/** What the fund owns (DOMAIN §1): projects across the United States. Public; written by operators and seeds alone. */
import { sql } from 'drizzle-orm';
import { char, check, date, index, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { integer8, projectSectorEnum } from './columns';
import { funds } from './fund';

/** One row a project. Sums are US cents. */
export const projects = pgTable(
  'projects',
  {
    id: smallint('id').primaryKey(),
    fundId: smallint('fund_id')
      .notNull()
      .references(() => funds.id),
    slug: text('slug').notNull().unique(),
    nameEn: text('name_en').notNull(),
    nameJa: text('name_ja').notNull(),
    sector: projectSectorEnum('sector').notNull(),
    /** Postal code of the US state. */
    usState: char('us_state', { length: 2 }).notNull(),
    /** What the fund has promised to put in, and what of it has been paid so far: the project's progress. */
    committedUsdMinor: integer8('committed_usd_minor').notNull(),
    paidUsdMinor: integer8('paid_usd_minor').notNull(),
    committedOn: date('committed_on', { mode: 'string' }).notNull(),
  },
  (t) => [
    index('projects_fund').on(t.fundId),
    check(
      'projects_paid_of_committed',
      sql`${t.committedUsdMinor} > 0 and ${t.paidUsdMinor} between 0 and ${t.committedUsdMinor}`,
    ),
  ],
);
