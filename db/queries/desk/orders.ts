/** Everybody's orders as staff see them. Empty outside `withStaff`. */
import { type SQL, sql } from 'drizzle-orm';
import type { TableQuery } from '@/lib/domain/desk/table';
import type { Currency, Locale, OrderKind, OrderState } from '@/lib/domain/states';
import type { Database } from '../../client';
import type { Searching } from './investors';
import { containing, type Place, type Source, tableBatch, tablePage } from './table';

export const ORDER_SORTS = ['placed', 'number', 'amount', 'units', 'state'] as const;
export type OrderSort = (typeof ORDER_SORTS)[number];
export type OrderQuery = TableQuery<OrderSort, 'state' | 'class'>;

/** Amounts and units are smallest parts; the price is per quote unit of the class. */
export type OrderLine = {
  number: bigint;
  investorId: bigint;
  email: string;
  familyName: string | null;
  givenName: string | null;
  offeringSlug: string;
  offeringNameEn: string;
  offeringNameJa: string;
  kind: OrderKind;
  state: OrderState;
  amountMinor: bigint;
  currency: Currency;
  units: bigint;
  unitDecimals: number;
  price: bigint;
  priceDecimals: number;
  placedAt: Date;
  settledAt: Date | null;
  locale: Locale;
  /** The offering was called off, and this order was undone. */
  refunded: boolean;
};

const columns = sql`
  o.number, o.investor_id as "investorId", a.email, i.family_name as "familyName", i.given_name as "givenName",
  f.slug as "offeringSlug", f.name_en as "offeringNameEn", f.name_ja as "offeringNameJa", o.kind, o.state,
  o.amount_minor as "amountMinor", c.currency, o.units, c.unit_decimals as "unitDecimals", o.price,
  c.price_decimals as "priceDecimals", o.placed_at as "placedAt", o.settled_at as "settledAt", o.locale,
  exists (select 1 from sale_refund_chunks k where k.offering_id = o.offering_id
             and o.investor_id between k.first_investor and k.last_investor) as refunded`;

/** Digits alone are an order's number; anything else an address, or an offering's short name. */
function found(search: string, searching: Searching): SQL {
  if (search === '') return sql`true`;
  if (/^[0-9]{1,18}$/.test(search)) return sql`o.number = ${search}::bigint`;
  const email = searching === 'whole' ? sql`a.email = lower(${search})` : sql`a.email ilike ${containing(search)}`;
  return sql`(${email} or f.slug = ${search})`;
}

function source({ search, filters }: OrderQuery, searching: Searching): Source<OrderSort> {
  const { state, class: country } = filters;
  const conditions = [
    found(search, searching),
    state ? sql`o.state = ${state}::order_state` : null,
    country ? sql`c.country = ${country}::country` : null,
  ].filter((condition) => condition !== null);
  return {
    columns,
    from: sql`orders o
      join investors i on i.investor_id = o.investor_id
      join staff_accounts a on a.user_id = o.investor_id
      join offerings f on f.id = o.offering_id
      join unit_classes c on c.id = o.class_id`,
    where: sql.join(conditions, sql` and `),
    sorts: {
      placed: { by: sql`o.placed_at`, type: 'timestamptz' },
      number: { by: sql`o.number`, type: 'bigint' },
      amount: { by: sql`o.amount_minor`, type: 'bigint' },
      units: { by: sql`o.units`, type: 'bigint' },
      state: { by: sql`o.state::text`, type: 'text' },
    },
    key: { by: sql`o.number`, type: 'bigint' },
  };
}

export const listAllOrders = (db: Database, query: OrderQuery, searching: Searching) =>
  tablePage<OrderLine, OrderSort>(db, source(query, searching), query);

export const listAllOrdersAfter = (
  db: Database,
  query: OrderQuery,
  searching: Searching,
  after: Place | null,
  limit: number,
) => tableBatch<OrderLine, OrderSort>(db, source(query, searching), query, after, limit);
