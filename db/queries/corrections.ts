/** Days that were dealt again because their value was wrong, as pages and mails tell of them. */
import { sql } from 'drizzle-orm';
import type { Currency, Locale } from '@/lib/domain/states';
import type { Database } from '../client';
import { firstRow } from './rows';

export type CorrectedDay = {
  className: Record<Locale, string>;
  dealingDate: string;
  currency: Currency;
  unitDecimals: number;
  priceDecimals: number;
  priceBefore: bigint;
  price: bigint;
};

/** The newest correction of a day of a class; null where it was never dealt again. */
export const getCorrectedDay = (
  db: Database,
  { classId, dealingDate }: { classId: number; dealingDate: string },
): Promise<CorrectedDay | null> =>
  firstRow<CorrectedDay>(
    db,
    sql`select jsonb_build_object('en', u.name_en, 'ja', u.name_ja) as "className", c.dealing_date::text as "dealingDate", u.currency,
               u.unit_decimals as "unitDecimals", u.price_decimals as "priceDecimals",
               c.price_before as "priceBefore", c.price
          from dealing_corrections c join unit_classes u on u.id = c.class_id
         where c.class_id = ${classId} and c.dealing_date = ${dealingDate} order by c.revision desc limit 1`,
  );
