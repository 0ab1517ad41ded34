/** One order at NAV of a person, and what has become of it so far. Run inside withInvestor: row-level security shows nobody else's. */
import { sql } from 'drizzle-orm';
import type { Holiday } from '@/lib/domain/calendar/holidays';
import type { DealingKind, InvestorStatus, OrderState, PlanLapse } from '@/lib/domain/states';
import type { Database } from '../client';
import { getCalendar, type HolidayChangeLine } from './calendar';
import type { NavClass } from './dealing-tickets';
import { firstRow, rows } from './rows';
import { getSwitch, type SwitchView } from './switches';

/** What a dealing day did with the order: what it dealt of it, and what it left for the next. */
export type DealtDay = {
  dealingDate: string;
  price: bigint;
  dealtAt: Date;
  settlementDate: string;
  payoutDate: string;
  units: bigint;
  /** What the purchase costs, or what the redemption pays. */
  amountMinor: bigint;
  releaseMinor: bigint;
  levyMinor: bigint;
  /** The gate of that day, parts of ten thousand, and what it left for the next dealing day; of a purchase nothing. */
  gateE4: number;
  deferredUnits: bigint;
  /** When its cash changed hands; null before. */
  settledAt: Date | null;
  /** What it was dealt at first, where the day's value was wrong and it was dealt again; null elsewhere. */
  priceBefore: bigint | null;
  unitsBefore: bigint | null;
  amountBefore: bigint | null;
  /** Of all that the person dealt on that side of the day, what the fund could not take back. */
  borneMinor: bigint;
  borneUnits: bigint;
};

type OrderName = { key: string; number: bigint };

export type DealingOrderDetails = {
  key: string;
  number: bigint;
  kind: DealingKind;
  state: OrderState;
  /** An amount or units, as `kind` says; zero for all that was held. */
  asked: bigint;
  /** Set aside when it was placed, and now. */
  placedMinor: bigint;
  placedUnits: bigint;
  reservedMinor: bigint;
  reservedUnits: bigint;
  /** What an order by units was estimated with. */
  estimatePrice: bigint | null;
  /** The day that it was accepted for: another one than its own where both sides have changed the holidays since, by `changes`, the newest first. */
  acceptedFor: string;
  changes: HolidayChangeLine[];
  dealingDate: string;
  cutOffAt: Date;
  placedAt: Date;
  changedAt: Date;
  unitClass: Omit<NavClass, 'gateE4'>;
  /** In order; a day that let nothing of a redemption pass is among them. */
  days: DealtDay[];
  /** Since when the value of the day that it waits for is held back from publication; null where it is not. */
  heldSince: Date | null;
  /** The order that took its place, or whose place it took 訂正. */
  replacedBy: OrderName | null;
  replaces: OrderName | null;
  /** Of a switch スイッチング: the other class, and what became of its money. */
  switching: SwitchView | null;
  /** The switch whose money it buys with. */
  bySwitch: OrderName | null;
  status: InvestorStatus;
  /** A monthly plan 積立 placed it. */
  byPlan: boolean;
  /** Why the plan’s month lapsed at once, and the cash that there was; null of every other order. */
  planLapse: PlanLapse | null;
  planAvailableMinor: bigint | null;
  holidays: Holiday[];
  readAt: Date;
};

type Row = Omit<
  DealingOrderDetails,
  'unitClass' | 'days' | 'changes' | 'holidays' | 'readAt' | 'replacedBy' | 'replaces' | 'switching' | 'bySwitch'
> & {
  switchKey: string | null;
  switchNumber: bigint | null;
  newerKey: string | null;
  newerNumber: bigint | null;
  olderKey: string | null;
  olderNumber: bigint | null;
} & Omit<NavClass, 'name' | 'id' | 'gateE4'> & { classId: number; nameEn: string; nameJa: string };

const selectOrder = (db: Database, investorId: bigint, key: string) =>
  firstRow<Row>(
    db,
    sql`select o.key::text as key, o.number, o.kind, o.state, o.asked, a.delta_minor as "placedMinor", a.delta_units as "placedUnits",
               o.reserved_minor as "reservedMinor", o.reserved_units as "reservedUnits", o.estimate_price as "estimatePrice",
               a.dealing_date::text as "acceptedFor", o.dealing_date::text as "dealingDate", o.cut_off_at as "cutOffAt", o.placed_at as "placedAt", o.changed_at as "changedAt",
               c.id as "classId", c.code, c.name_en as "nameEn", c.name_ja as "nameJa", c.country, c.currency, c.unit_decimals as "unitDecimals",
               c.quote_units as "quoteUnits", c.price_decimals as "priceDecimals", c.time_zone as "timeZone", c.cut_off as "cutOff",
               c.settlement_days as "settlementDays", c.dealing_from::text as "dealingFrom", c.levy_e4 as "levyE4",
               w.key::text as "newerKey", w.number as "newerNumber", x.key::text as "olderKey", x.number as "olderNumber",
               v.key::text as "switchKey", v.number as "switchNumber",
               i.status, t.order_key is not null as "byPlan", t.lapse as "planLapse", t.available_minor as "planAvailableMinor",
               (select min(h.since) from public_holds h where h.fund_id = c.fund_id and h.nav_date >= o.dealing_date) as "heldSince"
          from dealing_orders o
          join dealing_acts a on a.investor_id = o.investor_id and a.key = o.key
          join unit_classes c on c.id = o.class_id
          join investors i on i.investor_id = o.investor_id
          left join dealing_acts gone on gone.investor_id = o.investor_id and gone.order_key = o.key and gone.act = 'CANCELLED'
          left join dealing_orders w on w.investor_id = o.investor_id and amendment_key(w.key) = gone.key
          left join dealing_acts away on away.investor_id = o.investor_id and away.key = amendment_key(o.key)
          left join dealing_orders x on x.investor_id = o.investor_id and x.key = away.order_key
          left join switch_parts part on part.investor_id = o.investor_id and part.order_key = o.key
          left join dealing_orders v on v.investor_id = o.investor_id and v.key = part.key
          left join savings_plan_turns t on t.investor_id = o.investor_id and t.order_key = o.key
         where o.investor_id = ${investorId}::bigint and o.key = ${key}::text::uuid`,
  );

// A day that left out a redemption as a whole wrote no deal of it: it is a run that came while the order waited. What it left is what had waited.
const selectDays = (db: Database, investorId: bigint, key: string) =>
  rows<Omit<DealtDay, 'deferredUnits'> & { deferredUnits: bigint | null }>(
    db,
    sql`select r.dealing_date::text as "dealingDate", coalesce(n.price, r.price) as price, r.started_at as "dealtAt", r.settlement_date::text as "settlementDate",
               r.payout_date::text as "payoutDate", r.gate_e4 as "gateE4", coalesce(d.units, 0) as units, coalesce(d.amount_minor, 0) as "amountMinor",
               coalesce(d.release_minor, 0) as "releaseMinor", coalesce(d.levy_minor, 0) as "levyMinor", d.deferred_units as "deferredUnits",
               k.settled_at as "settledAt", f.price as "priceBefore", f.units as "unitsBefore", f.amount_minor as "amountBefore",
               coalesce(b.minor, 0)::bigint as "borneMinor", coalesce(b.units, 0)::bigint as "borneUnits"
          from dealing_orders o
          join dealing_runs r on r.class_id = o.class_id and r.dealing_date >= o.dealing_date and r.step <> 'PRICE'
          left join current_deals d on d.investor_id = o.investor_id and d.order_key = o.key and d.dealing_date = r.dealing_date
          left join dealing_chunks k on k.class_id = d.class_id and k.dealing_date = d.dealing_date and k.buys = d.buys and k.chunk = d.chunk
                                  and k.revision = d.revision
          left join dealing_corrections n on n.class_id = d.class_id and n.dealing_date = d.dealing_date and n.revision = d.revision
          -- As it was dealt first, where it was dealt again; what the fund bears of it is one sum for all of the person's orders of a side and day.
          left join lateral (select r.price, e.units, e.amount_minor from deals e
                              where e.investor_id = d.investor_id and e.order_key = d.order_key and e.dealing_date = d.dealing_date and e.revision = 0) f
            on d.revision > 0
          left join lateral (select sum(x.lent_minor - x.returned_minor) as minor, sum(x.lent_units - x.returned_units) as units from dealing_bridges x
                              where x.investor_id = d.investor_id and x.class_id = d.class_id and x.dealing_date = d.dealing_date and x.buys = d.buys) b
            on true
         where o.investor_id = ${investorId}::bigint and o.key = ${key}::text::uuid
           and (d.order_key is not null or o.state in ('ACCEPTED', 'CUT_OFF')
                or exists (select 1 from deals e where e.investor_id = o.investor_id and e.order_key = o.key and e.dealing_date > r.dealing_date))
         order by r.dealing_date`,
  );

const nameOf = (key: string | null, number: bigint | null): OrderName | null =>
  key !== null && number !== null ? { key, number } : null;

/** Null where the person has no order of this key: someone else's is not told from one that is not there. */
export async function getDealingOrder(
  db: Database,
  investorId: bigint,
  key: string,
): Promise<DealingOrderDetails | null> {
  const [row, found, switching, calendar] = await Promise.all([
    selectOrder(db, investorId, key),
    selectDays(db, investorId, key),
    getSwitch(db, investorId, key),
    getCalendar(db),
  ]);
  if (!row || !calendar) return null;
  const { classId, code, nameEn, nameJa, country, currency, unitDecimals, quoteUnits, priceDecimals, ...rest } = row;
  const { timeZone, cutOff, settlementDays, dealingFrom, levyE4, ...rest2 } = rest;
  const { newerKey, newerNumber, olderKey, olderNumber, switchKey, switchNumber, ...order } = rest2;
  let waiting = row.placedUnits;
  const days = found.map((day) => {
    waiting = day.deferredUnits ?? waiting;
    return { ...day, deferredUnits: waiting };
  });
  return {
    ...order,
    replacedBy: nameOf(newerKey, newerNumber),
    replaces: nameOf(olderKey, olderNumber),
    switching,
    bySwitch: nameOf(switchKey, switchNumber),
    unitClass: {
      ...{
        id: classId,
        code,
        name: { en: nameEn, ja: nameJa },
        country,
        currency,
        unitDecimals,
        quoteUnits,
        priceDecimals,
      },
      ...{ timeZone, cutOff, settlementDays, dealingFrom, levyE4 },
    },
    days,
    changes: calendar.changes.filter(({ day }) => day >= row.acceptedFor && day < row.dealingDate),
    holidays: calendar.holidays,
    readAt: calendar.readAt,
  };
}
