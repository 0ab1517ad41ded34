-- What the passing of time alone brings (lib/domain/clock/events.ts), for whoever moves the clock: where to stop next, and what a page shows of it.

-- How long the simulated review desk takes: REVIEW_MINUTES of lib/domain/people/identity.ts; a test holds the two together.
create or replace function review_time() returns interval language sql immutable parallel safe as $$ select interval '30 minutes' $$;

-- Every event after one instant and until another, in one statement; what is due already is none. Settlement days are known from the runs that wait for
-- them, and expected for orders that wait for their dealing day.
create or replace function clock_events(p_after timestamptz, p_until timestamptz)
returns table (at timestamptz, kind text, subject text, name_en text, name_ja text)
language plpgsql stable
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  -- The days around, since a day of a market is not one of UTC; and those whose orders may be settled in between.
  v_first constant date := p_after::date - 1;
  v_last constant date := p_until::date + 1;
begin
  return query
  with days as materialized (
    select d::date as day from generate_series(v_first - 14, v_last, interval '1 day') d
     where extract(isodow from d) < 6 and not exists (select 1 from market_holidays h where h.day = d::date)
  ), windows as (
    select * from offerings o where o.method <> 'FIRST_COME'
  ), found (at, kind, subject, name_en, name_ja) as (
    select o.opens_at, 'OFFERING_OPENS', o.slug, o.name_en, o.name_ja from offerings o where o.state = 'APPROVED'
    union all
    select o.closes_at, 'OFFERING_CLOSES', o.slug, o.name_en, o.name_ja from offerings o where o.state in ('APPROVED', 'OPEN')
    union all
    select o.withdraw_until, 'WITHDRAWAL_ENDS', o.slug, o.name_en, o.name_ja from windows o
     where o.state in ('APPROVED', 'OPEN', 'CLOSED') and o.withdraw_until > o.closes_at and not exists (select 1 from draws w where w.offering_id = o.id)
    union all
    select e.at, e.kind, o.slug, o.name_en, o.name_ja
      from draws w join windows o on o.id = w.offering_id
     cross join lateral (values (w.reveal_deadline, 'REVEAL_DEADLINE'), (w.pulse_at, 'DRAW_PULSE')) e (at, kind)
     where o.state = 'CLOSED'
    union all
    select (d.day + time '10:00') at time zone 'Asia/Tokyo', 'MID_RATE', d.day::text, null, null from days d
    union all
    select (d.day + c.cut_off::time) at time zone c.time_zone, 'CUT_OFF', c.code, c.name_en, c.name_ja from unit_classes c cross join days d
    union all
    -- Of a plan only its next month is known. Looked for by month and day, of which there are few, however many plans there are.
    select plan_turn_at(c.id, plan_date(m.month, n.day)), 'PLAN_TURN', c.code, c.name_en, c.name_ja
      from unit_classes c
     cross join lateral (select g::date as month from generate_series(date_trunc('month', v_first - interval '1 month'), v_last, interval '1 month') g) m
     cross join generate_series(1, 31) as n (day)
     where c.dealing_from is not null
       and exists (select 1 from savings_plans p where p.class_id = c.id and p.next_month = m.month and p.day_of_month = n.day and p.state = 'ACTIVE')
    union all
    select (d.day + c.cut_off::time) at time zone c.time_zone, 'RECORD_DATE', c.code, c.name_en, c.name_ja
      from unit_classes c cross join lateral record_dates(c.id, v_first, v_last) d (day)
    union all
    select nav_struck_at(f.id, d.day), 'NAV', d.day::text, f.name_en, f.name_ja from funds f cross join days d where d.day >= v_first
    union all
    select distinct (s.day::timestamp at time zone c.time_zone), case when s.buys then 'SETTLEMENT' else 'PAYOUT' end, c.code, c.name_en, c.name_ja
      from dealing_runs r
      join unit_classes c on c.id = r.class_id
     cross join lateral (values (true, r.settlement_date), (false, r.payout_date)) s (buys, day)
     where r.step <> 'DONE'
       and exists (select 1 from dealing_chunks k
                    where k.class_id = r.class_id and k.dealing_date = r.dealing_date and k.buys = s.buys and k.settled_at is null
                      and k.reversal_id is null)
    union all
    select market_day_after(c.country, d.day, c.settlement_days)::timestamp at time zone c.time_zone, 'SETTLEMENT', c.code, c.name_en, c.name_ja
      from unit_classes c cross join days d
     where exists (select 1 from dealing_orders o where o.class_id = c.id and o.dealing_date = d.day and o.reserved_units > 0)
        -- Purchases of a day that has been dealt do not wait for it any more, however many they were.
        or not exists (select 1 from dealing_runs r where r.class_id = c.id and r.dealing_date >= d.day and r.step <> 'PRICE')
           and exists (select 1 from dealing_orders o where o.class_id = c.id and o.dealing_date = d.day and o.state = 'ACCEPTED')
    union all
    select p.expires_at, 'PROPOSAL_EXPIRES', p.number::text, p.number::text, p.number::text from proposals p where p.state = 'OPEN'
    union all
    select newest.at + review_time(), 'REVIEW_ENDS', null, null, null
      from investors i
     cross join lateral (select e.at, e.reason from identity_events e where e.investor_id = i.investor_id order by e.sequence desc limit 1) newest
     where i.identity_state = 'IN_REVIEW' and newest.reason <> 'referred'
    union all
    select i.suitability_expires_at, 'SUITABILITY_EXPIRES', null, null, null
      from investors i where i.status = 'ELIGIBLE' and i.suitability_expires_at > p_after and i.suitability_expires_at <= p_until
    union all
    -- The log's head is published a day after the last one (publish_checkpoint).
    select c.published_at + interval '1 day', 'CHECKPOINT', null, null, null
      from (select sequence, published_at from log_checkpoints order by sequence desc limit 1) c
     where c.sequence < (select max(l.sequence) from operator_log l)
  )
  select f.at, f.kind, f.subject, f.name_en, f.name_ja from found f where f.at > p_after and f.at <= p_until;
end
$$;

-- The next instant at which something happens, of these kinds or of any, and all that happens at it. The first look reaches over a long weekend, so that
-- a step costs the same wherever the run is going to.
create or replace function next_clock_event(p_after timestamptz, p_until timestamptz, p_kinds text[] default null)
returns table (at timestamptz, kinds text[])
language plpgsql stable
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_until timestamptz := least(p_until, p_after + interval '5 days');
begin
  loop
    select e.at, array_agg(distinct e.kind order by e.kind) into at, kinds
      from clock_events(p_after, v_until) e where p_kinds is null or e.kind = any (p_kinds)
     group by e.at order by e.at limit 1;
    if found then
      return next;
      return;
    end if;
    exit when v_until >= p_until;
    v_until := least(p_until, v_until + 4 * (v_until - p_after));
  end loop;
end
$$;

-- What comes next, for the page of the clock: so many lines, things of one kind at one instant in one of them.
create or replace function upcoming_events(p_limit integer)
returns table (at timestamptz, kind text, count integer, name_en text, name_ja text)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select e.at, e.kind, count(*)::integer, case when count(*) = 1 then min(e.name_en) end, case when count(*) = 1 then min(e.name_ja) end
    from clock_events(app_now(), app_now() + interval '40 days') e
   group by e.at, e.kind order by e.at, e.kind limit p_limit
$$;
