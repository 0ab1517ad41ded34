-- The arithmetic of lib/domain/valuation/net-assets.ts and book.ts, and the facts that it needs. Numeric divisions are of whole numbers, with a named
-- direction each.

create or replace function floor_div(a numeric, b numeric) returns numeric
language sql immutable parallel safe
as $$
  select div(a, b) - case when a < 0 and mod(a, b) <> 0 then 1 else 0 end
$$;

-- To the nearest; a half goes away from zero.
create or replace function half_up_div(a numeric, b numeric) returns numeric
language sql immutable parallel safe
as $$
  select sign(a) * div(abs(a) * 2 + b, 2 * b)
$$;

-- A day on which both markets are open.
create or replace function is_dealing_day(p_date date) returns boolean
language sql stable
set search_path = public, pg_temp
as $$
  select extract(isodow from p_date) < 6 and not exists (select 1 from market_holidays h where h.day = p_date)
$$;

-- The last cut-off of a day: what is bought, sold or paid until then counts in its valuation.
create or replace function nav_as_of(p_fund smallint, p_date date) returns timestamptz
language sql stable
set search_path = public, pg_temp
as $$
  select max((p_date + c.cut_off::time) at time zone c.time_zone) from unit_classes c where c.fund_id = p_fund
$$;

-- Two hours later the day can be valued: at 8:00 in Tokyo the next morning, while New York has no daylight saving time.
create or replace function nav_struck_at(p_fund smallint, p_date date) returns timestamptz
language sql stable
set search_path = public, pg_temp
as $$
  select nav_as_of(p_fund, p_date) + interval '2 hours'
$$;

-- What the ledger says of an asset's control account at a moment, its credit positive.
create or replace function control_balance(p_account ledger_account, p_asset smallint, p_at timestamptz) returns bigint
language sql stable
set search_path = public, pg_temp
as $$
  select coalesce(sum(p.amount), 0)::bigint
    from postings p join journals j on j.id = p.journal_id
   where p.investor_id = 0 and p.asset_id = p_asset and p.account = p_account and j.at <= p_at
$$;

-- What citizens have paid for units, by currency.
create or replace function citizens_cash(p_fund smallint, p_currency currency, p_at timestamptz) returns bigint
language sql stable
set search_path = public, pg_temp
as $$
  select coalesce(sum(control_balance('FUND_CASH', a.asset_id, p_at)), 0)::bigint
    from (select distinct c.currency_asset_id as asset_id from unit_classes c where c.fund_id = p_fund and c.currency = p_currency) a
$$;

-- Each class with its units and its claim: units at the first price and the first mid rate, dollars × 10^16.
create or replace function class_claims(p_fund smallint, p_at timestamptz)
returns table (class_id smallint, currency currency, quote_units bigint, price_decimals smallint, units bigint, par_e12 numeric, claim numeric)
language sql stable
set search_path = public, pg_temp
as $$
  select x.id, x.currency, x.quote_units, x.price_decimals, x.units, x.par, floor_div(x.units * x.par * 10000, x.quote_units)
    from (
      select c.*, - control_balance('UNITS_ISSUED', c.unit_asset_id, p_at) as units,
             case c.currency when 'USD' then half_up_div(n.price * power(10::numeric, 12), power(10::numeric, c.price_decimals))
                             else half_up_div(n.price * power(10::numeric, 16), power(10::numeric, c.price_decimals) * r.jpy_per_usd_e4) end as par
        from unit_classes c
       cross join lateral (select p.price from nav_prices p where p.class_id = c.id order by p.nav_date, p.revision limit 1) n
       cross join lateral (select f.jpy_per_usd_e4 from fx_rates f order by f.rate_date limit 1) r
       where c.fund_id = p_fund
    ) x
$$;

-- What treasuries and partners put in; their claim is that at the first price.
create or replace function owners_par(p_fund smallint) returns bigint
language sql stable
set search_path = public, pg_temp
as $$
  select coalesce(sum(committed_usd_minor), 0)::bigint from owner_commitments where fund_id = p_fund and owner_group <> 'CITIZENS'
$$;

-- valueFund: what of the net assets is a class's and a unit's.
create or replace function value_classes(p_fund smallint, p_net bigint, p_rate bigint, p_at timestamptz)
returns table (class_id smallint, units bigint, net_usd bigint, net_minor bigint, price bigint)
language sql stable
set search_path = public, pg_temp
as $$
  with claims as materialized (select * from class_claims(p_fund, p_at)),
       total as (select nullif(owners_par(p_fund) * power(10::numeric, 14) + coalesce(sum(claim), 0), 0) as total from claims)
  select c.class_id, c.units, floor_div(p_net * c.claim, t.total)::bigint,
         case c.currency when 'USD' then floor_div(p_net * c.claim, t.total) else floor_div(p_net * c.claim * p_rate, t.total * 1000000) end::bigint,
         case c.currency when 'USD' then half_up_div(x.per_quote, t.total * 100) else half_up_div(x.per_quote * p_rate, t.total * 1000000) end::bigint
    from claims c
   cross join total t
   cross join lateral (select p_net * c.par_e12 * 10000 * power(10::numeric, c.price_decimals) as per_quote) x
$$;

-- scaleMarks: marks that sum to a portfolio, in the proportion of those given.
create or replace function scaled_marks(p_projects smallint[], p_values bigint[], p_portfolio bigint)
returns table (project_id smallint, value_usd_minor bigint)
language sql immutable
as $$
  with marks as (
    select m.id, m.number, floor_div(m.value::numeric * p_portfolio, (select sum(v) from unnest(p_values) v)) as value
      from unnest(p_projects, p_values) with ordinality m(id, value, number)
  )
  select m.id, (m.value + case m.number when 1 then p_portfolio - (select sum(value) from marks) else 0 end)::bigint from marks m
$$;
