/** An order at NAV as a mail to its owner speaks of it. Run inside withInvestor: row-level security shows nobody else's. */
import { sql } from 'drizzle-orm';
import type { ClassQuotation } from '@/lib/domain/orders/pricing';
import type { DealingKind, Locale } from '@/lib/domain/states';
import type { Database } from '../client';
import { firstRow } from './rows';

export type OrderToTell = {
  recipient: string;
  /** What the account's owner reads. */
  locale: Locale;
  number: bigint;
  kind: DealingKind;
  asked: bigint;
  dealingDate: string;
  cutOffAt: Date;
  /** Of a switch: the other class. */
  into: Record<Locale, string> | null;
  unitClass: ClassQuotation & { name: Record<Locale, string> };
};

type Row = Omit<OrderToTell, 'unitClass' | 'into'> &
  ClassQuotation & { nameEn: string; nameJa: string; intoEn: string | null; intoJa: string | null };

export async function getOrderToTell(db: Database, investorId: bigint, key: string): Promise<OrderToTell | null> {
  const row = await firstRow<Row>(
    db,
    sql`select u.email as recipient, u.locale, o.number, o.kind, o.asked, o.dealing_date::text as "dealingDate", o.cut_off_at as "cutOffAt",
               c.name_en as "nameEn", c.name_ja as "nameJa", c.currency, c.unit_decimals as "unitDecimals", c.quote_units as "quoteUnits",
               c.price_decimals as "priceDecimals", t.name_en as "intoEn", t.name_ja as "intoJa"
          from dealing_orders o
          join unit_classes c on c.id = o.class_id
          join users u on u.id = o.investor_id
          left join switches s on s.investor_id = o.investor_id and s.key = o.key
          left join unit_classes t on t.id = s.to_class_id
         where o.investor_id = ${investorId}::bigint and o.key = ${key}::text::uuid`,
  );
  if (!row) return null;
  const { nameEn, nameJa, intoEn, intoJa, currency, unitDecimals, quoteUnits, priceDecimals, ...order } = row;
  const name = { en: nameEn, ja: nameJa };
  const into = intoEn !== null && intoJa !== null ? { en: intoEn, ja: intoJa } : null;
  return { ...order, into, unitClass: { name, currency, unitDecimals, quoteUnits, priceDecimals } };
}
