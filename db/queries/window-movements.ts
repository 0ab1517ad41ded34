/**
 * What happened in offerings besides orders, as lines of a person's list of movements: acts on subscriptions, allotments, and refunds of first-come
 * offerings that were called off (see movements.ts).
 */
import { sql } from 'drizzle-orm';
import type { AllotmentPurpose, Currency, Locale, SubscriptionAct } from '@/lib/domain/states';
import type { Database } from '../client';
import { rows } from './rows';

type Line = {
  key: string;
  currency: Currency;
  units: bigint;
  unitDecimals: number;
  offering: { slug: string; name: Record<Locale, string> };
  placedAt: Date;
  journalId: bigint | null;
};

/**
 * `deltaMinor` more was set aside by the act, or given back where it is negative. `open`: the subscription waits for its allotment. `outdated`: it was
 * made under an earlier version of the prospectus, and can be withdrawn for that.
 */
export type SubscriptionMovement = Line & {
  type: 'SUBSCRIPTION';
  number: bigint;
  act: SubscriptionAct;
  deltaMinor: bigint;
  open: boolean;
  outdated: boolean;
};

/** Paid from what had been set aside, the rest given back. */
export type AllotmentMovement = Line & {
  type: 'ALLOTMENT';
  purpose: AllotmentPurpose;
  costMinor: bigint;
  refundMinor: bigint;
};

/** All that was bought in a first-come offering was undone: units gone, cash back. */
export type SaleRefundMovement = Line & { type: 'SALE_REFUND'; refundMinor: bigint };

type Place = { micros: bigint; journal: bigint; key: string };
type Found = Place & {
  type: 'SUBSCRIPTION' | 'ALLOTMENT' | 'SALE_REFUND';
  currency: Currency;
  unitDecimals: number;
  slug: string;
  nameEn: string;
  nameJa: string;
  units: bigint;
  placedAt: Date;
  journalId: bigint | null;
  number: bigint;
  act: SubscriptionAct;
  deltaMinor: bigint;
  open: boolean;
  outdated: boolean;
  purpose: AllotmentPurpose;
  costMinor: bigint;
  refundMinor: bigint;
};

/**
 * The newest `limit` after a place; of `open` ones only the last act on each subscription that still waits. `unitsOf`: only what brought or took
 * units of this class.
 */
export async function listWindowMovements(
  db: Database,
  investorId: bigint,
  { open, unitsOf, limit }: { open: boolean; unitsOf: number | null; limit: number },
  after: Place | null,
): Promise<(Place & { movement: SubscriptionMovement | AllotmentMovement | SaleRefundMovement })[]> {
  const found = await rows<Found>(
    db,
    sql`with lines as (
          select 'SUBSCRIPTION' as type, a.key::text as key, s.offering_id, a.units, a.at as placed_at, a.journal_id, s.number, a.act,
                 a.delta_minor, null::allotment_purpose as purpose, 0::bigint as cost_minor, 0::bigint as refund_minor,
                 s.state = 'ACTIVE' and a.at = s.changed_at and a.units = s.units and c.journal_id is null as open, s.terms_version
            from subscription_acts a
            join subscriptions s on s.investor_id = a.investor_id and s.key = a.subscription_key
            left join allotments m on m.investor_id = s.investor_id and m.offering_id = s.offering_id
            left join allotment_chunks c on c.offering_id = m.offering_id and c.chunk = m.chunk
           where a.investor_id = ${investorId}::bigint
          union all
          select 'ALLOTMENT', '00000000-0000-0000-0000-' || lpad(to_hex(m.offering_id), 12, '0'), m.offering_id, m.units, j.at, c.journal_id,
                 0, null, 0, r.purpose, m.cost_minor, m.refund_minor, false, null
            from allotments m
            join allotment_chunks c on c.offering_id = m.offering_id and c.chunk = m.chunk
            join journals j on j.id = c.journal_id
            join allotment_runs r on r.offering_id = m.offering_id
           where m.investor_id = ${investorId}::bigint
          union all
          select 'SALE_REFUND', '00000000-0000-0000-0001-' || lpad(to_hex(r.offering_id), 12, '0'), r.offering_id, sum(r.units)::bigint, j.at,
                 k.journal_id, 0, null, 0, null, 0, sum(r.amount_minor)::bigint, false, null
            from orders r
            join sale_refund_chunks k on k.offering_id = r.offering_id and r.investor_id between k.first_investor and k.last_investor
            join journals j on j.id = k.journal_id
           where r.investor_id = ${investorId}::bigint and r.state = 'SETTLED'
           group by r.offering_id, j.id, k.journal_id
        ), placed as (
          select *, (extract(epoch from placed_at) * 1000000)::bigint as micros, coalesce(journal_id, 9223372036854775807) as journal from lines
        )
        select p.type, p.key, p.micros, p.journal, p.units, p.placed_at as "placedAt", p.journal_id as "journalId", p.number::bigint as number, p.act,
               p.delta_minor::bigint as "deltaMinor", p.purpose, p.cost_minor as "costMinor", p.refund_minor as "refundMinor", p.open,
               coalesce(p.open and p.terms_version < o.terms_version and app_now() < greatest(o.closes_at, o.withdraw_until), false) as outdated, u.currency, u.unit_decimals as "unitDecimals", o.slug, o.name_en as "nameEn", o.name_ja as "nameJa"
          from placed p
          join offerings o on o.id = p.offering_id
          join unit_classes u on u.id = o.class_id
         where (p.open or not ${open})
           and (${unitsOf === null} or (o.class_id = ${unitsOf ?? 0} and p.type <> 'SUBSCRIPTION' and p.units > 0))
           and (${after === null} or (p.micros, p.journal, p.key)
                  < (${after?.micros ?? 0n}::bigint, ${after?.journal ?? 0n}::bigint, ${after?.key ?? ''}::text))
         order by p.micros desc, p.journal desc, p.key desc limit ${limit}`,
  );
  return found.map(({ micros, journal, key, slug, nameEn, nameJa, ...line }) => {
    const shared = {
      key,
      currency: line.currency,
      units: line.units,
      unitDecimals: line.unitDecimals,
      offering: { slug, name: { en: nameEn, ja: nameJa } },
      placedAt: line.placedAt,
      journalId: line.journalId,
    };
    const { number, act, deltaMinor, open: waits, outdated, purpose, costMinor, refundMinor } = line;
    return {
      micros,
      journal,
      key,
      movement:
        line.type === 'SALE_REFUND'
          ? { ...shared, type: line.type, refundMinor }
          : line.type === 'SUBSCRIPTION'
            ? { ...shared, type: line.type, number, act, deltaMinor, open: waits, outdated }
            : { ...shared, type: line.type, purpose, costMinor, refundMinor },
    };
  });
}
