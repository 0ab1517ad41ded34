-- The covenant (DOMAIN §11): the live value of each limit, and the first one that does not hold. The arithmetic is that of
-- lib/domain/covenant/covenant.ts: ceilings are measured rounded up, the floor rounded down, in parts of ten thousand.

create or replace function e4_up(p_part numeric, p_whole numeric) returns bigint
language sql immutable parallel safe
as $$
  select case when p_whole = 0 then 0 else div(p_part * 10000 + p_whole - 1, p_whole) end::bigint
$$;

-- `p_offering`: a draft that counts as if it were approved.
create or replace function covenant_values(p_offering integer default null) returns table (name covenant_limit, actual_e4 bigint)
language sql stable security definer
set search_path = public, pg_temp
as $$
  with fund as (
    select f.debt_usd_minor::numeric as debt, coalesce(sum(o.committed_usd_minor), 0) as committed,
           coalesce(sum(o.committed_usd_minor) filter (where o.owner_group = 'CITIZENS'), 0) as citizens
      from funds f left join owner_commitments o on o.fund_id = f.id group by f.id
  ), sectors as (
    select coalesce(max(s.total), 0) as total from (select sum(committed_usd_minor) as total from projects group by sector) s
  ), states as (
    select coalesce(max(s.total), 0) as total from (select sum(committed_usd_minor) as total from projects group by us_state) s
  ), caps as (
    select coalesce(max(e4_up(max_units, size_units)), 0) as cap from offerings where state in ('APPROVED', 'OPEN') or id = p_offering
  )
  select v.name::covenant_limit, v.actual_e4
    from fund, sectors, states, caps
   cross join lateral (values
     ('LEVERAGE', e4_up(debt, committed)),
     ('SECTOR_SHARE', e4_up(sectors.total, committed + debt)),
     ('STATE_SHARE', e4_up(states.total, committed + debt)),
     ('RETAIL_SHARE', case when committed = 0 then 0 else div(citizens * 10000, committed) end::bigint),
     ('PERSON_CAP', cap),
     ('GATE', 0),
     -- Held by the check of each day's value (valuation-check.sql): both sides together may publish what is past them.
     ('NAV_TOLERANCE', 0),
     ('NAV_JUMP', 0)
   ) v(name, actual_e4)
$$;

-- A refusal that says which limit and by how much; null while all of them hold. `p_limits` are new values on trial, by name, as text.
create or replace function covenant_breach(p_limits jsonb default '{}', p_offering integer default null) returns jsonb
language sql stable
set search_path = public, pg_temp
as $$
  select jsonb_build_object('code', 'covenant.' || lower(replace(name::text, '_', '-')),
                            'params', jsonb_build_object('limit', limit_e4::text, 'actual', actual_e4::text, 'by', by_e4::text))
    from (
      select v.name, v.actual_e4, t.limit_e4,
             case when v.name = 'RETAIL_SHARE' then t.limit_e4 - v.actual_e4 else v.actual_e4 - t.limit_e4 end as by_e4
        from covenant_values(p_offering) v
        join covenant_limits l on l.name = v.name
       cross join lateral (select coalesce((p_limits ->> l.name::text)::bigint, l.value_e4) as limit_e4) t
    ) x
   where by_e4 > 0 order by name limit 1
$$;
