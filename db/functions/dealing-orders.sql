-- Orders at NAV of one person (DOMAIN §5, §6): place and cancel. One call is one transaction. A key answers the same when it comes again, with another
-- body it is refused (I1–I5). Refusals are codes, not exceptions; the rules and their order are those of lib/domain/dealing/decide.ts, and tests hold
-- the two together.
--
-- No row is shared by two people. The owner's wallet in the class's currency is the lock of their cash and of their units. No price is read but the
-- last published one, for the estimate of a purchase by units: what an order deals at does not exist yet.

-- Whoever closes the class's day, or calls an offering of it off, waits for the calls that are inside it, and each call looks at the state after it has
-- entered. Any number that no other advisory lock uses; the second half is the class.
create or replace function enter_dealing(p_class smallint) returns void
language sql volatile
as $$ select pg_advisory_xact_lock_shared(1999, p_class) $$;

create or replace function seal_dealing(p_class smallint) returns void
language sql volatile
as $$ select pg_advisory_xact_lock(1999, p_class) $$;

-- The dealing day that an order of the class has at an instant, and when its orders close (lib/domain/calendar/dealing-times.ts): the first day on which
-- both markets are open and whose cut-off, by the clocks of the class's own market, has not come.
create or replace function dealing_session(p_class smallint, p_at timestamptz, out dealing_date date, out cut_off_at timestamptz)
language sql stable
set search_path = public, pg_temp
as $$
  select d.day, d.closes
    from unit_classes c
   cross join lateral generate_series((p_at at time zone c.time_zone)::date, (p_at at time zone c.time_zone)::date + 30, interval '1 day') n
   cross join lateral (select n::date as day, (n::date + c.cut_off::time) at time zone c.time_zone as closes) d
   where c.id = p_class and d.closes > p_at and extract(isodow from d.day) < 6
     and not exists (select 1 from market_holidays h where h.day = d.day)
   order by d.day limit 1
$$;

-- Units of a holding that no order waits for, nor the refund of an offering that was called off (sale-refunds.sql).
create or replace function free_units(p_investor bigint, p_class smallint) returns bigint
language sql stable
set search_path = public, pg_temp
as $$
  select coalesce((select h.units from holdings h where h.investor_id = p_investor and h.class_id = p_class), 0)
         - coalesce((select sum(d.reserved_units) from dealing_orders d
                      where d.investor_id = p_investor and d.class_id = p_class and d.state in ('ACCEPTED', 'CUT_OFF')), 0)::bigint
         - coalesce((select sum(r.units)
                       from sale_refunds s
                       join orders r on r.offering_id = s.offering_id and r.investor_id = p_investor and r.class_id = p_class and r.state = 'SETTLED'
                      where s.finished_at is null and p_investor > s.refunded_up_to), 0)::bigint
$$;

-- The same of the one person whom the transaction names, for their pages.
create or replace function own_free_units(p_class smallint) returns bigint
language sql stable security definer
set search_path = public, pg_temp
as $$
  select free_units(nullif(current_setting('app.investor_id', true), '')::bigint, p_class)
$$;

-- The answer to a key that has been used: what it did, or that it did something else. No row for a new key.
create or replace function replay_dealing(
  p_investor bigint, p_key uuid, p_act dealing_act, p_order uuid, p_class smallint, p_kind dealing_kind, p_asked bigint)
returns table (code text, figure bigint, replayed boolean, number bigint, reserved_minor bigint, reserved_units bigint, dealing_date date,
               cut_off_at timestamptz, at timestamptz)
language sql stable
set search_path = public, pg_temp
as $$
  select x.code, null::bigint, x.code is null, o.number, greatest(a.delta_minor, 0), greatest(a.delta_units, 0), o.dealing_date, o.cut_off_at, a.at
    from dealing_acts a
    join dealing_orders o on o.investor_id = a.investor_id and o.key = a.order_key
   cross join lateral (
     select case when (a.act, a.order_key) = (p_act, p_order)
                  and (p_act = 'CANCELLED' or (a.class_id, a.kind, a.asked) = (p_class, p_kind, p_asked))
                 then null else 'order.key-reused' end as code
   ) x
   where a.investor_id = p_investor and a.key = p_key
$$;

create or replace function refuse_dealing(p_code text, p_figure bigint default null)
returns table (code text, figure bigint, replayed boolean, number bigint, reserved_minor bigint, reserved_units bigint, dealing_date date,
               cut_off_at timestamptz, at timestamptz)
language sql immutable
as $$
  select p_code, p_figure, false, null::bigint, null::bigint, null::bigint, null::date, null::timestamptz, null::timestamptz
$$;

-- What becomes of the request, under the lock of the wallet: a code, or what it sets aside. `figure` is the cash or the units that there are.
create or replace function judge_dealing(
  p_investor bigint, p_class smallint, p_kind dealing_kind, p_asked bigint, p_date date, p_consent boolean,
  out code text, out figure bigint, out amount bigint, out units bigint, out estimate bigint, out prospectus integer, out agrees boolean,
  out dealing_date date, out cut_off_at timestamptz)
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_now constant timestamptz := app_now();
  v_buys constant boolean := p_kind in ('BUY_AMOUNT', 'BUY_UNITS');
  c record;
  i investors;
  v_opened boolean;
  v_agreed boolean;
begin
  select u.*, power(10::numeric, greatest(d.decimals - u.price_decimals, 0)) as numerator,
         u.quote_units * power(10::numeric, greatest(u.price_decimals - d.decimals, 0)) as denominator
    into c from unit_classes u join assets d on d.id = u.currency_asset_id where u.id = p_class;
  -- A switch is placed by place_switch, and judged as the redemption that it begins with.
  if not found or p_kind = 'SWITCH' then
    code := 'order.not-found';
    return;
  end if;
  select s.dealing_date, s.cut_off_at into dealing_date, cut_off_at from dealing_session(p_class, v_now) s;
  select d.id into prospectus from document_versions d
   where d.fund_id = c.fund_id and d.kind = 'PROSPECTUS' and d.published_at <= v_now order by d.version desc, d.id desc limit 1;
  select * into i from investors where investor_id = p_investor;
  select coalesce(bool_or(s.act = 'OPENED'), false), coalesce(bool_or(s.act = 'AGREED'), false) into v_opened, v_agreed
    from consents s where s.investor_id = p_investor and s.document_version_id = prospectus;
  agrees := v_buys and p_consent and not v_agreed;
  code := case
    when v_buys and i.status is distinct from 'ELIGIBLE' then 'order.not-eligible'
    when coalesce(i.status, 'FROZEN') = 'FROZEN' then 'order.not-eligible'
    when v_buys and i.country is distinct from c.country then 'order.other-country'
    when v_buys and i.suitability_expires_at <= v_now then 'order.suitability-expired'
    when c.dealing_from is null or dealing_date is null or dealing_date < c.dealing_from then 'order.dealing-not-open'
    when p_date is distinct from dealing_date then 'order.day-changed'
    -- A call that waited while the day was closed still has the time at which it came.
    when exists (select 1 from dealing_runs r where r.class_id = p_class and r.dealing_date >= judge_dealing.dealing_date) then 'order.day-changed'
    when v_buys and not v_opened then 'order.prospectus-not-opened'
    when v_buys and not (v_agreed or p_consent) then 'order.consent-missing'
    when p_kind <> 'SELL_ALL' and p_asked <= 0 then 'amount.zero'
    when p_asked > 10000000000000 then 'amount.too-large'
  end;
  if code is not null then return; end if;

  amount := 0;
  units := 0;
  if not v_buys then
    figure := free_units(p_investor, p_class);
    units := case p_kind when 'SELL_ALL' then figure else p_asked end;
    if units <= 0 or units > figure then code := 'order.insufficient-units'; end if;
    return;
  end if;
  if p_kind = 'BUY_UNITS' then
    select n.price into estimate from current_prices n where n.class_id = p_class order by n.nav_date desc limit 1;
    if not found then
      code := 'order.no-price';
      return;
    end if;
  end if;
  select coalesce((select w.available from wallets w where w.investor_id = p_investor and w.asset_id = c.currency_asset_id), 0) into figure;
  -- An estimate past all balances is not brought into int8: it is more than anybody has.
  amount := case p_kind when 'BUY_AMOUNT' then p_asked
              else least(ceil(ceil(p_asked * estimate * c.numerator / c.denominator) * 11 / 10), 9000000000000000000)::bigint end;
  if amount > figure then code := 'order.insufficient-cash'; end if;
end
$$;

create or replace function place_dealing_order(
  p_investor bigint, p_key uuid, p_class smallint, p_kind dealing_kind, p_asked bigint, p_date date, p_locale locale, p_consent boolean)
returns table (code text, figure bigint, replayed boolean, number bigint, reserved_minor bigint, reserved_units bigint, dealing_date date,
               cut_off_at timestamptz, at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  d record;
  v_journal bigint;
  v_number bigint;
begin
  return query select * from replay_dealing(p_investor, p_key, 'PLACED', p_key, p_class, p_kind, p_asked);
  if found then return; end if;
  perform enter_dealing(p_class);
  -- Without a wallet there is neither cash nor, since units were paid for from one, a holding.
  perform 1 from wallets
   where investor_id = p_investor and asset_id = (select currency_asset_id from unit_classes where id = p_class) for no key update;
  -- Under the lock the key is looked for before the balance: a second submit must not be told that its own cash is missing.
  return query select * from replay_dealing(p_investor, p_key, 'PLACED', p_key, p_class, p_kind, p_asked);
  if found then return; end if;
  select * into d from judge_dealing(p_investor, p_class, p_kind, p_asked, p_date, p_consent);
  if d.code is not null then
    return query select * from refuse_dealing(d.code, d.figure);
    return;
  end if;
  if d.agrees then perform agree_to_document(p_investor, d.prospectus, p_locale); end if;
  insert into dealing_orders (investor_id, key, class_id, kind, state, asked, reserved_minor, reserved_units, estimate_price, dealing_date, cut_off_at,
                              placed_at, changed_at, prospectus_id, locale)
  values (p_investor, p_key, p_class, p_kind, 'ACCEPTED', p_asked, d.amount, d.units, d.estimate, d.dealing_date, d.cut_off_at, v_now, v_now,
          d.prospectus, p_locale)
  returning dealing_orders.number into v_number;
  v_journal := book_reservation(p_investor, p_class, d.amount, 'DEALING_RESERVED');
  insert into dealing_acts (investor_id, key, order_key, asked, delta_minor, delta_units, journal_id, at, dealing_date, act, kind, class_id)
  values (p_investor, p_key, p_key, p_asked, d.amount, d.units, v_journal, v_now, d.dealing_date, 'PLACED', p_kind, p_class);
  return query select null::text, null::bigint, false, v_number, d.amount::bigint, d.units::bigint, d.dealing_date::date, d.cut_off_at::timestamptz, v_now;
end
$$;

-- Gives all of it back. Possible before the cut-off alone, whatever the job has recorded by then; whoever is not frozen may.
create or replace function cancel_dealing_order(p_investor bigint, p_key uuid, p_order uuid)
returns table (code text, figure bigint, replayed boolean, number bigint, reserved_minor bigint, reserved_units bigint, dealing_date date,
               cut_off_at timestamptz, at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  o dealing_orders;
  v_code text;
  v_journal bigint;
begin
  select * into o from dealing_orders where investor_id = p_investor and key = p_order;
  if not found then
    return query select * from refuse_dealing('order.not-found');
    return;
  end if;
  perform enter_dealing(o.class_id);
  perform 1 from wallets
   where investor_id = p_investor and asset_id = (select currency_asset_id from unit_classes where id = o.class_id) for no key update;
  return query select * from replay_dealing(p_investor, p_key, 'CANCELLED', p_order, null, null, null);
  if found then return; end if;
  select * into o from dealing_orders where investor_id = p_investor and key = p_order for no key update;
  select case
           when not exists (select 1 from investors i where i.investor_id = p_investor and i.status <> 'FROZEN') then 'order.not-eligible'
           when o.state not in ('ACCEPTED', 'CUT_OFF') then 'order.not-waiting'
           when o.state = 'CUT_OFF' or v_now >= o.cut_off_at
             or exists (select 1 from dealing_runs r where r.class_id = o.class_id and r.dealing_date >= o.dealing_date) then 'order.cut-off-passed'
         end
    into v_code;
  if v_code is not null then
    return query select * from refuse_dealing(v_code);
    return;
  end if;
  update dealing_orders set state = 'CANCELLED', reserved_minor = 0, reserved_units = 0, changed_at = v_now
   where investor_id = p_investor and key = p_order;
  v_journal := book_reservation(p_investor, o.class_id, -o.reserved_minor, 'DEALING_RELEASED');
  insert into dealing_acts (investor_id, key, order_key, asked, delta_minor, delta_units, journal_id, at, dealing_date, act, kind, class_id)
  values (p_investor, p_key, p_order, o.asked, -o.reserved_minor, -o.reserved_units, v_journal, v_now, o.dealing_date, 'CANCELLED', o.kind, o.class_id);
  return query select null::text, null::bigint, false, o.number, 0::bigint, 0::bigint, o.dealing_date, o.cut_off_at, v_now;
end
$$;
