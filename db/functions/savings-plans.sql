-- Monthly plans 積立 of one person (DOMAIN §6): start, change, pause, resume, end. One call is one transaction. A key answers the same when it comes again,
-- with another body it is refused (I1–I5). Refusals are codes, not exceptions; the rules and their order are those of lib/domain/dealing/plan.ts, and
-- tests hold the two together. What becomes of a plan's months stands in savings-turns.sql.
--
-- Acts of a person come one after the other by the row of their account, which no order locks; their plan's row keeps them and its turn apart.

-- The date that a plan asks for in a month, given by its first day: a month without that day has its last one instead.
create or replace function plan_asked_date(p_month date, p_day integer) returns date
language sql immutable parallel safe
as $$ select least(p_month + p_day - 1, (p_month + interval '1 month')::date - 1) $$;

-- The dealing day that it moves to, by the calendar of now.
create or replace function plan_date(p_month date, p_day integer) returns date
language sql stable
set search_path = public, pg_temp
as $$
  select n::date from generate_series(plan_asked_date(p_month, p_day), plan_asked_date(p_month, p_day) + 30, interval '1 day') n
   where extract(isodow from n) < 6 and not exists (select 1 from market_holidays h where h.day = n::date)
   order by n limit 1
$$;

-- When the turn comes on its dealing day: TURN_TIME of lib/domain/dealing/plan.ts, by the clocks of the class's market.
create or replace function plan_turn_at(p_class smallint, p_date date) returns timestamptz
language sql stable
set search_path = public, pg_temp
as $$ select (p_date + time '09:00') at time zone c.time_zone from unit_classes c where c.id = p_class $$;

-- The month of the first turn that is still to come, after the last month that had one.
create or replace function next_plan_month(p_class smallint, p_day integer, p_last date, p_now timestamptz) returns date
language sql stable
set search_path = public, pg_temp
as $$
  select n.month
    from (select greatest((date_trunc('month', p_now at time zone c.time_zone) - interval '1 month')::date, (p_last + interval '1 month')::date) as month
            from unit_classes c where c.id = p_class) f
   cross join lateral (select m::date as month from generate_series(f.month, f.month + interval '3 months', interval '1 month') m) n
   where plan_turn_at(p_class, plan_date(n.month, p_day)) > p_now
   order by n.month limit 1
$$;

-- Who may buy a class now (refusePurchaser of lib/domain/dealing/decide.ts): a code, or null.
create or replace function refuse_purchaser(p_investor bigint, p_class smallint) returns text
language sql stable
set search_path = public, pg_temp
as $$
  select case when i.status is distinct from 'ELIGIBLE' then 'order.not-eligible'
              when i.country is distinct from c.country then 'order.other-country'
              when i.suitability_expires_at <= app_now() then 'order.suitability-expired' end
    from unit_classes c left join investors i on i.investor_id = p_investor where c.id = p_class
$$;

-- The prospectus that orders of a class are placed with now (O4).
create or replace function newest_prospectus(p_class smallint) returns integer
language sql stable
set search_path = public, pg_temp
as $$
  select d.id from unit_classes c join document_versions d on d.fund_id = c.fund_id
   where c.id = p_class and d.kind = 'PROSPECTUS' and d.published_at <= app_now() order by d.version desc, d.id desc limit 1
$$;

create or replace function refuse_plan(p_code text, p_figure bigint default null)
returns table (code text, figure bigint, replayed boolean, number bigint, state plan_state, next_month date, at timestamptz)
language sql immutable
as $$ select p_code, p_figure, false, null::bigint, null::plan_state, null::date, null::timestamptz $$;

-- How the plan stands, as the answer of an act.
create or replace function plan_answer(p_investor bigint, p_plan uuid, p_replayed boolean, p_at timestamptz)
returns table (code text, figure bigint, replayed boolean, number bigint, state plan_state, next_month date, at timestamptz)
language sql stable
set search_path = public, pg_temp
as $$
  select null::text, null::bigint, p_replayed, p.number, p.state, p.next_month, p_at
    from savings_plans p where p.investor_id = p_investor and p.key = p_plan
$$;

-- The answer to a key that has been used: the plan as it stands now, or that it did something else. No row for a new key.
create or replace function replay_plan(
  p_investor bigint, p_key uuid, p_act plan_act, p_plan uuid, p_class smallint, p_amount bigint, p_day integer)
returns table (code text, figure bigint, replayed boolean, number bigint, state plan_state, next_month date, at timestamptz)
language sql stable
set search_path = public, pg_temp
as $$
  select r.*
    from savings_plan_acts a
   cross join lateral (
     select * from plan_answer(p_investor, a.plan_key, true, a.at)
      where (a.act, a.plan_key) = (p_act, p_plan)
        and (p_act not in ('STARTED', 'CHANGED') or (a.class_id, a.amount_minor, a.day_of_month) = (coalesce(p_class, a.class_id), p_amount, p_day))
     union all
     select * from refuse_plan('order.key-reused')
      limit 1
   ) r
   where a.investor_id = p_investor and a.key = p_key
$$;

-- What is wrong with an amount and a day: a code and the least amount, or nothing.
create or replace function refuse_plan_terms(p_class smallint, p_amount bigint, p_day integer, out code text, out figure bigint)
language sql stable
set search_path = public, pg_temp
as $$
  select x.code, case x.code when 'plan.below-minimum' then x.least end
    from (select c.plan_minimum_minor as least,
                 case when p_day is null or p_day not between 1 and 31 then 'plan.no-such-day'
                      when p_amount is null or p_amount <= 0 then 'amount.zero'
                      when p_amount > 10000000000000 then 'amount.too-large'
                      when p_amount < c.plan_minimum_minor then 'plan.below-minimum' end as code
            from unit_classes c where c.id = p_class) x
$$;

create or replace function record_plan_act(p savings_plans, p_key uuid, p_act plan_act) returns void
language sql volatile
set search_path = public, pg_temp
as $$
  insert into savings_plan_acts (investor_id, key, plan_key, amount_minor, at, class_id, day_of_month, act)
  values (p.investor_id, p_key, p.key, p.amount_minor, p.changed_at, p.class_id, p.day_of_month, p_act)
$$;

create or replace function start_plan(
  p_investor bigint, p_key uuid, p_class smallint, p_amount bigint, p_day integer, p_locale locale, p_consent boolean)
returns table (code text, figure bigint, replayed boolean, number bigint, state plan_state, next_month date, at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  c unit_classes;
  v_prospectus constant integer := newest_prospectus(p_class);
  v_opened boolean;
  v_agreed boolean;
  v_code text;
  v_terms record;
  v_plan savings_plans;
begin
  perform 1 from investors where investor_id = p_investor for no key update;
  return query select * from replay_plan(p_investor, p_key, 'STARTED', p_key, p_class, p_amount, p_day);
  if found then return; end if;
  select * into c from unit_classes where id = p_class;
  if not found then
    return query select * from refuse_plan('plan.not-found');
    return;
  end if;
  select coalesce(bool_or(s.act = 'OPENED'), false), coalesce(bool_or(s.act = 'AGREED'), false) into v_opened, v_agreed
    from consents s where s.investor_id = p_investor and s.document_version_id = v_prospectus;
  v_code := coalesce(refuse_purchaser(p_investor, p_class), case
    when c.dealing_from is null or coalesce((select s.dealing_date < c.dealing_from from dealing_session(p_class, v_now) s), true)
      then 'order.dealing-not-open'
    when exists (select 1 from savings_plans p where p.investor_id = p_investor and p.class_id = p_class and p.state <> 'ENDED') then 'plan.exists'
    when not v_opened then 'order.prospectus-not-opened'
    when not (v_agreed or p_consent) then 'order.consent-missing'
  end);
  select * into v_terms from refuse_plan_terms(p_class, p_amount, p_day);
  if coalesce(v_code, v_terms.code) is not null then
    return query select * from refuse_plan(coalesce(v_code, v_terms.code), case when v_code is null then v_terms.figure end);
    return;
  end if;
  if not v_agreed then perform agree_to_document(p_investor, v_prospectus, p_locale); end if;
  insert into savings_plans (investor_id, key, amount_minor, started_at, changed_at, next_month, class_id, day_of_month, state, locale)
  values (p_investor, p_key, p_amount, v_now, v_now, next_plan_month(p_class, p_day, null, v_now), p_class, p_day, 'ACTIVE', p_locale)
  returning * into v_plan;
  perform record_plan_act(v_plan, p_key, 'STARTED');
  return query select * from plan_answer(p_investor, p_key, false, v_now);
end
$$;

-- Changes the amount, the day, or the state of a plan. What a month's turn has ordered already stays, and so does the month: a plan has one turn in each,
-- also where its day moves on within it. Whoever goes on with a plan may agree to a newer prospectus by it.
create or replace function act_on_plan(
  p_investor bigint, p_key uuid, p_plan uuid, p_act plan_act, p_amount bigint, p_day integer, p_locale locale, p_consent boolean)
returns table (code text, figure bigint, replayed boolean, number bigint, state plan_state, next_month date, at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  p savings_plans;
  v_code text;
  v_figure bigint;
  v_last date;
begin
  perform 1 from investors where investor_id = p_investor for no key update;
  return query select * from replay_plan(p_investor, p_key, p_act, p_plan, null, p_amount, p_day);
  if found then return; end if;
  select * into p from savings_plans where investor_id = p_investor and key = p_plan for no key update;
  if not found or p_act = 'STARTED' then
    return query select * from refuse_plan('plan.not-found');
    return;
  end if;
  -- Whoever wants to order less may always.
  if p_act in ('CHANGED', 'RESUMED') then v_code := refuse_purchaser(p_investor, p.class_id); end if;
  v_code := coalesce(v_code, case
    when p.state = 'ENDED' then 'plan.ended'
    when p_act = 'RESUMED' and p.state <> 'PAUSED' then 'plan.not-paused'
    when p_act = 'PAUSED' and p.state <> 'ACTIVE' then 'plan.not-active'
  end);
  if v_code is null and p_act = 'CHANGED' then
    select t.code, t.figure into v_code, v_figure from refuse_plan_terms(p.class_id, p_amount, p_day) t;
  end if;
  if v_code is not null then
    return query select * from refuse_plan(v_code, v_figure);
    return;
  end if;
  if p_act = 'CHANGED' then
    p.amount_minor := p_amount;
    p.day_of_month := p_day;
  else
    p.state := case p_act when 'PAUSED' then 'PAUSED' when 'ENDED' then 'ENDED' else 'ACTIVE' end::plan_state;
    if p_act = 'RESUMED' then p.lapses := 0; end if;
  end if;
  if p_consent and p_act in ('CHANGED', 'RESUMED') then perform agree_to_document(p_investor, newest_prospectus(p.class_id), p_locale); end if;
  select max(t.month) into v_last from savings_plan_turns t where t.investor_id = p_investor and t.plan_key = p_plan;
  update savings_plans s
     set amount_minor = p.amount_minor, day_of_month = p.day_of_month, state = p.state, lapses = p.lapses, changed_at = v_now,
         next_month = case p.state when 'ACTIVE' then next_plan_month(p.class_id, p.day_of_month, v_last, v_now) end
   where s.investor_id = p_investor and s.key = p_plan returning * into p;
  perform record_plan_act(p, p_key, p_act);
  return query select * from plan_answer(p_investor, p_plan, false, v_now);
end
$$;
