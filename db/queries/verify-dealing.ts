/** Orders at NAV as statements (see verify.ts). */
import type { Check } from './verify-check';

/** Cash that orders at NAV hold themselves: what waits, and the cost of what is priced and not settled. */
export const DEALING_RESERVED = `
  select d.investor_id, c.currency_asset_id as asset_id, d.reserved_minor as amount_minor
    from dealing_orders d join unit_classes c on c.id = d.class_id where d.reserved_minor <> 0`;

/** The changes of a person's accounts that their acts on orders at NAV say they made. */
export const DEALING_MOVED = `
  select a.investor_id, a.key, a.journal_id, case a.act when 'PLACED' then 'DEALING_RESERVED' else 'DEALING_RELEASED' end as kind, v.account,
         c.currency_asset_id as asset_id, case v.account when 'INVESTOR_AVAILABLE' then - a.delta_minor else a.delta_minor end as amount
    from dealing_acts a
    join unit_classes c on c.id = a.class_id
   cross join (values ('INVESTOR_AVAILABLE'), ('INVESTOR_RESERVED')) v(account)
   where a.delta_minor <> 0`;

export const DEALING_CHECKS: readonly Check[] = [
  {
    id: 'O7',
    says: 'each order at NAV is what its acts made of it, for the day and prospectus that it was accepted with, before its cut-off',
    violations: `
      select format('investor %s, order %s: %s, %s and %s units set aside; its acts: %s and %s units', d.investor_id, d.key, lower(d.state::text),
                    d.reserved_minor, d.reserved_units, coalesce(a.minor::text, 'none'), coalesce(a.units::text, 'none')) as place
        from dealing_orders d
        left join (select investor_id, order_key, sum(delta_minor) as minor, sum(delta_units) as units, bool_or(act = 'CANCELLED') as cancelled,
                          max(at) filter (where act = 'CANCELLED') as cancelled_at
                     from dealing_acts group by 1, 2) a
          on a.investor_id = d.investor_id and a.order_key = d.key
       where (d.reserved_minor, d.reserved_units) is distinct from (a.minor::bigint, a.units::bigint)
          or (d.state = 'CANCELLED') is distinct from a.cancelled
          or a.cancelled_at >= d.cut_off_at
      union all
      select format('investor %s, order %s: its first act says otherwise', d.investor_id, d.key)
        from dealing_orders d
        left join dealing_acts a on a.investor_id = d.investor_id and a.key = d.key and a.act = 'PLACED' and a.order_key = d.key
       where (a.class_id, a.kind, a.asked, a.dealing_date, a.at) is distinct from (d.class_id, d.kind, d.asked, d.dealing_date, d.placed_at)
      union all
      select format('investor %s, order %s: %s closes at %s', d.investor_id, d.key, d.dealing_date, d.cut_off_at)
        from dealing_orders d
        left join unit_classes c on c.id = d.class_id
        left join document_versions p on p.id = d.prospectus_id
       where d.cut_off_at is distinct from (d.dealing_date + c.cut_off::time) at time zone c.time_zone
          or p.kind is distinct from 'PROSPECTUS' or p.published_at > d.placed_at`,
  },
  {
    id: 'O8',
    says: 'nobody has set aside more units than they hold',
    violations: `
      select format('investor %s, class %s: %s units set aside, %s held', d.investor_id, d.class_id, sum(d.reserved_units), coalesce(max(h.units), 0))
             as place
        from dealing_orders d
        left join holdings h on h.investor_id = d.investor_id and h.class_id = d.class_id
       where d.reserved_units > 0
       group by d.investor_id, d.class_id
      having sum(d.reserved_units) > coalesce(max(h.units), 0)`,
  },
];
