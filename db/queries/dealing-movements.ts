/** Orders at NAV as lines of a person's list of movements (see movements.ts). */
import { sql } from 'drizzle-orm';
import type { Currency, DealingKind, Locale, OrderState } from '@/lib/domain/states';
import type { Database } from '../client';
import { rows } from './rows';

/** One line an order, from acceptance on: what is set aside for it becomes what it was dealt at. */
export type DealingMovement = {
  type: 'DEALING';
  key: string;
  number: bigint;
  kind: DealingKind;
  state: OrderState;
  /** An amount or units, as `kind` says; zero for all that was held. */
  asked: bigint;
  /** Set aside when it was placed. */
  placedMinor: bigint;
  placedUnits: bigint;
  /** Dealt so far: units, and what they cost or pay. */
  dealtUnits: bigint;
  amountMinor: bigint;
  currency: Currency;
  unitDecimals: number;
  className: Record<Locale, string>;
  dealingDate: string;
  placedAt: Date;
  /** Of the reservation; null where units were set aside. */
  journalId: bigint | null;
};

type Place = { micros: bigint; journal: bigint; key: string };

/** The newest `limit` after a place; `unitsOf`: only those that brought or took units of this class. */
export async function listDealingMovements(
  db: Database,
  investorId: bigint,
  { open, unitsOf, limit }: { open: boolean; unitsOf: number | null; limit: number },
  after: Place | null,
): Promise<(Place & { movement: DealingMovement })[]> {
  const found = await rows<Place & Omit<DealingMovement, 'type' | 'className'> & { nameEn: string; nameJa: string }>(
    db,
    sql`with placed as (
          select o.*, (extract(epoch from o.placed_at) * 1000000)::bigint as micros, a.journal_id, a.delta_minor, a.delta_units,
                 coalesce(a.journal_id, 9223372036854775807) as journal,
                 coalesce((select sum(d.units) from current_deals d where d.investor_id = o.investor_id and d.order_key = o.key), 0)::bigint as dealt_units,
                 coalesce((select sum(d.amount_minor) from current_deals d where d.investor_id = o.investor_id and d.order_key = o.key), 0)::bigint as amount
            from dealing_orders o
            join dealing_acts a on a.investor_id = o.investor_id and a.key = o.key
           where o.investor_id = ${investorId}::bigint
        )
        select p.key::text as key, p.micros, p.journal, p.number, p.kind, p.state, p.asked, p.delta_minor as "placedMinor",
               p.delta_units as "placedUnits", p.dealt_units as "dealtUnits", p.amount as "amountMinor", u.currency,
               u.unit_decimals as "unitDecimals", u.name_en as "nameEn", u.name_ja as "nameJa", p.dealing_date::text as "dealingDate",
               p.placed_at as "placedAt", p.journal_id as "journalId"
          from placed p
          join unit_classes u on u.id = p.class_id
         where (not ${open} or p.state in ('ACCEPTED', 'CUT_OFF', 'PRICED'))
           and (${unitsOf === null} or (p.class_id = ${unitsOf ?? 0} and p.dealt_units > 0))
           and (${after === null} or (p.micros, p.journal, p.key::text)
                  < (${after?.micros ?? 0n}::bigint, ${after?.journal ?? 0n}::bigint, ${after?.key ?? ''}::text))
         order by p.micros desc, p.journal desc, p.key::text desc limit ${limit}`,
  );
  return found.map(({ micros, journal, nameEn, nameJa, ...line }) => ({
    micros,
    journal,
    key: line.key,
    movement: { type: 'DEALING', ...line, className: { en: nameEn, ja: nameJa } },
  }));
}
