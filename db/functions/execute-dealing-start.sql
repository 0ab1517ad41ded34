-- DEALING_START: from which dealing day orders of a class are taken at net asset value. Until that day is the next one to be dealt, it can be moved; from
-- then on people's orders may wait for it.

create or replace function check_dealing_start(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  c unit_classes;
  v_next date;
  v_date date;
begin
  select * into c from unit_classes where code = p_payload ->> 'class';
  if not found then
    return refusal('dealing.no-such-class');
  end if;
  if coalesce(p_payload ->> 'remark', '') = '' then
    return refusal('proposal.invalid');
  end if;
  -- A day of the calendar, whose end is the last that anything is known of.
  select d::date into v_date
    from generate_series((select min(h.day) from market_holidays h), (select max(h.day) from market_holidays h), interval '1 day') d
   where d::date::text = p_payload ->> 'dealingFrom';
  select s.dealing_date into v_next from dealing_session(c.id, app_now()) s;
  return case
    when c.dealing_from <= v_next then refusal('dealing.begun')
    when c.dealing_from = v_date then refusal('proposal.unchanged')
    when v_date is null or extract(isodow from v_date) > 5 or exists (select 1 from market_holidays h where h.day = v_date)
      then refusal('dealing.no-dealing-day')
    when v_next is null or v_date < v_next then refusal('dealing.too-late')
  end;
end
$$;

create or replace function execute_dealing_start(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  c unit_classes;
  v_refused jsonb;
begin
  -- Orders that are being placed end first, and what is asked of them after it is asked under the new day.
  select * into c from unit_classes where code = p_payload ->> 'class';
  perform seal_dealing(c.id);
  v_refused := check_dealing_start(p_payload, p_proposal);
  if v_refused is not null then
    return v_refused;
  end if;
  update unit_classes set dealing_from = (p_payload ->> 'dealingFrom')::date where id = c.id;
  return jsonb_build_object('before', jsonb_build_object('dealingFrom', c.dealing_from));
end
$$;
