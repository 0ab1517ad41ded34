/** Sale by window as statements: A1, A2, A4, and what a subscription says of itself (see verify.ts). A3 and A5 are the tests of the methods. */
import type { Check } from './verify-check';

/** Runs whose allotments are written. Until then there is nothing to hold. */
const ALLOTTED = `
  select r.*, o.class_id, o.lot_units, o.price, o.size_units, o.upsize_units,
         power(10::numeric, greatest(d.decimals - c.price_decimals, 0)) as numerator,
         c.quote_units * power(10::numeric, greatest(c.price_decimals - d.decimals, 0)) as denominator
    from allotment_runs r
    join offerings o on o.id = r.offering_id
    join unit_classes c on c.id = o.class_id
    join assets d on d.id = c.currency_asset_id
   where r.allotted_units is not null`;

export const WINDOW_CHECKS: readonly Check[] = [
  {
    id: 'O5',
    says: 'each subscription is what its acts made of it, and is priced at its own price',
    violations: `
      select format('investor %s, subscription %s: %s, %s reserved; its acts: %s', s.investor_id, s.key, lower(s.state::text), s.reserved_minor,
                    coalesce(a.reserved::text, 'none')) as place
        from subscriptions s
        left join (select investor_id, subscription_key, sum(delta_minor) as reserved, bool_or(act = 'WITHDRAWN') as withdrawn
                     from subscription_acts group by 1, 2) a
          on a.investor_id = s.investor_id and a.subscription_key = s.key
       where case s.state when 'ACTIVE' then s.reserved_minor else 0 end is distinct from a.reserved
          or (s.state = 'WITHDRAWN') is distinct from a.withdrawn
      union all
      select format('investor %s, subscription %s: %s units at %s are not %s', s.investor_id, s.key, s.units, s.price, s.reserved_minor)
        from subscriptions s
        join unit_classes c on c.id = s.class_id
        join assets d on d.id = c.currency_asset_id
       where s.reserved_minor <> ceil(s.units * s.price * power(10::numeric, greatest(d.decimals - c.price_decimals, 0))
               / (c.quote_units * power(10::numeric, greatest(c.price_decimals - d.decimals, 0))))`,
  },
  {
    id: 'A1',
    says: 'a window allots what is offered or what is wanted, whichever is less, in whole lots',
    violations: `
      with sums as (
        select offering_id, sum(units) as units from allotments group by 1
      ), wanted as (
        select offering_id, sum(units) as units from applicants group by 1
      )
      select format('offering %s: allotted %s, noted %s, offered %s, wanted %s', r.offering_id, s.units, r.allotted_units, r.supply_units,
                    w.units) as place
        from (${ALLOTTED}) r
        left join sums s on s.offering_id = r.offering_id
        left join wanted w on w.offering_id = r.offering_id
       where coalesce(s.units, 0) <> r.allotted_units
          or r.allotted_units <> case r.purpose when 'REFUND' then 0 else least(r.supply_units, coalesce(w.units, 0)) end
          or r.supply_units <> (r.size_units + r.upsize_units) / r.lot_units * r.lot_units
      union all
      select format('offering %s, investor %s: %s units are no whole lots', r.offering_id, a.investor_id, a.units)
        from (${ALLOTTED}) r join allotments a on a.offering_id = r.offering_id where a.units % r.lot_units <> 0`,
  },
  {
    id: 'A2',
    says: 'every applicant has one allotment, of no more than was asked; the list is what was subscribed',
    violations: `
      select format('offering %s, investor %s: asked %s, got %s', coalesce(p.offering_id, a.offering_id), coalesce(p.investor_id, a.investor_id),
                    p.units, a.units) as place
        from (select p.* from applicants p join (${ALLOTTED}) r on r.offering_id = p.offering_id) p
        full join allotments a on a.offering_id = p.offering_id and a.investor_id = p.investor_id
       where p.units is null or a.units is null or a.units > p.units
      union all
      select format('offering %s, investor %s: listed with %s units, %s reserved; subscribed %s, %s', coalesce(p.offering_id, s.offering_id),
                    coalesce(p.investor_id, s.investor_id), p.subscribed_units, p.reserved_minor, s.units, s.reserved)
        from applicants p
        full join (select s.offering_id, s.investor_id, sum(s.units) as units, sum(s.reserved_minor) as reserved
                     from subscriptions s join draws d on d.offering_id = s.offering_id where s.state = 'ACTIVE' group by 1, 2) s
          on s.offering_id = p.offering_id and s.investor_id = p.investor_id
       where p.subscribed_units is distinct from s.units or p.reserved_minor is distinct from s.reserved`,
  },
  {
    id: 'A4',
    says: 'what an applicant pays and gets back is what was reserved, and the price is the offering’s',
    violations: `
      select format('offering %s, investor %s: reserved %s, paid %s for %s units, refunded %s', a.offering_id, a.investor_id, p.reserved_minor,
                    a.cost_minor, a.units, a.refund_minor) as place
        from (${ALLOTTED}) r
        join allotments a on a.offering_id = r.offering_id
        left join applicants p on p.offering_id = a.offering_id and p.investor_id = a.investor_id
       where a.cost_minor + a.refund_minor is distinct from p.reserved_minor
          or a.cost_minor <> ceil(a.units * r.price * r.numerator / r.denominator)
      union all
      select format('offering %s: a finished run left chunk %s unbooked', a.offering_id, a.chunk)
        from allotments a
        join allotment_runs r on r.offering_id = a.offering_id and r.step in ('CHECK', 'MAIL', 'DONE')
        left join allotment_chunks j on j.offering_id = a.offering_id and j.chunk = a.chunk and j.journal_id is not null
       where j.journal_id is null
       group by a.offering_id, a.chunk`,
  },
];
