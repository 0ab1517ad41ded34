/** Classes as an order at NAV needs them. No row here belongs to a person. */
import { desc, eq } from 'drizzle-orm';
import { currentPrices, unitClasses } from '@/db/schema';
import type { Database } from '../client';
import { type ClassLine, classColumns, classLine } from './unit-class-columns';

/** `lastPrice` is the newest published one, for estimates; null before the first. */
export type DealtClassLine = ClassLine & { lastPrice: bigint | null };

export const listDealtClasses = async (db: Database): Promise<ClassLine[]> =>
  (await db.select(classColumns).from(unitClasses)).map(classLine);

/** Null where there is no class of this code. */
export async function getDealtClass(db: Database, code: string): Promise<DealtClassLine | null> {
  const [row] = await db
    .select({ unitClass: classColumns, lastPrice: currentPrices.price })
    .from(unitClasses)
    .leftJoin(currentPrices, eq(currentPrices.classId, unitClasses.id))
    .where(eq(unitClasses.code, code))
    .orderBy(desc(currentPrices.navDate))
    .limit(1);
  return row ? { ...classLine(row.unitClass), lastPrice: row.lastPrice } : null;
}
