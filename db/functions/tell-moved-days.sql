-- Mails of a change of holidays (execute-holiday-change.sql): the signature that carries it out only opens a notice for each group of orders or plans that
-- it moves; the job worker writes to so many people in one transaction, which also moves the notice on, so nobody is told twice or left out.

create or replace function list_holiday_notices()
returns table (notice_id integer, class_name jsonb, about text, buys boolean, from_day date, to_day date, money_from date, money_to date,
               cut_off_at timestamptz, country country, holiday date, change text, holiday_name jsonb, reason jsonb)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select n.id, jsonb_build_object('en', c.name_en, 'ja', c.name_ja), n.about, n.buys, n.from_day, n.to_day, n.money_from, n.money_to,
         (n.to_day + c.cut_off::time) at time zone c.time_zone, h.country, h.day, h.change, jsonb_build_object('en', h.name_en, 'ja', h.name_ja),
         jsonb_build_object('en', h.reason_en, 'ja', h.reason_ja)
    from holiday_notices n
    join holiday_changes h on h.proposal_id = n.proposal_id
    join unit_classes c on c.id = n.class_id
   where n.finished_at is null order by n.id
$$;

-- Whom a notice is about: whoever has ended the order or plan since needs no mail of it.
create or replace function people_of_notice(n holiday_notices) returns table (investor_id bigint)
language sql stable
set search_path = public, pg_temp
as $$
  select o.investor_id
    from dealing_orders o
    join dealing_acts a on a.investor_id = o.investor_id and a.key = o.key
   where n.about <> 'PLAN' and o.class_id = n.class_id and a.dealing_date = n.since and o.dealing_date = n.to_day and o.number <= n.last_order
     and (o.kind in ('BUY_AMOUNT', 'BUY_UNITS')) = n.buys and o.state in ('ACCEPTED', 'CUT_OFF', 'PRICED')
  union
  select d.investor_id from current_deals d
   where n.about = 'MONEY' and d.class_id = n.class_id and d.dealing_date = n.to_day and d.buys = n.buys and d.units > 0
  union
  select p.investor_id
    from savings_plans p
    join holiday_changes h on h.proposal_id = n.proposal_id
   where n.about = 'PLAN' and p.class_id = n.class_id and p.state = 'ACTIVE' and p.changed_at <= h.at
     and (p.next_month, p.day_of_month::integer) in (
       select m::date, d
         from generate_series(date_trunc('month', n.since - interval '31 days'), n.since, interval '1 month') m cross join generate_series(1, 31) d
        where plan_asked_date(m::date, d) <= n.since and dealing_day_from(plan_asked_date(m::date, d)) = n.to_day)
$$;

-- Writes the mails of the next `p_people`; the arrays run in step: a language has a subject and a body.
create or replace function tell_moved_days(p_notice integer, p_people integer, p_kind text, p_locales locale[], p_subjects text[], p_bodies text[])
returns table (told integer, finished boolean)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  n holiday_notices;
  v_people bigint[];
begin
  select * into n from holiday_notices x where x.id = p_notice and x.finished_at is null for no key update;
  if not found then
    return query select 0, true;
    return;
  end if;
  v_people := array(
    select p.investor_id from people_of_notice(n) p where p.investor_id > n.told_up_to order by p.investor_id limit p_people);
  perform write_same_mail(v_people, p_kind, p_locales, p_subjects, p_bodies);
  return query
    update holiday_notices d
       set told_up_to = coalesce(v_people[cardinality(v_people)], d.told_up_to), told = d.told + cardinality(v_people),
           finished_at = case when cardinality(v_people) < p_people then app_now() end
     where d.id = p_notice
    returning cardinality(v_people), d.finished_at is not null;
end
$$;
