-- Switches スイッチング between classes of the fund (DOMAIN §6; docs/decisions/0024). A switch redeems one class by an order at NAV like any other; what each
-- dealing day brings of it is held from its settlement on, and becomes an order for the other class by amount. The rules and their order are those of
-- lib/domain/dealing/switch.ts, and tests hold the two together.
--
-- Locks: the class's day is entered first, then come the wallets by owner and asset, then the part.

-- Keys of what a part becomes, the same whenever it does: a replay of the same input ends with the same ledger. They have the shape of a UUID of version 8.
create or replace function switch_part_key(p_investor bigint, p_switch uuid, p_date date, p_what text) returns uuid
language sql immutable parallel safe
as $$
  select overlay(overlay(md5(format('switch %s %s %s %s', p_investor, p_switch, to_char(p_date, 'YYYY-MM-DD'), p_what)) placing '8' from 13)
                 placing '8' from 17)::uuid
$$;

-- What stands against a switch besides what stands against the redemption: a code, or null.
create or replace function refuse_switch(p_investor bigint, p_class smallint, p_to smallint, p_consent boolean) returns text
language sql stable
set search_path = public, pg_temp
as $$
  select case when c.id is null or t.id is null or c.id = t.id then 'order.not-found'
              else coalesce(refuse_purchaser(p_investor, p_to), case
                when coalesce((select s.dealing_date < t.dealing_from from dealing_session(p_to, app_now()) s), true) then 'order.dealing-not-open'
                when not x.opened then 'order.prospectus-not-opened'
                when not (x.agreed or p_consent) then 'order.consent-missing' end) end
    from (select) one
    left join unit_classes c on c.id = p_class
    left join unit_classes t on t.id = p_to and t.fund_id = c.fund_id
   cross join lateral (
     select coalesce(bool_or(s.act = 'OPENED'), false) as opened, coalesce(bool_or(s.act = 'AGREED'), false) as agreed
       from consents s where s.investor_id = p_investor and s.document_version_id = newest_prospectus(p_to)) x
$$;

-- The answer to a key that has been used: what it did, or that it did something else. No row for a new key.
create or replace function replay_switch(p_investor bigint, p_key uuid, p_class smallint, p_to smallint, p_asked bigint)
returns table (code text, figure bigint, replayed boolean, number bigint, reserved_minor bigint, reserved_units bigint, dealing_date date,
               cut_off_at timestamptz, at timestamptz)
language sql stable
set search_path = public, pg_temp
as $$
  select r.*
    from dealing_acts a
    left join switches s on s.investor_id = a.investor_id and s.key = a.key
   cross join lateral replay_dealing(
     p_investor, p_key, 'PLACED', p_key, p_class, 'SWITCH',
     case when s.to_class_id = p_to and s.asked is not distinct from p_asked then a.asked end) r
   where a.investor_id = p_investor and a.key = p_key
$$;

-- Places a switch of so many units, or of all that are free where `p_asked` is null, for the day of the class that is redeemed.
create or replace function place_switch(
  p_investor bigint, p_key uuid, p_class smallint, p_to smallint, p_asked bigint, p_date date, p_locale locale, p_consent boolean)
returns table (code text, figure bigint, replayed boolean, number bigint, reserved_minor bigint, reserved_units bigint, dealing_date date,
               cut_off_at timestamptz, at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  v_code text;
  d record;
  v_number bigint;
begin
  return query select * from replay_switch(p_investor, p_key, p_class, p_to, p_asked);
  if found then return; end if;
  perform enter_dealing(p_class);
  perform 1 from wallets
   where investor_id = p_investor and asset_id = (select currency_asset_id from unit_classes where id = p_class) for no key update;
  return query select * from replay_switch(p_investor, p_key, p_class, p_to, p_asked);
  if found then return; end if;
  v_code := refuse_switch(p_investor, p_class, p_to, p_consent);
  if v_code is not null then
    return query select * from refuse_dealing(v_code);
    return;
  end if;
  select * into d
    from judge_dealing(p_investor, p_class, case when p_asked is null then 'SELL_ALL' else 'SELL_UNITS' end::dealing_kind, coalesce(p_asked, 0), p_date, false);
  if d.code is not null then
    return query select * from refuse_dealing(d.code, d.figure);
    return;
  end if;
  if p_consent then perform agree_to_document(p_investor, d.prospectus, p_locale); end if;
  insert into dealing_orders (investor_id, key, class_id, kind, state, asked, reserved_minor, reserved_units, dealing_date, cut_off_at, placed_at, changed_at,
                              prospectus_id, locale)
  values (p_investor, p_key, p_class, 'SWITCH', 'ACCEPTED', d.units, 0, d.units, d.dealing_date, d.cut_off_at, v_now, v_now, d.prospectus, p_locale)
  returning dealing_orders.number into v_number;
  insert into switches (investor_id, key, asked, to_class_id) values (p_investor, p_key, p_asked, p_to);
  insert into dealing_acts (investor_id, key, order_key, asked, delta_minor, delta_units, at, dealing_date, act, kind, class_id)
  values (p_investor, p_key, p_key, d.units, 0, d.units, v_now, d.dealing_date, 'PLACED', 'SWITCH', p_class);
  return query select null::text, null::bigint, false, v_number, 0::bigint, d.units::bigint, d.dealing_date::date, d.cut_off_at::timestamptz, v_now;
end
$$;

-- Holds what the switches of a chunk have just been paid: in the transaction of the settlement, so that it is free for nobody in between. Of a day that was
-- dealt again no more than the fund has left (docs/decisions/0022); what was carried on or given free before stays as it is.
create or replace function hold_switched(c dealing_chunks) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  d record;
  v_amount bigint;
begin
  if c.buys or not exists (select 1 from switches s where s.investor_id between c.first_investor and c.last_investor) then return; end if;
  for d in
    select x.investor_id, x.order_key, x.amount_minor, u.currency_asset_id
      from switches s
      join deals x on x.investor_id = s.investor_id and x.order_key = s.key
      join unit_classes u on u.id = x.class_id
     where s.investor_id between c.first_investor and c.last_investor
       and x.class_id = c.class_id and x.dealing_date = c.dealing_date and x.revision = c.revision and x.chunk = c.chunk and not x.buys
       and not exists (select 1 from switch_parts p where p.investor_id = s.investor_id and p.key = s.key and p.dealing_date = c.dealing_date
                          and p.state <> 'REDEALT')
     order by x.investor_id, x.order_key
  loop
    select least(d.amount_minor, w.available) into v_amount from wallets w where w.investor_id = d.investor_id and w.asset_id = d.currency_asset_id;
    continue when v_amount = 0;
    insert into switch_parts (investor_id, key, class_id, dealing_date, revision, state, amount_minor, held_at, held_journal_id)
    values (d.investor_id, d.order_key, c.class_id, c.dealing_date, c.revision, 'HELD', v_amount, app_now(),
            book_reservation(d.investor_id, c.class_id, v_amount, 'SWITCH_HELD'));
  end loop;
end
$$;

-- Before a chunk is taken back: what is still held of it is needed for that.
create or replace function free_switched(c dealing_chunks) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  p switch_parts;
begin
  if c.buys then return; end if;
  for p in
    select x.* from switch_parts x
     where x.state = 'HELD' and x.investor_id between c.first_investor and c.last_investor and x.class_id = c.class_id and x.dealing_date = c.dealing_date
       and exists (select 1 from deals d where d.investor_id = x.investor_id and d.order_key = x.key and d.dealing_date = x.dealing_date
                      and d.revision = c.revision and d.chunk = c.chunk)
     order by x.investor_id, x.key for no key update
  loop
    update switch_parts x
       set state = 'REDEALT', ended_at = app_now(), freed_journal_id = book_reservation(p.investor_id, p.class_id, - p.amount_minor, 'SWITCH_FREED')
     where (x.investor_id, x.key, x.dealing_date, x.revision) = (p.investor_id, p.key, p.dealing_date, p.revision);
  end loop;
end
$$;

-- What is held for a class and can be carried on now: a class whose day is being closed, or a rate that is missing, lets it wait.
create or replace function carried_next(p_to smallint, p_people integer) returns setof switch_parts
language sql stable
set search_path = public, pg_temp
as $$
  select p.*
    from switch_parts p
    join switches s on s.investor_id = p.investor_id and s.key = p.key and s.to_class_id = p_to
    join unit_classes c on c.id = p.class_id
    join unit_classes t on t.id = s.to_class_id
   cross join lateral dealing_session(p_to, app_now()) d
   where p.state = 'HELD' and d.dealing_date >= t.dealing_from
     and not exists (select 1 from dealing_runs r where r.class_id = p_to and r.dealing_date >= d.dealing_date)
     and (c.currency_asset_id = t.currency_asset_id or exists (select 1 from fx_rates f where f.published_at <= app_now()))
   order by p.investor_id, p.key, p.dealing_date limit p_people
$$;

create or replace function list_carried_switches() returns table (class_id smallint)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select c.id from unit_classes c where exists (select 1 from carried_next(c.id, 1)) order by c.id
$$;

-- One part: an order for the other class, converted at the mid rate and its spread where it has another currency, or, where the person may not have such an
-- order now, free cash in the currency that was redeemed. False where it goes on waiting.
create or replace function carry_switch_part(p switch_parts, p_to smallint) returns boolean
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_asset constant smallint := (select currency_asset_id from unit_classes where id = p.class_id);
  v_to_asset constant smallint := (select currency_asset_id from unit_classes where id = p_to);
  v_currency constant currency := (select currency from unit_classes where id = p.class_id);
  v_locale constant locale := (select o.locale from dealing_orders o where o.investor_id = p.investor_id and o.key = p.key);
  v_order constant uuid := switch_part_key(p.investor_id, p.key, p.dealing_date, 'order');
  v_conversion constant uuid := case when v_asset <> v_to_asset then switch_part_key(p.investor_id, p.key, p.dealing_date, 'conversion') end;
  v_amount bigint := p.amount_minor;
  v_rate bigint;
  v_freed bigint;
  v_code text := coalesce(refuse_purchaser(p.investor_id, p_to), case when p.amount_minor > 10000000000000 then 'amount.too-large' end);
begin
  begin
    v_freed := book_reservation(p.investor_id, p.class_id, - p.amount_minor, 'SWITCH_FREED');
    if v_code is null and v_conversion is not null then
      select f.jpy_per_usd_e4 + f.spread_sen * case v_currency when 'JPY' then 100 else -100 end into v_rate
        from fx_rates f where f.published_at <= app_now() order by f.rate_date desc limit 1;
      select x.code, x.to_amount_minor into v_code, v_amount
        from convert_cash(p.investor_id, v_conversion, v_currency, p.amount_minor, v_rate) x;
    end if;
    if v_code is null then
      select x.code into v_code
        from place_dealing_order(p.investor_id, v_order, p_to, 'BUY_AMOUNT', v_amount, (select d.dealing_date from dealing_session(p_to, app_now()) d),
                                 v_locale, false) x;
    end if;
    if v_code is not null then raise exception using errcode = 'WK001'; end if;
  exception when sqlstate 'WK001' then
    -- The day or the rate changed while this was going on: nothing about it is the person's.
    if v_code in ('order.day-changed', 'order.dealing-not-open', 'cash.rate-changed', 'cash.no-rate') then return false; end if;
    v_freed := book_reservation(p.investor_id, p.class_id, - p.amount_minor, 'SWITCH_FREED');
  end;
  update switch_parts x
     set state = case when v_code is null then 'CARRIED' else 'RELEASED' end::switch_part_state, reason = v_code, ended_at = app_now(),
         freed_journal_id = v_freed, to_amount_minor = case when v_code is null then v_amount end,
         order_key = case when v_code is null then v_order end, conversion_key = case when v_code is null then v_conversion end
   where (x.investor_id, x.key, x.dealing_date, x.revision) = (p.investor_id, p.key, p.dealing_date, p.revision);
  return true;
end
$$;

-- Carries on what is held for a class, so many parts in one transaction; answers how many it ended.
create or replace function carry_switches(p_to smallint, p_people integer) returns integer
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  p switch_parts;
  v_wallet smallint;
  v_done integer := 0;
begin
  perform enter_dealing(p_to);
  for p in select * from carried_next(p_to, p_people) loop
    for v_wallet in
      select distinct c.currency_asset_id from unit_classes c where c.id in (p.class_id, p_to) order by 1
    loop
      perform lock_wallet(p.investor_id, v_wallet);
    end loop;
    -- A day that was dealt again in between has ended it.
    select * into p from switch_parts x
     where (x.investor_id, x.key, x.dealing_date, x.revision) = (p.investor_id, p.key, p.dealing_date, p.revision) and x.state = 'HELD' for no key update;
    continue when not found;
    v_done := v_done + carry_switch_part(p, p_to)::integer;
  end loop;
  return v_done;
end
$$;

-- Parts whose end their owner has not been written to about, by owner.
create or replace function list_switch_news(p_limit integer)
returns table (investor_id bigint, key uuid, dealing_date date, revision smallint, locale locale, number bigint, class_id smallint, to_class_id smallint,
               amount_minor bigint, to_amount_minor bigint, rate_e4 bigint, reason text, order_key uuid, order_number bigint, order_date date,
               cut_off_at timestamptz)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select p.investor_id, p.key, p.dealing_date, p.revision, u.locale, o.number, p.class_id, s.to_class_id, p.amount_minor, p.to_amount_minor, m.rate_e4,
         p.reason, p.order_key, b.number, b.dealing_date, b.cut_off_at
    from switch_parts p
    join switches s on s.investor_id = p.investor_id and s.key = p.key
    join dealing_orders o on o.investor_id = p.investor_id and o.key = p.key
    join users u on u.id = p.investor_id
    left join dealing_orders b on b.investor_id = p.investor_id and b.key = p.order_key
    left join cash_movements m on m.investor_id = p.investor_id and m.key = p.conversion_key
   where p.told_at is null and p.state in ('CARRIED', 'RELEASED')
   order by p.investor_id, o.number, p.dealing_date limit p_limit
$$;

-- Writes the mails of those parts, whose rows say that it was done: nobody is told twice. The arrays run in step.
create or replace function write_switch_mails(
  p_people bigint[], p_keys uuid[], p_dates date[], p_kinds text[], p_subjects text[], p_bodies text[]) returns integer
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  v_mails integer;
begin
  with told as (
    update switch_parts p set told_at = app_now()
      from unnest(p_people, p_keys, p_dates, p_kinds, p_subjects, p_bodies) with ordinality as t (investor, key, day, kind, subject, body, n)
     where p.investor_id = t.investor and p.key = t.key and p.dealing_date = t.day and p.told_at is null and p.state in ('CARRIED', 'RELEASED')
    returning p.investor_id, t.*
  )
  insert into mails (user_id, kind, recipient, locale, subject, body)
  select u.id, t.kind, u.email, u.locale, t.subject, t.body from told t join users u on u.id = t.investor_id order by t.n;
  get diagnostics v_mails = row_count;
  if v_mails > 0 then perform enqueue_job('send-mails', '{}'); end if;
  return v_mails;
end
$$;

-- Whose and of what a part is never changes, and one that has ended has ended; only that it was told of comes after.
create or replace trigger switch_parts_once after update on switch_parts for each row
when ((new.investor_id, new.key, new.class_id, new.dealing_date, new.revision, new.amount_minor, new.held_at, new.held_journal_id)
    is distinct from (old.investor_id, old.key, old.class_id, old.dealing_date, old.revision, old.amount_minor, old.held_at, old.held_journal_id)
  or old.told_at is not null
  or old.state <> 'HELD' and (new.state, new.reason, new.ended_at, new.freed_journal_id, new.to_amount_minor, new.order_key, new.conversion_key)
    is distinct from (old.state, old.reason, old.ended_at, old.freed_journal_id, old.to_amount_minor, old.order_key, old.conversion_key))
execute function refuse_change();
