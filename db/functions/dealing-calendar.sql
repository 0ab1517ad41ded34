-- The days of both markets (lib/domain/calendar), from the table of holidays. `p_change` is the payload of a HOLIDAY_CHANGE that is looked at before it is
-- carried out: the days as they would be under it.

create or replace function is_market_open(p_country country, p_day date, p_change jsonb) returns boolean
language sql stable
as $$
  select extract(isodow from p_day) < 6
     and case when p_change ->> 'market' = p_country::text and (p_change ->> 'holiday')::date = p_day then p_change ->> 'change' = 'REMOVE'
              else not exists (select 1 from market_holidays h where h.day = p_day and h.country = p_country) end
$$;

-- The date itself where it is a dealing day, or the next that is.
create or replace function dealing_day_from(p_date date, p_change jsonb default null) returns date
language sql stable
set search_path = public, pg_temp
as $$
  select n::date from generate_series(p_date, p_date + 30, interval '1 day') n
   where not exists (select 1 from unnest(enum_range(null::country)) m where not is_market_open(m, n::date, p_change))
   order by n limit 1
$$;

-- The n-th day after a date on which the country's own market is open.
drop function if exists market_day_after(country, date, integer);
create or replace function market_day_after(p_country country, p_date date, p_days integer, p_change jsonb default null) returns date
language sql stable
set search_path = public, pg_temp
as $$
  select d.day
    from (select n::date as day, row_number() over (order by n) as number
            from generate_series(p_date + interval '1 day', p_date + make_interval(days => 30 + 2 * p_days), interval '1 day') n
           where is_market_open(p_country, n::date, p_change)) d
   where d.number = p_days
$$;

-- When a redemption is paid: on the settlement day, but seven days after the dealing day at the latest.
drop function if exists payout_day(country, date, integer);
create or replace function payout_day(p_country country, p_date date, p_days integer, p_change jsonb default null) returns date
language sql stable
set search_path = public, pg_temp
as $$
  select case when s.day <= p_date + 7 then s.day
              else coalesce((select max(n::date) from generate_series(p_date + interval '1 day', p_date + interval '7 days', interval '1 day') n
                              where is_market_open(p_country, n::date, p_change)),
                            p_date + 7) end
    from (select market_day_after(p_country, p_date, p_days, p_change) as day) s
$$;

-- The dates that a class's record days ask for from one year to another, in no order.
create or replace function asked_record_dates(p_class smallint, p_first integer, p_last integer) returns setof date
language sql stable
set search_path = public, pg_temp
as $$
  select a.asked
    from class_record_days r
   cross join generate_series(p_first, p_last) y
   cross join lateral (select make_date(y, r.month, 1) as first) m
   cross join lateral (select least(m.first + r.day - 1, (m.first + interval '1 month')::date - 1) as asked) a
   where r.class_id = p_class and a.asked >= r.since
$$;

-- Record dates 決算日 of a class between two dates (lib/domain/calendar/record-dates.ts).
create or replace function record_dates(p_class smallint, p_from date, p_to date) returns setof date
language sql stable
set search_path = public, pg_temp
as $$
  select d.day
    from asked_record_dates(p_class, extract(year from p_from)::integer - 1, extract(year from p_to)::integer) a (asked)
   cross join lateral (select dealing_day_from(a.asked) as day) d
   where a.asked between p_from - 30 and p_to and d.day between p_from and p_to order by d.day
$$;
