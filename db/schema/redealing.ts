/** Days of continuous dealing that are dealt again because their value was wrong (docs/decisions/0022). */
import { sql } from 'drizzle-orm';
import { boolean, check, date, integer, pgTable, primaryKey, smallint, uuid } from 'drizzle-orm/pg-core';
import { instant, integer8, placedNow, redealStepEnum } from './columns';
import { proposals } from './governance';

/** A day of a class that is dealt again at a corrected price, by a proposal of both sides: its terms, its progress and its lease. One after the other. */
export const dealingCorrections = pgTable(
  'dealing_corrections',
  {
    classId: smallint('class_id').notNull(),
    dealingDate: date('dealing_date', { mode: 'string' }).notNull(),
    /** From 1, within the day; that of its deals. */
    revision: smallint('revision').notNull(),
    /** What the orders were dealt at before, and are dealt at now. */
    priceBefore: integer8('price_before').notNull(),
    price: integer8('price').notNull(),
    proposalId: uuid('proposal_id')
      .notNull()
      .references(() => proposals.id),
    /** By how much the units bought change, once that is worked out; what the fund bears of it comes on top. */
    boughtUnits: integer8('bought_units'),
    step: redealStepEnum('step').notNull().default('PRICE'),
    /** Chunks whose people have their mails. */
    chunksDone: integer('chunks_done').notNull().default(0),
    startedAt: placedNow('started_at'),
    finishedAt: instant('finished_at'),
    /** The lease: whoever holds the newest number may take the next step, until the lease ends in real time. */
    fence: integer('fence').notNull().default(0),
    leasedUntil: instant('leased_until'),
  },
  (t) => [
    primaryKey({ columns: [t.classId, t.dealingDate, t.revision] }),
    // From half a per cent on (lib/domain/dealing/redeal.ts).
    check(
      'dealing_corrections_worth_it',
      sql`${t.revision} > 0 and ${t.price} > 0 and abs(${t.price} - ${t.priceBefore})::numeric * 200 >= ${t.priceBefore}`,
    ),
    check(
      'dealing_corrections_steps',
      sql`(${t.step} = 'PRICE') = (${t.boughtUnits} is null) and (${t.step} = 'DONE') = (${t.finishedAt} is not null)`,
    ),
  ],
);

/**
 * Append-only: what the fund lent a person so that their deals could be reversed as a whole, and what it got back. The difference it bears: they no longer
 * had it.
 */
export const dealingBridges = pgTable(
  'dealing_bridges',
  {
    investorId: integer8('investor_id').notNull(),
    lentMinor: integer8('lent_minor').notNull(),
    lentUnits: integer8('lent_units').notNull(),
    returnedMinor: integer8('returned_minor').notNull(),
    returnedUnits: integer8('returned_units').notNull(),
    dealingDate: date('dealing_date', { mode: 'string' }).notNull(),
    chunk: integer('chunk').notNull(),
    classId: smallint('class_id').notNull(),
    revision: smallint('revision').notNull(),
    buys: boolean('buys').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.investorId, t.classId, t.dealingDate, t.revision, t.buys] }),
    check(
      'dealing_bridges_sums',
      sql`${t.lentMinor} >= ${t.returnedMinor} and ${t.returnedMinor} >= 0 and ${t.lentUnits} >= ${t.returnedUnits} and ${t.returnedUnits} >= 0
        and ${t.lentMinor} + ${t.lentUnits} > 0`,
    ),
  ],
);
