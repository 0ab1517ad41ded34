-- Subscriptions of one person in a window (DOMAIN §5): place, change, withdraw. One call is one transaction. A key answers the same when it comes
-- again, with another body it is refused (I1–I5). Refusals are codes, not exceptions; the rules and their order are those of
-- lib/domain/subscriptions/decide.ts, and tests hold the two together.
--
-- No row is shared by two people: a subscription appends, and sets cash aside in its owner's wallet, which is the lock of all that the person has in
-- the currency. Whoever closes a window waits for the calls that are inside it (seal_window), and each call looks at the state after it has entered:
-- so none can slip in behind the list of applicants.

-- Any number that no other advisory lock uses; the second half is the offering.
create or replace function enter_window(p_offering integer) returns void
language sql volatile
as $$ select pg_advisory_xact_lock_shared(1998, p_offering) $$;

create or replace function seal_window(p_offering integer) returns void
language sql volatile
as $$ select pg_advisory_xact_lock(1998, p_offering) $$;

-- The answer to a key that has been used: what it did, or that it did something else. No row for a new key.
create or replace function replay_subscription(
  p_investor bigint, p_key uuid, p_act subscription_act, p_subscription uuid, p_offering integer, p_kind order_kind, p_asked bigint, p_price bigint,
  p_terms integer)
returns table (code text, figure bigint, replayed boolean, number bigint, units bigint, amount_minor bigint, price bigint, at timestamptz)
language sql volatile
set search_path = public, pg_temp
as $$
  select x.code, null::bigint, x.code is null, s.number, a.units, a.reserved_minor, a.price, a.at
    from subscription_acts a
    join subscriptions s on s.investor_id = a.investor_id and s.key = a.subscription_key
   cross join lateral (
     select case when (a.act, a.subscription_key) = (p_act, p_subscription)
                  and (p_act = 'WITHDRAWN' or (a.kind, a.asked, a.price, a.terms_version) = (p_kind, p_asked, p_price, p_terms))
                  and (p_act <> 'PLACED' or s.offering_id = p_offering)
                 then null else 'order.key-reused' end as code
   ) x
   where a.investor_id = p_investor and a.key = p_key
$$;

create or replace function refuse_subscription(p_code text, p_figure bigint default null, p_amount bigint default null)
returns table (code text, figure bigint, replayed boolean, number bigint, units bigint, amount_minor bigint, price bigint, at timestamptz)
language sql immutable
as $$
  select p_code, p_figure, false, null::bigint, null::bigint, p_amount, null::bigint, null::timestamptz
$$;

-- What becomes of the request, under the lock of the wallet. `p_instead_of` is the subscription that it would replace: its units and its cash count
-- as free.
create or replace function judge_subscription(
  p_investor bigint, p_offering integer, p_kind order_kind, p_asked bigint, p_price bigint, p_terms integer, p_consent boolean, p_instead_of uuid,
  out code text, out figure bigint, out units bigint, out amount bigint, out agrees boolean)
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_now constant timestamptz := app_now();
  t record;
  i investors;
  v_opened boolean;
  v_agreed boolean;
  v_has bigint;
  v_available bigint;
begin
  select o.*, c.country, c.currency_asset_id,
         -- amount = units × price × numerator ÷ denominator (lib/domain/orders/pricing.ts)
         power(10::numeric, greatest(d.decimals - c.price_decimals, 0))::bigint as numerator,
         c.quote_units * power(10::numeric, greatest(c.price_decimals - d.decimals, 0))::bigint as denominator
    into t
    from offerings o join unit_classes c on c.id = o.class_id join assets d on d.id = c.currency_asset_id
   where o.id = p_offering;
  if not found then
    code := 'order.not-found';
    return;
  end if;
  select * into i from investors where investor_id = p_investor;
  select coalesce(bool_or(s.act = 'OPENED'), false), coalesce(bool_or(s.act = 'AGREED'), false) into v_opened, v_agreed
    from consents s where s.investor_id = p_investor and s.document_version_id = t.prospectus_id;
  agrees := p_consent and not v_agreed;
  code := case
    when i.status is distinct from 'ELIGIBLE' then 'order.not-eligible'
    when i.country <> t.country then 'order.other-country'
    when i.suitability_expires_at <= v_now then 'order.suitability-expired'
    when t.method = 'FIRST_COME' or t.state in ('DRAFT', 'IN_APPROVAL') then 'order.not-open'
    when t.state not in ('APPROVED', 'OPEN') then 'order.closed'
    when v_now < t.opens_at then 'order.not-open'
    when v_now >= t.closes_at then 'order.closed'
    when t.price <> p_price or t.terms_version <> p_terms then 'order.terms-changed'
    when not v_opened then 'order.prospectus-not-opened'
    when not (v_agreed or p_consent) then 'order.consent-missing'
    when p_asked <= 0 then 'amount.zero'
    when p_asked > 10000000000000 then 'amount.too-large'
  end;
  if code is not null then return; end if;

  -- An amount is floored to units in whole lots; units past the maximum are not priced, since their product could leave int8.
  units := case p_kind when 'BUY_UNITS' then p_asked
             else least(div(p_asked::numeric * t.denominator, t.price::numeric * t.numerator), 9000000000000000000)::bigint
                  / t.lot_units * t.lot_units end;
  amount := case when units between 1 and t.max_units
              then (units * t.price * t.numerator + t.denominator - 1) / t.denominator end;
  -- The maximum of a person counts what they hold of the class and all their subscriptions together.
  select coalesce((select h.units from holdings h where h.investor_id = p_investor and h.class_id = t.class_id), 0)
         + coalesce(sum(s.units), 0)::bigint
    into v_has
    from subscriptions s
   where s.investor_id = p_investor and s.offering_id = p_offering and s.state = 'ACTIVE' and s.key is distinct from p_instead_of;
  select coalesce((select w.available from wallets w where w.investor_id = p_investor and w.asset_id = t.currency_asset_id), 0)
         + coalesce((select s.reserved_minor from subscriptions s where s.investor_id = p_investor and s.key = p_instead_of), 0)
    into v_available;
  code := case
    when units % t.lot_units <> 0 then 'order.not-a-lot'
    when units < t.min_units or units = 0 then 'order.below-minimum'
    when v_has + units > t.max_units then 'order.above-maximum'
    when amount > v_available then 'order.insufficient-cash'
  end;
  figure := case code when 'order.above-maximum' then v_has when 'order.insufficient-cash' then v_available end;
end
$$;

-- Sets `p_delta` more aside, or gives it back where it is negative. Null where there is nothing to book.
create or replace function book_reservation(p_investor bigint, p_class smallint, p_delta bigint, p_kind journal_kind) returns bigint
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_journal bigint;
  v_wallet wallets;
begin
  if p_delta = 0 then return null; end if;
  insert into journals (kind, at) values (p_kind, app_now()) returning id into v_journal;
  update wallets
     set available = available - p_delta, available_version = available_version + 1,
         reserved = reserved + p_delta, reserved_version = reserved_version + 1
   where investor_id = p_investor and asset_id = (select currency_asset_id from unit_classes where id = p_class)
  returning * into strict v_wallet;
  insert into postings_live (investor_id, asset_id, account, version, journal_id, amount, balance_after) values
    (p_investor, v_wallet.asset_id, 'INVESTOR_AVAILABLE', v_wallet.available_version, v_journal, -p_delta, v_wallet.available),
    (p_investor, v_wallet.asset_id, 'INVESTOR_RESERVED', v_wallet.reserved_version, v_journal, p_delta, v_wallet.reserved);
  return v_journal;
end
$$;

-- Enters the window and takes the lock of the wallet. Without a wallet there is no cash, and so nothing that a second call could spend.
create or replace function lock_subscriber(p_investor bigint, p_offering integer) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
begin
  perform enter_window(p_offering);
  perform 1 from wallets
   where investor_id = p_investor
     and asset_id = (select c.currency_asset_id from offerings o join unit_classes c on c.id = o.class_id where o.id = p_offering)
     for no key update;
end
$$;

create or replace function place_subscription(
  p_investor bigint, p_key uuid, p_offering integer, p_kind order_kind, p_asked bigint, p_price bigint, p_terms integer, p_locale locale,
  p_consent boolean)
returns table (code text, figure bigint, replayed boolean, number bigint, units bigint, amount_minor bigint, price bigint, at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  d record;
  v_class smallint;
  v_journal bigint;
  v_number bigint;
begin
  return query select * from replay_subscription(p_investor, p_key, 'PLACED', p_key, p_offering, p_kind, p_asked, p_price, p_terms);
  if found then return; end if;
  perform lock_subscriber(p_investor, p_offering);
  -- Under the lock the key is looked for before the balance: a second submit must not be told that its own cash is missing.
  return query select * from replay_subscription(p_investor, p_key, 'PLACED', p_key, p_offering, p_kind, p_asked, p_price, p_terms);
  if found then return; end if;
  select * into d from judge_subscription(p_investor, p_offering, p_kind, p_asked, p_price, p_terms, p_consent, null);
  if d.code is not null then
    return query select * from refuse_subscription(d.code, d.figure, d.amount);
    return;
  end if;
  select o.class_id into v_class from offerings o where o.id = p_offering;
  if d.agrees then perform agree_to_document(p_investor, (select prospectus_id from offerings where id = p_offering), p_locale); end if;
  insert into subscriptions (investor_id, key, units, reserved_minor, price, placed_at, changed_at, offering_id, terms_version, state, locale, class_id)
  values (p_investor, p_key, d.units, d.amount, p_price, v_now, v_now, p_offering, p_terms, 'ACTIVE', p_locale, v_class)
      on conflict do nothing
  returning subscriptions.number into v_number;
  if not found then
    -- Only without a wallet to lock, in the moment in which its first cash came.
    return query select * from replay_subscription(p_investor, p_key, 'PLACED', p_key, p_offering, p_kind, p_asked, p_price, p_terms);
    return;
  end if;
  v_journal := book_reservation(p_investor, v_class, d.amount, 'SUBSCRIPTION_RESERVED');
  insert into subscription_acts (investor_id, key, subscription_key, asked, units, reserved_minor, delta_minor, price, journal_id, at, terms_version, act, kind)
  values (p_investor, p_key, p_key, p_asked, d.units, d.amount, d.amount, p_price, v_journal, v_now, p_terms, 'PLACED', p_kind);
  return query select null::text, null::bigint, false, v_number, d.units::bigint, d.amount::bigint, p_price, v_now;
end
$$;

-- Asks for other units instead, under today's terms; only the difference is set aside or given back.
create or replace function change_subscription(
  p_investor bigint, p_key uuid, p_subscription uuid, p_kind order_kind, p_asked bigint, p_price bigint, p_terms integer, p_locale locale,
  p_consent boolean)
returns table (code text, figure bigint, replayed boolean, number bigint, units bigint, amount_minor bigint, price bigint, at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  s subscriptions;
  d record;
  v_journal bigint;
begin
  select * into s from subscriptions where investor_id = p_investor and key = p_subscription;
  if not found then
    return query select * from refuse_subscription('subscription.not-found');
    return;
  end if;
  perform lock_subscriber(p_investor, s.offering_id);
  return query select * from replay_subscription(p_investor, p_key, 'CHANGED', p_subscription, s.offering_id, p_kind, p_asked, p_price, p_terms);
  if found then return; end if;
  select * into s from subscriptions where investor_id = p_investor and key = p_subscription;
  if s.state <> 'ACTIVE' then
    return query select * from refuse_subscription('subscription.not-active');
    return;
  end if;
  select * into d
    from judge_subscription(p_investor, s.offering_id, p_kind, p_asked, p_price, p_terms, p_consent, p_subscription);
  if d.code is not null then
    return query select * from refuse_subscription(d.code, d.figure, d.amount);
    return;
  end if;
  if d.agrees then perform agree_to_document(p_investor, (select prospectus_id from offerings where id = s.offering_id), p_locale); end if;
  update subscriptions
     set units = d.units, reserved_minor = d.amount, price = p_price, terms_version = p_terms, locale = p_locale, changed_at = v_now
   where investor_id = p_investor and key = p_subscription;
  v_journal := book_reservation(p_investor, s.class_id, d.amount - s.reserved_minor, 'SUBSCRIPTION_CHANGED');
  insert into subscription_acts (investor_id, key, subscription_key, asked, units, reserved_minor, delta_minor, price, journal_id, at, terms_version, act, kind)
  values (p_investor, p_key, p_subscription, p_asked, d.units, d.amount, d.amount - s.reserved_minor, p_price, v_journal, v_now, p_terms, 'CHANGED', p_kind);
  return query select null::text, null::bigint, false, s.number, d.units::bigint, d.amount::bigint, p_price, v_now;
end
$$;

-- Gives all of the cash back. Possible until the close, or as long as a new version of a document leaves time for it; whoever is not frozen may.
create or replace function withdraw_subscription(p_investor bigint, p_key uuid, p_subscription uuid)
returns table (code text, figure bigint, replayed boolean, number bigint, units bigint, amount_minor bigint, price bigint, at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  s subscriptions;
  v_journal bigint;
  v_code text;
begin
  select * into s from subscriptions where investor_id = p_investor and key = p_subscription;
  if not found then
    return query select * from refuse_subscription('subscription.not-found');
    return;
  end if;
  perform lock_subscriber(p_investor, s.offering_id);
  return query select * from replay_subscription(p_investor, p_key, 'WITHDRAWN', p_subscription, s.offering_id, null, null, null, null);
  if found then return; end if;
  select * into s from subscriptions where investor_id = p_investor and key = p_subscription;
  select case
           when not exists (select 1 from investors i where i.investor_id = p_investor and i.status <> 'FROZEN') then 'order.not-eligible'
           when s.state <> 'ACTIVE' then 'subscription.not-active'
           when o.state not in ('APPROVED', 'OPEN', 'CLOSED') or v_now >= greatest(o.closes_at, o.withdraw_until)
             or exists (select 1 from draws w where w.offering_id = o.id) then 'order.closed'
         end
    into v_code
    from offerings o where o.id = s.offering_id;
  if v_code is not null then
    return query select * from refuse_subscription(v_code);
    return;
  end if;
  update subscriptions set state = 'WITHDRAWN', changed_at = v_now where investor_id = p_investor and key = p_subscription;
  v_journal := book_reservation(p_investor, s.class_id, -s.reserved_minor, 'SUBSCRIPTION_RELEASED');
  insert into subscription_acts (investor_id, key, subscription_key, asked, units, reserved_minor, delta_minor, price, journal_id, at, terms_version, act, kind)
  values (p_investor, p_key, p_subscription, 0, 0, 0, -s.reserved_minor, s.price, v_journal, v_now, s.terms_version, 'WITHDRAWN', 'BUY_UNITS');
  return query select null::text, null::bigint, false, s.number, 0::bigint, 0::bigint, s.price, v_now;
end
$$;
