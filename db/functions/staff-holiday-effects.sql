-- What a change of holidays (execute-holiday-change.sql) moves: for whoever is asked to sign it, and for its executor.

-- What a change moves, group by group: orders that wait whose day is another (ORDER), orders of which only the money's day is (MONEY), and the next turn of
-- plans (PLAN). `since` is the day that orders of a group were accepted for, or the last that plans of it ask for.
create or replace function moved_by_holiday(p_change jsonb)
returns table (class_id smallint, about text, buys boolean, since date, from_day date, to_day date, money_from date, money_to date, orders bigint)
language sql stable
set search_path = public, pg_temp
as $$
  with waiting as (
    select o.class_id, o.reserved_units = 0 as buys, a.dealing_date as since, o.dealing_date as day, count(*) as orders
      from unit_classes c
     -- What was ordered for a day that has been dealt is accepted no more, and need not be looked through.
     cross join lateral (select max(r.dealing_date) as day from dealing_runs r where r.class_id = c.id and r.step in ('WAIT', 'DONE')) dealt
      join dealing_orders o on o.class_id = c.id and o.dealing_date > coalesce(dealt.day, '-infinity') and o.state = 'ACCEPTED'
      join dealing_acts a on a.investor_id = o.investor_id and a.key = o.key
     group by 1, 2, 3, 4
  ), dealt as (
    select d.class_id, d.buys, d.dealing_date as day, count(*) as orders
      from dealing_runs r
      join current_deals d on d.class_id = r.class_id and d.dealing_date = r.dealing_date and d.units > 0
     where r.step <> 'DONE' group by 1, 2, 3
  ), moved as (
    select w.class_id, w.buys, w.since, w.day as from_day, dealing_day_from(w.since, p_change) as to_day, w.orders, null::date as money_from
      from waiting w
    union all
    select d.class_id, d.buys, d.day, d.day, d.day, d.orders, case when d.buys then r.settlement_date else r.payout_date end
      from dealt d
      join dealing_runs r on r.class_id = d.class_id and r.dealing_date = d.day
      join unit_classes c on c.id = d.class_id
     where case when d.buys then r.settlement_date else r.payout_date end > (app_now() at time zone c.time_zone)::date
  ), paid as (
    select m.class_id, m.buys, m.since, m.from_day, m.to_day, m.orders,
           coalesce(m.money_from, case when m.buys then market_day_after(c.country, m.from_day, c.settlement_days)
                                       else payout_day(c.country, m.from_day, c.settlement_days) end) as money_from,
           case when m.buys then market_day_after(c.country, m.to_day, c.settlement_days, p_change)
                else payout_day(c.country, m.to_day, c.settlement_days, p_change) end as money_to
      from moved m join unit_classes c on c.id = m.class_id
  ), plans as (
    select p.class_id, plan_asked_date(p.next_month, p.day_of_month::integer) as asked, count(*) as orders
      from savings_plans p where p.state = 'ACTIVE' group by 1, 2
  ), turns as (
    select p.class_id, p.orders, dealing_day_from(p.asked) as from_day, dealing_day_from(p.asked, p_change) as to_day from plans p
  )
  select p.class_id, case when p.from_day = p.to_day then 'MONEY' else 'ORDER' end, p.buys, p.since, p.from_day, p.to_day, p.money_from, p.money_to,
         sum(p.orders)::bigint
    from paid p where (p.from_day, p.money_from) <> (p.to_day, p.money_to) group by 1, 2, 3, 4, 5, 6, 7, 8
  union all
  select t.class_id, 'PLAN', true, (p_change ->> 'holiday')::date, t.from_day, t.to_day, null, null, sum(t.orders)::bigint
    from turns t where t.from_day <> t.to_day group by 1, 5, 6
$$;

-- The same in words of a proposal, for whoever is asked to sign it; the executor writes it down beforehand.
create or replace function holiday_effects(p_change jsonb) returns jsonb
language sql stable
set search_path = public, pg_temp
as $$
  select jsonb_build_object(
    'dealt', dealing_day_from(d.day) = d.day, 'deals', dealing_day_from(d.day, p_change) = d.day, 'nextDealing', dealing_day_from(d.day + 1, p_change)::text,
    'records', coalesce((
      select jsonb_agg(jsonb_build_object('class', c.code, 'from', r.from_day, 'to', r.to_day) order by c.id)
        from unit_classes c
       cross join lateral asked_record_dates(c.id, extract(year from d.day)::integer - 1, extract(year from d.day)::integer) a (asked)
       cross join lateral (select dealing_day_from(a.asked) as from_day, dealing_day_from(a.asked, p_change) as to_day) r
       where r.from_day <> r.to_day), '[]'),
    'moves', coalesce((
      select jsonb_agg(jsonb_build_object('class', c.code, 'about', m.about, 'buys', m.buys, 'from', m.from_day, 'to', m.to_day,
                                          'moneyFrom', m.money_from, 'moneyTo', m.money_to, 'orders', m.orders::text)
                       order by m.about desc, c.id, m.from_day, m.to_day, m.buys desc, m.money_from)
        from (select x.class_id, x.about, x.buys, x.from_day, x.to_day, x.money_from, x.money_to, sum(x.orders) as orders
                from moved_by_holiday(p_change) x group by 1, 2, 3, 4, 5, 6, 7) m
        join unit_classes c on c.id = m.class_id), '[]'))
    from (select (p_change ->> 'holiday')::date as day) d
$$;

create or replace function staff_holiday_effects(p_change jsonb) returns jsonb
language sql stable security definer
set search_path = public, pg_temp
as $$
  select case when is_staff() then holiday_effects(p_change) end
$$;
