-- Striking a day's value. The job rolls the books with the market model (lib/domain/valuation) and hands in what came out; units, citizens' cash, the
-- rate and the classes' prices are found here. One valuation after the other, whoever asks.

create or replace function lock_valuations() returns void
language sql volatile
as $$
  select pg_advisory_xact_lock(7309245122)
$$;

-- The dealing days of which a mid rate is due at 10:00 in Tokyo and not there, with the one to go on from.
create or replace function list_due_rates() returns table (rate_date date, previous_e4 bigint)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select d::date, r.jpy_per_usd_e4
    from (select f.rate_date, f.jpy_per_usd_e4 from fx_rates f order by f.rate_date desc limit 1) r
   cross join generate_series(r.rate_date + 1, app_now()::date + 1, interval '1 day') d
   where is_dealing_day(d::date) and (d::date + time '10:00') at time zone 'Asia/Tokyo' <= app_now()
   order by d
$$;

-- Publishes a mid rate 仲値 that is due; one that is there stays as it is. The spread is that of the day before.
create or replace function fix_mid_rate(p_date date, p_rate bigint) returns boolean
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
begin
  perform lock_valuations();
  if p_date <= (select max(f.rate_date) from fx_rates f) or not is_dealing_day(p_date)
     or (p_date + time '10:00') at time zone 'Asia/Tokyo' > app_now() then
    return false;
  end if;
  insert into fx_rates (rate_date, jpy_per_usd_e4, spread_sen, published_at)
  select p_date, p_rate, f.spread_sen, app_now() from fx_rates f order by f.rate_date desc limit 1;
  return true;
end
$$;

-- What is to be done next: the first day that is due, is not published, and does not wait for anybody. STRIKE, CHECK or PUBLISH. Day by day, so that
-- somebody who catches up with a year looks at one day a step.
create or replace function next_valuation(p_fund smallint)
returns table (nav_date date, act text, base_id bigint, rate_e4 bigint, day_before boolean)
language plpgsql stable security definer
set search_path = public, pg_temp
as $$
declare
  b record;
  v record;
begin
  select n.id, n.nav_date as day, working_day_after(n.nav_date, 1) as next_day into b
    from valuations n where n.fund_id = p_fund and n.state = 'PUBLISHED' order by n.nav_date desc limit 1;
  nav_date := b.day;
  base_id := b.id;
  loop
    nav_date := nav_date + 1;
    exit when nav_date is null or nav_struck_at(p_fund, nav_date) > app_now();
    continue when not is_dealing_day(nav_date);
    day_before := nav_date = b.next_day;
    rate_e4 := (select r.jpy_per_usd_e4 from fx_rates r where r.rate_date = next_valuation.nav_date and r.published_at <= app_now());
    select x.state, x.hold_reason into v from valuations x
     where x.fund_id = p_fund and x.nav_date = next_valuation.nav_date and x.state <> 'SUPERSEDED';
    act := case
      when v.state is null
        or v.state = 'HELD' and v.hold_reason = 'STALE' and day_before
        or v.state = 'HELD' and v.hold_reason = 'MISSING_RATE' and rate_e4 is not null then 'STRIKE'
      when v.state = 'STRUCK' then 'CHECK'
      when v.state = 'CHECKED' then 'PUBLISH'
    end;
    if act is not null then
      return next;
      exit;
    end if;
  end loop;
end
$$;

-- Writes a revision of a day. With `p_net` the portfolio is what is left for it; otherwise the net assets follow from the marks. Without a rate, or where
-- the day before has no published value, there is nothing to value with, and the row says only that.
create or replace function write_valuation(
  p_fund smallint, p_date date, p_source valuation_source, p_model text, p_rule integer, p_base bigint, p_rate bigint, p_projects smallint[],
  p_marks bigint[], p_cash bigint, p_debt bigint, p_fees bigint, p_net bigint, p_classes smallint[], p_model_prices bigint[])
returns bigint
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_as_of constant timestamptz := nav_as_of(p_fund, p_date);
  v_usd constant bigint := citizens_cash(p_fund, 'USD', v_as_of);
  v_jpy constant bigint := citizens_cash(p_fund, 'JPY', v_as_of);
  v_figures constant boolean := p_rate is not null and p_projects is not null;
  v_rest constant bigint := p_cash + v_usd + div(v_jpy::numeric * 1000000, p_rate)::bigint - p_debt - p_fees;
  v_marks constant bigint := (select sum(m) from unnest(p_marks) m);
  v_net constant bigint := coalesce(p_net, v_marks + v_rest);
  v_id bigint;
begin
  update valuations set state = 'SUPERSEDED' where fund_id = p_fund and nav_date = p_date and state <> 'SUPERSEDED';
  insert into valuations (fund_id, nav_date, revision, state, source, model, rule_version, as_of, jpy_per_usd_e4, portfolio_usd_minor, cash_usd_minor,
                          citizens_usd_minor, citizens_jpy_minor, debt_usd_minor, fees_usd_minor, net_assets_usd_minor, owners_usd_minor, base_id,
                          struck_at)
  select p_fund, p_date, coalesce((select max(revision) from valuations where fund_id = p_fund and nav_date = p_date), 0) + 1, 'STRUCK', p_source,
         p_model, p_rule, v_as_of, p_rate, f.*, p_base, app_now()
    from (select v_net - v_rest, p_cash, v_usd, v_jpy, p_debt, p_fees, v_net,
                 v_net - coalesce((select sum(c.net_usd) from value_classes(p_fund, v_net, p_rate, v_as_of) c), 0) where v_figures
          union all select null, null, null, null, null, null, null, null where not v_figures) f
  returning id into v_id;
  if v_figures then
    insert into valuation_marks (valuation_id, project_id, value_usd_minor)
    select v_id, m.project_id, m.value_usd_minor from scaled_marks(p_projects, p_marks, v_net - v_rest) m;
    insert into valuation_classes (valuation_id, class_id, units, net_assets_usd_minor, net_assets_minor, price, model_price, previous_price)
    select v_id, c.class_id, c.units, c.net_usd, c.net_minor, c.price, e.price, b.price
      from value_classes(p_fund, v_net, p_rate, v_as_of) c
      left join unnest(p_classes, p_model_prices) e(class_id, price) on e.class_id = c.class_id
      left join valuation_classes b on b.valuation_id = p_base and b.class_id = c.class_id;
  end if;
  return v_id;
end
$$;

-- For the job: the day that is next, from the books that were read. Answers whether it was struck; another worker may have been first.
create or replace function strike_valuation(
  p_fund smallint, p_date date, p_model text, p_rule integer, p_base bigint, p_rate bigint, p_projects smallint[], p_marks bigint[], p_cash bigint,
  p_debt bigint, p_fees bigint, p_classes smallint[], p_model_prices bigint[])
returns boolean
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  n record;
begin
  perform lock_valuations();
  select * into n from next_valuation(p_fund);
  if n.nav_date is distinct from p_date or n.act <> 'STRIKE' or n.base_id <> p_base or n.rate_e4 is distinct from p_rate then
    return false;
  end if;
  perform write_valuation(p_fund, p_date, 'MODEL', p_model, p_rule, p_base, p_rate, case when n.day_before then p_projects end, p_marks, p_cash,
                          p_debt, p_fees, null, p_classes, p_model_prices);
  return true;
end
$$;

-- The books of the fund on the newest day that has a price and no valuation behind it: what is left of what owners and citizens paid, what was lent,
-- and projects at what the published price says they are worth. Only where no valuation is there. For the seed.
create or replace function open_books(p_fund smallint, p_model text, p_rule integer) returns boolean
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_price record;
  v_rate bigint;
  v_net bigint;
  v_id bigint;
  v_debt constant bigint := (select debt_usd_minor from funds where id = p_fund);
begin
  perform lock_valuations();
  select p.* into v_price from nav_prices p join unit_classes c on c.id = p.class_id
   where c.fund_id = p_fund and c.currency = 'USD' order by p.nav_date desc, p.revision desc limit 1;
  select jpy_per_usd_e4 into v_rate from fx_rates where rate_date = v_price.nav_date;
  if v_price.nav_date is null or v_rate is null or exists (select 1 from valuations where fund_id = p_fund) then
    return false;
  end if;
  -- The net assets at which a unit has the published price.
  select div(v_price.price * (owners_par(p_fund) * power(10::numeric, 14) + sum(c.claim) over ()) * 100,
             c.par_e12 * 10000 * power(10::numeric, c.price_decimals))::bigint into v_net
    from class_claims(p_fund, nav_as_of(p_fund, v_price.nav_date)) c order by c.class_id = v_price.class_id desc limit 1;
  v_id := write_valuation(p_fund, v_price.nav_date, 'OPENING', p_model, p_rule, null, v_rate,
    (select array_agg(id order by id) from projects where fund_id = p_fund), (select array_agg(paid_usd_minor order by id) from projects where fund_id = p_fund),
    owners_par(p_fund) + v_debt - (select sum(paid_usd_minor) from projects where fund_id = p_fund)::bigint, v_debt, 0, v_net, null, null);
  update valuations set state = 'PUBLISHED', checked_at = v_price.published_at, published_at = v_price.published_at where id = v_id;
  return true;
end
$$;
