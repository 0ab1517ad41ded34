/** The books that the next valuation continues. What everybody may know of them is public; the marks are published valuations' alone. */
import { sql } from 'drizzle-orm';
import type { Currency, ProjectSector } from '@/lib/domain/states';
import type { Book } from '@/lib/domain/valuation/book';
import type { Database } from '../client';
import { firstRow, rows } from './rows';

export type PublishedBooks = {
  trustFeeE6: bigint;
  book: Book;
  jpyPerUsdE4: bigint;
  /** Published price of each class in these books. */
  classes: { id: number; currency: Currency; price: bigint }[];
};

/** Null where the id is not a published valuation's. */
export async function getBooks(db: Database, valuationId: bigint): Promise<PublishedBooks | null> {
  type Row = Omit<Book, 'marks'> & { trustFeeE6: bigint; jpyPerUsdE4: bigint };
  const found = await firstRow<Row>(
    db,
    sql`select nav_date::text as date, trust_fee_e6 as "trustFeeE6", jpy_per_usd_e4 as "jpyPerUsdE4", cash_usd_minor as "cashUsdMinor",
               debt_usd_minor as "debtUsdMinor", fees_usd_minor as "feesUsdMinor", net_assets_usd_minor as "netAssetsUsdMinor"
          from published_books where id = ${valuationId}`,
  );
  if (!found) return null;
  const marks = await rows<{ projectId: number; slug: string; sector: ProjectSector; valueUsdMinor: bigint }>(
    db,
    sql`select m.project_id as "projectId", p.slug, p.sector, m.value_usd_minor as "valueUsdMinor"
          from published_marks m join projects p on p.id = m.project_id where m.valuation_id = ${valuationId} order by m.project_id`,
  );
  const classes = await rows<{ id: number; currency: Currency; price: bigint }>(
    db,
    sql`select c.id, c.currency, p.price from published_class_prices p join unit_classes c on c.id = p.class_id
         where p.valuation_id = ${valuationId} order by c.id`,
  );
  const { trustFeeE6, jpyPerUsdE4, ...book } = found;
  return { trustFeeE6, jpyPerUsdE4, book: { ...book, marks }, classes };
}
