/** Holdings of one investor. Run inside withInvestor: row-level security shows nobody else's. */
import { sql } from 'drizzle-orm';
import { type Valuation, valueHolding } from '@/lib/domain/holdings/valuation';
import type { Country, Currency, Locale } from '@/lib/domain/states';
import type { Database } from '../client';
import { rows } from './rows';

export type HoldingView = {
  classId: number;
  classCode: string;
  className: Record<Locale, string>;
  country: Country;
  currency: Currency;
  unitDecimals: number;
  quoteUnits: bigint;
  priceDecimals: number;
  units: bigint;
  costMinor: bigint;
  /** The published price that it is valued at, and the mid rate for the other currency; null before the first is published. */
  nav: { date: string; price: bigint } | null;
  midRate: { date: string; jpyPerUsdE4: bigint } | null;
  /** Null without a price. */
  valuation: Valuation | null;
};

type Row = Omit<HoldingView, 'className' | 'nav' | 'midRate' | 'valuation'> & {
  nameEn: string;
  nameJa: string;
  navDate: string | null;
  price: bigint | null;
  rateDate: string | null;
  rateE4: bigint | null;
};

/** Classes with units, valued at the last published price. */
export async function listHoldings(db: Database, investorId: bigint): Promise<HoldingView[]> {
  const found = await rows<Row>(
    db,
    sql`select c.id as "classId", c.code as "classCode", c.name_en as "nameEn", c.name_ja as "nameJa", c.country, c.currency,
               c.unit_decimals as "unitDecimals", c.quote_units as "quoteUnits", c.price_decimals as "priceDecimals",
               h.units, h.cost_minor as "costMinor", n.nav_date::text as "navDate", n.price,
               f.rate_date::text as "rateDate", f.jpy_per_usd_e4 as "rateE4"
          from (select app_now() as now) t
          join holdings h on h.investor_id = ${investorId}::bigint and h.units > 0
          join unit_classes c on c.id = h.class_id
          left join lateral (select nav_date, price from nav_prices p
                              where p.class_id = c.id and p.published_at <= t.now
                              order by p.nav_date desc limit 1) n on true
          left join lateral (select rate_date, jpy_per_usd_e4 from fx_rates r
                              where r.published_at <= t.now order by r.rate_date desc limit 1) f on true
         order by c.id`,
  );
  return found.map(({ nameEn, nameJa, navDate, price, rateDate, rateE4, ...rest }) => ({
    ...rest,
    className: { en: nameEn, ja: nameJa },
    nav: navDate !== null && price !== null ? { date: navDate, price } : null,
    midRate: rateDate !== null && rateE4 !== null ? { date: rateDate, jpyPerUsdE4: rateE4 } : null,
    valuation: price === null ? null : valueHolding({ ...rest, price }, rateE4),
  }));
}
