/** V1–V5: the fund's value on each dealing day, as statements (see verify.ts). The arithmetic is that of lib/domain/valuation/net-assets.ts. */
import type { Check } from './verify-check';

/** Everything that was valued, beside the claims of its classes: units at the first price and rate, dollars × 10^16. */
const CLAIMS = `
  select v.id, v.fund_id, v.nav_date, v.net_assets_usd_minor::numeric as net, v.owners_usd_minor, v.jpy_per_usd_e4 as rate, c.class_id, c.units,
         c.net_assets_usd_minor, c.net_assets_minor, c.price, u.currency, u.quote_units, power(10::numeric, u.price_decimals) as scale, p.par,
         div(c.units * p.par * 10000, u.quote_units) as claim,
         sum(div(c.units * p.par * 10000, u.quote_units)) over (partition by v.id)
           + (select coalesce(sum(o.committed_usd_minor), 0) * power(10::numeric, 14) from owner_commitments o
               where o.fund_id = v.fund_id and o.owner_group <> 'CITIZENS') as total
    from valuations v
    join valuation_classes c on c.valuation_id = v.id
    join unit_classes u on u.id = c.class_id
   cross join lateral (
     select case u.currency when 'USD' then div(2 * n.price * power(10::numeric, 12) + power(10::numeric, u.price_decimals), 2 * power(10::numeric, u.price_decimals))
                 else div(2 * n.price * power(10::numeric, 16) + power(10::numeric, u.price_decimals) * r.jpy_per_usd_e4,
                          2 * power(10::numeric, u.price_decimals) * r.jpy_per_usd_e4) end as par
       from (select price from nav_prices where class_id = u.id order by nav_date, revision limit 1) n,
            (select jpy_per_usd_e4 from fx_rates order by rate_date limit 1) r
   ) p`;

export const VALUATION_CHECKS: readonly Check[] = [
  {
    id: 'V1',
    says: 'a valuation is assets less debt less fees; projects sum to its portfolio, owners’ and classes’ parts to its net assets',
    violations: `
      select format('%s, revision %s: net assets %s; assets less debt and fees %s; projects %s of %s; parts %s', v.nav_date, v.revision,
                    v.net_assets_usd_minor, x.net, m.total, v.portfolio_usd_minor, x.parts) as place
        from valuations v
        left join (select valuation_id, sum(value_usd_minor) as total from valuation_marks group by 1) m on m.valuation_id = v.id
       cross join lateral (
         select v.portfolio_usd_minor + v.cash_usd_minor + v.citizens_usd_minor + div(v.citizens_jpy_minor::numeric * 1000000, v.jpy_per_usd_e4)
                  - v.debt_usd_minor - v.fees_usd_minor as net,
                v.owners_usd_minor + (select coalesce(sum(c.net_assets_usd_minor), 0) from valuation_classes c where c.valuation_id = v.id) as parts
       ) x
       where v.net_assets_usd_minor is not null
         and (v.net_assets_usd_minor <> x.net or m.total is distinct from v.portfolio_usd_minor or x.parts <> v.net_assets_usd_minor)`,
  },
  {
    id: 'V2',
    says: 'a class’s part of the net assets and its price follow from its units at the first price, and the day’s rate',
    violations: `
      select format('%s, class %s: %s and %s, %s a quote unit; worked out %s and %s, %s', nav_date, class_id, net_assets_usd_minor, net_assets_minor,
                    price, part, own, quote) as place
        from (
          select x.*,
                 div(x.net * x.claim, x.total) as part,
                 case x.currency when 'USD' then div(x.net * x.claim, x.total) else div(x.net * x.claim * x.rate, x.total * 1000000) end as own,
                 case x.currency when 'USD' then div(2 * x.net * x.par * 10000 * x.scale + x.total * 100, 2 * x.total * 100)
                                 else div(2 * x.net * x.par * 10000 * x.scale * x.rate + x.total * 1000000, 2 * x.total * 1000000) end as quote
            from (${CLAIMS}) x where x.net > 0
        ) y
       where net_assets_usd_minor <> part or net_assets_minor <> own or price <> quote`,
  },
  {
    id: 'V3',
    says: 'a valuation counts the units in issue and citizens’ cash that the ledger has as of its cut-off',
    violations: `
      with control as (
        select p.asset_id, p.account, p.amount, j.at from postings p join journals j on j.id = p.journal_id
         where p.investor_id = 0 and p.account in ('FUND_CASH', 'UNITS_ISSUED')
      )
      select format('%s, class %s: %s units; in issue %s', v.nav_date, c.class_id, c.units, x.units) as place
        from valuations v
        join valuation_classes c on c.valuation_id = v.id
        join unit_classes u on u.id = c.class_id
       cross join lateral (select coalesce(- sum(amount), 0) as units from control
                            where asset_id = u.unit_asset_id and account = 'UNITS_ISSUED' and at <= v.as_of) x
       where c.units <> x.units
      union all
      select format('%s: citizens’ cash %s and %s; the ledger has %s and %s', v.nav_date, v.citizens_usd_minor, v.citizens_jpy_minor, x.usd, x.jpy)
        from valuations v
       cross join lateral (select coalesce(sum(amount) filter (where a.code = 'USD'), 0) as usd, coalesce(sum(amount) filter (where a.code = 'JPY'), 0) as jpy
                             from control join assets a on a.id = asset_id where account = 'FUND_CASH' and at <= v.as_of) x
       where v.citizens_usd_minor <> x.usd or v.citizens_jpy_minor <> x.jpy`,
  },
  {
    id: 'V4',
    says: 'every price since the first books is that of a published valuation, and each of those has its prices',
    violations: `
      with valued as (
        select c.class_id, v.nav_date, row_number() over (partition by c.class_id, v.nav_date order by v.revision) as number, c.price,
               c.net_assets_minor, v.published_at
          from valuations v join valuation_classes c on c.valuation_id = v.id
         where v.published_at is not null and v.source <> 'OPENING'
      ), priced as (
        select p.*, row_number() over (partition by p.class_id, p.nav_date order by p.revision) as number
          from nav_prices p where p.nav_date > (select min(nav_date) from valuations where source = 'OPENING')
      )
      select format('class %s, %s: published %s, valued %s', coalesce(p.class_id, v.class_id), coalesce(p.nav_date, v.nav_date), p.price, v.price) as place
        from priced p
        full join valued v on v.class_id = p.class_id and v.nav_date = p.nav_date and v.number = p.number
       where (p.price, p.net_assets_minor, p.published_at) is distinct from (v.price, v.net_assets_minor, v.published_at)`,
  },
  {
    id: 'V5',
    says: 'each published day continues the dealing day before; what was held or corrected was published by an executed proposal',
    violations: `
      select format('%s: continues %s', v.nav_date, b.nav_date) as place
        from valuations v
        left join valuations b on b.id = v.base_id
       where v.published_at is not null and v.source <> 'OPENING'
         and (b.published_at is null or b.nav_date >= v.nav_date
              or exists (select 1 from generate_series(b.nav_date + 1, v.nav_date - 1, interval '1 day') d
                          where extract(isodow from d) < 6 and not exists (select 1 from market_holidays h where h.day = d::date)))
      union all
      select format('%s, revision %s: %s, by proposal %s', v.nav_date, v.revision, coalesce(v.hold_reason::text, v.source::text), p.number)
        from valuations v
        left join proposals p on p.id = v.proposal_id and p.state = 'EXECUTED'
       where v.published_at is not null and (v.hold_reason is not null or v.source = 'CORRECTION') and p.id is null`,
  },
];
