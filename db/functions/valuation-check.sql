-- STRUCK → CHECKED → PUBLISHED, or HELD: a day's value is held against the market model and against the day before (lib/domain/valuation/check.ts).

-- How far two prices are apart, parts of ten thousand of the second, rounded up.
create or replace function apart_e4(p_price bigint, p_from bigint) returns bigint
language sql immutable parallel safe
as $$
  select e4_up(abs(p_price - p_from), p_from)
$$;

-- What stops a valuation; null where nothing does. What joint approval cannot lift comes first.
create or replace function valuation_fault(v valuations) returns hold_reason
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  v_tolerance constant bigint := coalesce((select value_e4 from covenant_limits where fund_id = v.fund_id and name = 'NAV_TOLERANCE'), 0);
  v_jump constant bigint := coalesce((select value_e4 from covenant_limits where fund_id = v.fund_id and name = 'NAV_JUMP'), 0);
begin
  return (
    select case
      when not exists (select 1 from valuations b where b.id = v.base_id and working_day_after(b.nav_date, 1) = v.nav_date) then 'STALE'
      when v.jpy_per_usd_e4 is null then 'MISSING_RATE'
      when v.net_assets_usd_minor is null or v.net_assets_usd_minor <= 0 or coalesce(bool_or(c.price <= 0), true) then 'NOT_POSITIVE'
      when bool_or(apart_e4(c.price, c.previous_price) > v_jump) then 'JUMP'
      when bool_or(c.model_price is null or c.model_price <= 0 or c.previous_price is null) then 'OUT_OF_TOLERANCE'
      when bool_or(apart_e4(c.price, c.model_price) > v_tolerance) then 'OUT_OF_TOLERANCE'
    end::hold_reason
      from valuation_classes c where c.valuation_id = v.id);
end
$$;

-- Answers with the state that it is in now; null where there is nothing to check.
create or replace function check_valuation(p_fund smallint, p_date date) returns valuation_state
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  v valuations;
begin
  perform lock_valuations();
  select * into v from valuations where fund_id = p_fund and nav_date = p_date and state = 'STRUCK';
  if not found then
    return null;
  end if;
  v.hold_reason := valuation_fault(v);
  update valuations set state = case when v.hold_reason is null then 'CHECKED'::valuation_state else 'HELD' end, hold_reason = v.hold_reason,
                        checked_at = app_now()
   where id = v.id returning state into v.state;
  return v.state;
end
$$;

-- Internal: a revision and its prices become public, by itself or as a proposal has it.
create or replace function publish_revision(p_valuation bigint, p_proposal uuid default null) returns void
language sql volatile
set search_path = public, pg_temp
as $$
  update valuations set state = 'PUBLISHED', published_at = app_now(), proposal_id = p_proposal where id = p_valuation;
  insert into nav_prices (class_id, nav_date, revision, price, net_assets_minor, published_at)
  select c.class_id, v.nav_date, coalesce((select max(p.revision) from nav_prices p where p.class_id = c.class_id and p.nav_date = v.nav_date), 0) + 1,
         c.price, c.net_assets_minor, v.published_at
    from valuations v join valuation_classes c on c.valuation_id = v.id
   where v.id = p_valuation
$$;

-- Publishes what passed the check. Answers whether it did.
create or replace function publish_valuation(p_fund smallint, p_date date) returns boolean
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
begin
  perform lock_valuations();
  perform publish_revision(id) from valuations where fund_id = p_fund and nav_date = p_date and state = 'CHECKED';
  return found;
end
$$;
