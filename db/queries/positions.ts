/** What a person holds of each class, with the prices it is valued at. */
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { currentPrices, holdings, unitClasses } from '@/db/schema';
import type { Database } from '../client';
import { type ClassLine, classColumns, classLine } from './unit-class-columns';

/** A published NAV per quote unit 基準価額; `price` has the class's price decimals. */
export type PricePoint = { date: string; price: bigint };

export type Position = {
  unitClass: ClassLine;
  /** Smallest parts; zero where the person holds none. */
  units: bigint;
  /** What was paid for them, smallest part of the class currency. */
  costMinor: bigint;
  /** The newest published price, and the one before it; null where there is none yet. */
  nav: PricePoint | null;
  previousNav: PricePoint | null;
  /** Units of the class in issue, of all holders together. */
  issuedUnits: bigint;
};

const newestPrices = (db: Database) =>
  db
    .select({ date: currentPrices.navDate, price: currentPrices.price })
    .from(currentPrices)
    .where(eq(currentPrices.classId, unitClasses.id))
    .orderBy(desc(currentPrices.navDate))
    .limit(1);

async function select(db: Database, investorId: bigint, where?: SQL): Promise<Position[]> {
  const nav = newestPrices(db).as('nav');
  const previous = newestPrices(db).offset(1).as('previous');
  const rows = await db
    .select({
      unitClass: classColumns,
      units: holdings.units,
      costMinor: holdings.costMinor,
      navDate: sql<string | null>`${nav.date}`,
      navPrice: sql<bigint | null>`${nav.price}`,
      previousDate: sql<string | null>`${previous.date}`,
      previousPrice: sql<bigint | null>`${previous.price}`,
      issuedUnits: sql<bigint>`issued_units("unit_classes"."id")`,
    })
    .from(unitClasses)
    .leftJoin(holdings, and(eq(holdings.classId, unitClasses.id), eq(holdings.investorId, investorId)))
    .leftJoinLateral(nav, sql`true`)
    .leftJoinLateral(previous, sql`true`)
    .where(where)
    .orderBy(asc(unitClasses.id));
  return rows.map((row) => ({
    unitClass: classLine(row.unitClass),
    units: row.units ?? 0n,
    costMinor: row.costMinor ?? 0n,
    nav: pricePoint(row.navDate, row.navPrice),
    previousNav: pricePoint(row.previousDate, row.previousPrice),
    issuedUnits: row.issuedUnits,
  }));
}

const pricePoint = (date: string | null, price: bigint | null): PricePoint | null =>
  date !== null && price !== null ? { date, price } : null;

/** One line a class of the fund, held or not. */
export const listPositions = (db: Database, investorId: bigint): Promise<Position[]> => select(db, investorId);

/** Null where there is no class of this code. */
export async function getPosition(db: Database, investorId: bigint, classCode: string): Promise<Position | null> {
  const [position] = await select(db, investorId, eq(unitClasses.code, classCode));
  return position ?? null;
}
