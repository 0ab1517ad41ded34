-- The months of monthly plans 積立 (DOMAIN §6): at 09:00 of its dealing day, by the clocks of the class's market, a plan's turn becomes an order at NAV with
-- its cash set aside, or one that lapses 失効 at once. Set-based, so many people in one transaction, with their mails; lib/domain/dealing/plan.ts is what it
-- is held against.
--
-- A turn is taken once because its month is the plan's next one only until then: whoever comes second waits for the rows of the first, and finds them
-- moved on. So no lease is needed. A turn that comes late, since nobody was at work, is taken late, for the next day whose orders have not closed.

-- The key of a turn's order, the same whenever it is taken: so a replay of the same input ends with the same ledger. It has the shape of a UUID of version 8.
create or replace function plan_order_key(p_investor bigint, p_plan uuid, p_month date) returns uuid
language sql immutable parallel safe
as $$
  select overlay(overlay(md5(format('plan %s %s %s', p_investor, p_plan, to_char(p_month, 'YYYY-MM'))) placing '8' from 13) placing '8' from 17)::uuid
$$;

-- Months and days of the month whose turn of a class has come. Few, however many plans there are.
create or replace function due_plan_days(p_class smallint) returns table (month date, day_of_month integer, planned_date date)
language sql stable
set search_path = public, pg_temp
as $$
  select m.month, d.day, n.planned_date
    from (select min(p.next_month) as first from savings_plans p where p.class_id = p_class and p.state = 'ACTIVE') f
    join unit_classes c on c.id = p_class
   cross join lateral (select g::date as month from generate_series(f.first, (app_now() at time zone c.time_zone)::date, interval '1 month') g) m
   cross join generate_series(1, 31) as d (day)
   cross join lateral (select plan_date(m.month, d.day) as planned_date where plan_asked_date(m.month, d.day) <= (app_now() at time zone c.time_zone)::date) n
   where plan_turn_at(p_class, n.planned_date) <= app_now()
$$;

-- Classes with plans whose turn has come, and the dealing day that their orders have now. None before dealing begins, nor while the day is being closed.
create or replace function list_due_plans() returns table (class_id smallint, dealing_date date, cut_off_at timestamptz)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select c.id, s.dealing_date, s.cut_off_at
    from unit_classes c
   cross join lateral dealing_session(c.id, app_now()) s
   where s.dealing_date >= c.dealing_from
     and exists (select 1 from due_plan_days(c.id) d
                   join savings_plans p on p.class_id = c.id and p.next_month = d.month and p.day_of_month = d.day_of_month and p.state = 'ACTIVE')
     and not exists (select 1 from dealing_runs r where r.class_id = c.id and r.dealing_date >= s.dealing_date)
   order by c.id
$$;

-- Takes the turns of the next `p_people`, for the day that list_due_plans named. The arrays run in step: a mail for each language, reason and number of
-- lapses in a row; without a reason it tells of an order.
create or replace function take_plan_turns(
  p_class smallint, p_date date, p_people integer, p_locales locale[], p_reasons text[], p_lapses integer[], p_kinds text[], p_subjects text[],
  p_bodies text[])
returns table (turns integer, finished boolean)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  c unit_classes;
  s record;
  v_prospectus integer;
  v_investors bigint[];
  v_plans uuid[];
  v_reasons text[];
  v_available bigint[];
  v_journal bigint;
  v_done bigint[];
  v_count integer;
begin
  perform enter_dealing(p_class);
  select * into c from unit_classes where id = p_class;
  select * into s from dealing_session(p_class, v_now);
  -- The day closed in between: whoever asks again is told of the next one.
  if c.dealing_from is null or s.dealing_date < c.dealing_from or s.dealing_date is distinct from p_date
    or exists (select 1 from dealing_runs r where r.class_id = p_class and r.dealing_date >= p_date) then
    return query select 0, true;
    return;
  end if;
  v_prospectus := newest_prospectus(p_class);
  select array_agg(l.investor_id order by l.investor_id), array_agg(l.key order by l.investor_id) into v_investors, v_plans
    from (select p.investor_id, p.key
            from savings_plans p
           where p.class_id = p_class and p.state = 'ACTIVE'
             and (p.next_month, p.day_of_month) in (select d.month, d.day_of_month from due_plan_days(p_class) d)
           order by p.investor_id limit p_people for no key update) l;
  v_count := coalesce(cardinality(v_investors), 0);
  if v_count = 0 then
    return query select 0, true;
    return;
  end if;
  perform 1 from wallets where investor_id = any (v_investors) and asset_id = c.currency_asset_id order by investor_id for no key update;
  -- The rules and their order: lapseOf of lib/domain/dealing/plan.ts.
  select array_agg(case
           when i.status is distinct from 'ELIGIBLE' then 'order.not-eligible'
           when i.country is distinct from c.country then 'order.other-country'
           when i.suitability_expires_at <= v_now then 'order.suitability-expired'
           when not exists (select 1 from consents x
                             where x.investor_id = d.investor_id and x.document_version_id = v_prospectus and x.act = 'OPENED') then 'order.prospectus-not-opened'
           when not exists (select 1 from consents x
                             where x.investor_id = d.investor_id and x.document_version_id = v_prospectus and x.act = 'AGREED') then 'order.consent-missing'
           when p.amount_minor > coalesce(w.available, 0) then 'order.insufficient-cash'
         end order by d.place), array_agg(coalesce(w.available, 0) order by d.place)
    into v_reasons, v_available
    from unnest(v_investors, v_plans) with ordinality as d (investor_id, plan_key, place)
    join savings_plans p on p.investor_id = d.investor_id and p.key = d.plan_key
    left join investors i on i.investor_id = d.investor_id
    left join wallets w on w.investor_id = d.investor_id and w.asset_id = c.currency_asset_id;
  if exists (select 1 from unnest(v_reasons) r where r is null) then
    insert into journals (kind, at) values ('DEALING_RESERVED', v_now) returning id into v_journal;
  end if;
  with turns as materialized (
    select d.*, p.amount_minor, p.day_of_month, p.next_month as month, p.locale, plan_order_key(d.investor_id, d.plan_key, p.next_month) as order_key,
           case when d.reason is null then 0 else p.lapses + 1 end as lapses, case when d.reason is null then p.amount_minor else 0 end as taken
      from unnest(v_investors, v_plans, v_reasons, v_available) as d (investor_id, plan_key, reason, available)
      join savings_plans p on p.investor_id = d.investor_id and p.key = d.plan_key
  ), reserved as (
    update wallets w
       set available = w.available - t.taken, available_version = w.available_version + 1, reserved = w.reserved + t.taken,
           reserved_version = w.reserved_version + 1
      from turns t where t.taken > 0 and w.investor_id = t.investor_id and w.asset_id = c.currency_asset_id
    returning w.*, t.taken
  ), posted as (
    insert into postings_live (investor_id, asset_id, account, version, journal_id, amount, balance_after)
    select r.investor_id, r.asset_id, 'INVESTOR_AVAILABLE'::ledger_account, r.available_version, v_journal, - r.taken, r.available from reserved r
    union all
    select r.investor_id, r.asset_id, 'INVESTOR_RESERVED', r.reserved_version, v_journal, r.taken, r.reserved from reserved r
  ), ordered as (
    insert into dealing_orders (investor_id, key, class_id, kind, state, asked, reserved_minor, reserved_units, dealing_date, cut_off_at, placed_at,
                                changed_at, prospectus_id, locale)
    select t.investor_id, t.order_key, p_class, 'BUY_AMOUNT', case when t.reason is null then 'ACCEPTED' else 'LAPSED' end::order_state, t.amount_minor,
           t.taken, 0, s.dealing_date, s.cut_off_at, v_now, v_now, v_prospectus, t.locale
      from turns t order by t.investor_id
    returning 1
  ), acted as (
    insert into dealing_acts (investor_id, key, order_key, asked, delta_minor, delta_units, journal_id, at, dealing_date, act, kind, class_id)
    select t.investor_id, t.order_key, t.order_key, t.amount_minor, t.taken, 0, case when t.taken > 0 then v_journal end, v_now, s.dealing_date, 'PLACED',
           'BUY_AMOUNT', p_class
      from turns t
  ), turned as (
    insert into savings_plan_turns (investor_id, plan_key, month, order_key, amount_minor, available_minor, at, planned_date, day_of_month, lapses, lapse)
    select t.investor_id, t.plan_key, t.month, t.order_key, t.amount_minor, t.available, v_now, n.planned_date, t.day_of_month, t.lapses, t.reason
      from turns t
      join (select distinct month, day_of_month, plan_date(month, day_of_month) as planned_date from turns) n using (month, day_of_month)
    returning 1
  ), moved as (
    update savings_plans p
       set lapses = t.lapses, changed_at = v_now, state = case when t.lapses < 3 then 'ACTIVE' else 'PAUSED' end::plan_state,
           next_month = case when t.lapses < 3 then (t.month + interval '1 month')::date end
      from turns t where p.investor_id = t.investor_id and p.key = t.plan_key
    returning 1
  ), written as (
    insert into mails (user_id, kind, recipient, locale, subject, body)
    select u.id, m.kind, u.email, u.locale, m.subject, m.body
      from turns t
      join users u on u.id = t.investor_id
      join unnest(p_locales, p_reasons, p_lapses, p_kinds, p_subjects, p_bodies) as m (locale, reason, lapses, kind, subject, body)
        on m.locale = u.locale and m.reason is not distinct from t.reason and m.lapses = t.lapses
     order by u.id
    returning 1
  )
  select array[(select count(*) from ordered), (select count(*) from turned), (select count(*) from moved), (select count(*) from written)] into v_done;
  if v_done <> array_fill(v_count::bigint, array[4]) then
    raise exception 'Of % turns of class %, orders, turns, plans and mails are %.', v_count, p_class, v_done;
  end if;
  perform enqueue_job('send-mails', '{}');
  return query select v_count, v_count < p_people;
end
$$;
