-- A value from outside in the place of the job's: of the day that is next, as net assets in dollars. It goes the same way: checked against the model and
-- the day before, published by itself or held. The service hands in the books that it has rolled, as the job does; the portfolio is what is left for it.
create or replace function import_valuation(
  p_session uuid, p_fund smallint, p_date date, p_net bigint, p_given_rate bigint, p_model text, p_rule integer, p_base bigint, p_rate bigint,
  p_projects smallint[], p_marks bigint[], p_cash bigint, p_debt bigint, p_fees bigint, p_classes smallint[], p_model_prices bigint[])
returns table (code text, state valuation_state, reason hold_reason)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  s record;
  v valuations;
  b valuations;
  v_fixed bigint;
  v_code text;
begin
  perform lock_log();
  select * into s from require_staff(p_session, '{OPERATOR,MANAGER}');
  perform lock_valuations();
  select * into v from valuations x where x.fund_id = p_fund and x.nav_date = p_date and x.state <> 'SUPERSEDED';
  if v.source = 'IMPORT' and v.net_assets_usd_minor = p_net and v.jpy_per_usd_e4 = coalesce(p_given_rate, v.jpy_per_usd_e4) then
    return query select null::text, v.state, v.hold_reason;
    return;
  end if;
  select * into b from valuations x where x.fund_id = p_fund and x.state = 'PUBLISHED' order by x.nav_date desc limit 1;
  select f.jpy_per_usd_e4 into v_fixed from fx_rates f where f.rate_date = p_date and f.published_at <= app_now();
  v_code := case
    when v.state = 'PUBLISHED' or p_date <= b.nav_date then 'valuation.published'
    when not is_dealing_day(p_date) then 'valuation.no-dealing-day'
    when working_day_after(b.nav_date, 1) <> p_date then 'valuation.out-of-order'
    when nav_as_of(p_fund, p_date) > app_now() then 'valuation.too-early'
    when v_fixed is null and p_given_rate is null then 'valuation.rate-missing'
    when v_fixed <> p_given_rate then 'valuation.rate-differs'
    when b.id is distinct from p_base or p_rate is distinct from coalesce(v_fixed, p_given_rate) then 'valuation.changed'
  end;
  if v_code is not null then
    return query select v_code, null::valuation_state, null::hold_reason;
    return;
  end if;
  if v_fixed is null then
    insert into fx_rates (rate_date, jpy_per_usd_e4, spread_sen, published_at)
    select p_date, p_given_rate, f.spread_sen, app_now() from fx_rates f order by f.rate_date desc limit 1;
  end if;
  perform write_valuation(p_fund, p_date, 'IMPORT', p_model, p_rule, p_base, p_rate, p_projects, p_marks, p_cash, p_debt, p_fees, p_net, p_classes,
                          p_model_prices);
  perform check_valuation(p_fund, p_date);
  perform publish_valuation(p_fund, p_date);
  select * into v from valuations x where x.fund_id = p_fund and x.nav_date = p_date and x.state <> 'SUPERSEDED';
  perform log_act('NAV_IMPORTED', 'nav:' || p_date, s.user_id, s.side,
    canonical_json(jsonb_build_object('revision', v.revision::text, 'netAssetsUsdMinor', p_net::text, 'jpyPerUsdE4', p_rate::text, 'state', v.state)));
  return query select null::text, v.state, v.hold_reason;
end
$$;
