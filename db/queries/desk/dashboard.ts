/** What the dashboard of the desk shows. Rows of people are empty outside `withStaff`. */
import { sql } from 'drizzle-orm';
import type { Country, Currency } from '@/lib/domain/states';
import type { Database } from '../../client';
import { firstRow, rows } from '../rows';
import { type OfferingLine, offeringColumns, offeringTables } from './offerings';

export type Waiting = {
  signatures: number;
  /** Days whose dealing stands still. */
  holds: number;
  drafts: number;
  reviews: number;
  appeals: number;
  withdrawals: number;
};

/** What is on its way: to be opened, open, or closed and not settled yet. What was sold at once has nothing left to do when it closes. */
export const listUnderWay = (db: Database): Promise<OfferingLine[]> =>
  rows<OfferingLine>(
    db,
    sql`select ${offeringColumns} from ${offeringTables}
         where f.state in ('APPROVED', 'OPEN', 'ALLOTTED') or (f.state = 'CLOSED' and f.method <> 'FIRST_COME')
         order by f.closes_at, f.id`,
  );

/** What somebody has to do something about, counted; proposals where the side has not signed yet, or all of them for who has none. */
export async function countWaiting(db: Database, side: Country | null): Promise<Waiting> {
  const found = await firstRow<Waiting>(
    db,
    sql`select (select count(*) from proposals p
                 where p.state = 'OPEN' and p.expires_at > app_now()
                   and not exists (select 1 from proposal_signatures s
                                    where s.proposal_id = p.id and s.revision = p.revision and s.side = ${side}::country))::int as signatures,
               (select count(*) from public_holds)::int as holds,
               (select count(*) from offerings where state = 'DRAFT')::int as drafts,
               (select count(*) from investors where identity_state = 'IN_REVIEW')::int as reviews,
               -- An appeal waits while what it is against still stands.
               (select count(*) from eligibility_appeals a join investors i on i.investor_id = a.investor_id
                 where i.status_reason = a.reason and i.status <> 'ELIGIBLE')::int as appeals,
               (select count(*) from cash_movements where kind = 'WITHDRAWAL' and state = 'PENDING')::int as withdrawals`,
  );
  return found ?? { signatures: 0, holds: 0, drafts: 0, reviews: 0, appeals: 0, withdrawals: 0 };
}

/** One line a class; sums in the smallest part of its currency and of its units. */
export type TodayLine = {
  currency: Currency;
  unitDecimals: number;
  depositedMinor: bigint;
  paidOutMinor: bigint;
  soldMinor: bigint;
  soldUnits: bigint;
  orders: number;
};

/** Since midnight where the class has its market, by the system's clock. */
export const listToday = (db: Database): Promise<TodayLine[]> =>
  rows<TodayLine>(
    db,
    sql`select c.currency, c.unit_decimals as "unitDecimals",
               coalesce(m.deposited, 0)::bigint as "depositedMinor", coalesce(m.paid_out, 0)::bigint as "paidOutMinor",
               coalesce(o.amount, 0)::bigint as "soldMinor", coalesce(o.units, 0)::bigint as "soldUnits",
               coalesce(o.orders, 0)::int as orders
          from unit_classes c
         cross join lateral (select date_trunc('day', app_now(), c.time_zone) as midnight) d
          left join lateral (
            select sum(amount_minor) filter (where kind = 'DEPOSIT') as deposited,
                   sum(amount_minor) filter (where kind = 'WITHDRAWAL' and state = 'SETTLED') as paid_out
              from cash_movements where asset_id = c.currency_asset_id and placed_at >= d.midnight) m on true
          left join lateral (
            select sum(amount_minor) as amount, sum(units) as units, count(*) as orders
              from orders where class_id = c.id and placed_at >= d.midnight and state not in ('REJECTED', 'CANCELLED', 'LAPSED')) o on true
         order by c.id`,
  );

/** One line a currency and a class: what all investors hold, and what the control accounts hold against it. They add up to zero (L2). */
export type BalanceLine = {
  code: string;
  kind: 'CURRENCY' | 'UNIT';
  decimals: number;
  heldUnits: bigint;
  controlUnits: bigint;
};

/**
 * The sums that show a break first. They are read in one statement, and thus of one moment; wallets and holdings are a row a person, and the postings of
 * control accounts one a journal, so that this stays a look and not the whole check (`npm run verify`).
 */
export const listBalances = (db: Database): Promise<BalanceLine[]> =>
  rows<BalanceLine>(
    db,
    sql`select a.code, a.kind, a.decimals,
               case a.kind
                 when 'CURRENCY' then (select coalesce(sum(w.available + w.reserved), 0) from wallets w where w.asset_id = a.id)
                 else (select coalesce(sum(h.units), 0) from holdings h join unit_classes c on c.id = h.class_id
                        where c.unit_asset_id = a.id)
               end::bigint as "heldUnits",
               (select coalesce(sum(p.amount), 0) from postings p where p.investor_id = 0 and p.asset_id = a.id)::bigint
                 as "controlUnits"
          from assets a order by a.id`,
  );
