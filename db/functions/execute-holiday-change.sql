-- HOLIDAY_CHANGE: a market has a holiday that no rule foresaw, or opens on one that stands in the table (lib/domain/calendar/change.ts). Every order that
-- waits deals on the first dealing day from the one it was accepted for, settlement is worked out anew, and whoever is touched is told by mail
-- (tell-moved-days.sql). Days that have begun anywhere in the fund's markets are never touched: by then cash is settled, plans order, and orders close.

create or replace function check_holiday_change(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  v_now constant timestamptz := app_now();
  v_day date;
  d record;
  h market_holidays;
begin
  -- A day of the years that are known; one that does not exist is none of them.
  select g::date into v_day
    from generate_series((select date_trunc('year', min(x.day)) from market_holidays x),
                         (select date_trunc('year', max(x.day)) + interval '1 year - 1 day' from market_holidays x), interval '1 day') g
   where g::date::text = p_payload ->> 'holiday';
  if v_day is null then
    return refusal('holiday.beyond-calendar');
  end if;
  if p_payload ->> 'change' not in ('ADD', 'REMOVE') or '' in (p_payload ->> 'nameEn', p_payload ->> 'nameJa', p_payload ->> 'reasonEn', p_payload ->> 'reasonJa') then
    return refusal('proposal.invalid');
  end if;
  select min(v_day::timestamp at time zone c.time_zone) as begins, max((v_day + 1)::timestamp at time zone c.time_zone) as ends,
         min((v_day + c.cut_off::time) at time zone c.time_zone) as closes
    into d from unit_classes c;
  select * into h from market_holidays x where x.country::text = p_payload ->> 'market' and x.day = v_day;
  return case
    when extract(isodow from v_day) > 5 then refusal('holiday.weekend')
    when v_now >= d.ends then refusal('holiday.past')
    when v_now >= d.closes then refusal('holiday.cut-off-passed')
    when v_now >= d.begins then refusal('holiday.too-near')
    when p_payload ->> 'change' = 'ADD' then case when h.day is not null then refusal('holiday.listed') end
    when (h.name_en, h.name_ja) is distinct from (p_payload ->> 'nameEn', p_payload ->> 'nameJa') then refusal('holiday.not-listed')
  end;
end
$$;

create or replace function execute_holiday_change(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_day date;
  v_refused jsonb;
  v_before jsonb;
begin
  -- No day is begun, and no order placed or cancelled, while the days move; in the order in which the runs of days lock.
  perform lock_valuations();
  perform seal_dealing(c.id) from (select id from unit_classes order by id) c;
  v_refused := check_holiday_change(p_payload, p_proposal);
  if v_refused is not null then
    return v_refused;
  end if;
  v_day := (p_payload ->> 'holiday')::date;
  v_before := holiday_effects(p_payload);
  insert into holiday_changes (proposal_id, number, country, day, change, name_en, name_ja, reason_en, reason_ja)
  values (p_proposal.id, p_proposal.number, (p_payload ->> 'market')::country, v_day, p_payload ->> 'change', p_payload ->> 'nameEn',
          p_payload ->> 'nameJa', p_payload ->> 'reasonEn', p_payload ->> 'reasonJa');
  insert into holiday_notices (proposal_id, class_id, about, buys, since, from_day, to_day, money_from, money_to, last_order)
  select p_proposal.id, m.class_id, m.about, m.buys, m.since, m.from_day, m.to_day, m.money_from, m.money_to,
         coalesce((select max(o.number) from dealing_orders o), 0)
    from moved_by_holiday(p_payload) m order by m.class_id, m.about, m.from_day, m.since, m.buys;
  if p_payload ->> 'change' = 'ADD' then
    insert into market_holidays (country, day, name_en, name_ja)
    values ((p_payload ->> 'market')::country, v_day, p_payload ->> 'nameEn', p_payload ->> 'nameJa');
  else
    delete from market_holidays h where h.country::text = p_payload ->> 'market' and h.day = v_day;
  end if;
  update dealing_orders o
     set dealing_date = m.to_day, cut_off_at = (m.to_day + c.cut_off::time) at time zone c.time_zone, changed_at = app_now()
    from holiday_notices m
    join unit_classes c on c.id = m.class_id
    join dealing_acts a on a.class_id = m.class_id and a.dealing_date = m.since and a.act = 'PLACED'
   where m.proposal_id = p_proposal.id and m.about = 'ORDER' and a.investor_id = o.investor_id and a.key = o.key
     and o.state = 'ACCEPTED' and o.dealing_date = m.from_day and (o.reserved_units = 0) = m.buys;
  -- What is paid by now keeps its day; the seventh day bounds a payout also where the days before it are closed now.
  update dealing_runs r
     set settlement_date = case when r.settlement_date > t.today then market_day_after(c.country, r.dealing_date, c.settlement_days) else r.settlement_date end,
         payout_date = case when r.payout_date > t.today then greatest(payout_day(c.country, r.dealing_date, c.settlement_days), t.today) else r.payout_date end
    from unit_classes c
   cross join lateral (select (app_now() at time zone c.time_zone)::date as today) t
   where c.id = r.class_id and r.step <> 'DONE';
  perform enqueue_job('tell-moved-days', '{}');
  return jsonb_build_object('before', v_before);
end
$$;
