-- Cash of one investor: deposit, withdrawal (reserve, then pay or release), conversion. One call is one transaction. A key answers the same
-- when it comes again, with another body it is refused (I1–I5). Refusals are codes, not exceptions.
-- Locks: the investor's wallets by asset, first of all.

create or replace function lock_wallet(p_investor bigint, p_asset smallint) returns bigint
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_available bigint;
begin
  select available into v_available from wallets where investor_id = p_investor and asset_id = p_asset for no key update;
  if not found then
    insert into wallets (investor_id, asset_id) values (p_investor, p_asset) on conflict do nothing;
    select available into v_available from wallets where investor_id = p_investor and asset_id = p_asset for no key update;
  end if;
  return v_available;
end
$$;

-- The answer to a key that has been used: what it did, or that it did something else. No row for a new key.
create or replace function replay_cash(p_investor bigint, p_key uuid, p_kind cash_movement_kind, p_asset smallint, p_amount bigint, p_rate bigint)
returns table (code text, figure bigint, replayed boolean, kind cash_movement_kind, amount_minor bigint, to_amount_minor bigint, rate_e4 bigint, placed_at timestamptz)
language sql stable
set search_path = public, pg_temp
as $$
  select x.code, null::bigint, x.code is null, m.kind, m.amount_minor, m.to_amount_minor, m.rate_e4, m.placed_at
    from cash_movements m
   cross join lateral (
     select case when (m.kind, m.asset_id, m.amount_minor) = (p_kind, p_asset, p_amount)
                  and (p_rate is null or m.rate_e4 = p_rate)
                 then null else 'cash.key-reused' end as code
   ) x
   where m.investor_id = p_investor and m.key = p_key
$$;

create or replace function refuse_cash(p_code text, p_figure bigint default null)
returns table (code text, figure bigint, replayed boolean, kind cash_movement_kind, amount_minor bigint, to_amount_minor bigint, rate_e4 bigint, placed_at timestamptz)
language sql immutable
as $$
  select p_code, p_figure, false, null::cash_movement_kind, null::bigint, null::bigint, null::bigint, null::timestamptz
$$;

create or replace function deposit_cash(p_investor bigint, p_key uuid, p_currency currency, p_amount bigint)
returns table (code text, figure bigint, replayed boolean, kind cash_movement_kind, amount_minor bigint, to_amount_minor bigint, rate_e4 bigint, placed_at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  v_asset constant smallint := (select id from assets a where a.code = p_currency::text);
  v_journal bigint;
  v_wallet wallets;
begin
  if p_amount not between 1 and 10000000000000 then
    raise exception 'A deposit of % is out of range.', p_amount;
  end if;
  -- A key that is used already needs no wallet; it is looked for again under the lock.
  return query select * from replay_cash(p_investor, p_key, 'DEPOSIT', v_asset, p_amount, null);
  if found then return; end if;
  if not exists (select 1 from investors where investor_id = p_investor and status = 'ELIGIBLE') then
    return query select * from refuse_cash('cash.not-allowed');
    return;
  end if;
  perform lock_wallet(p_investor, v_asset);
  insert into cash_movements (investor_id, key, kind, state, asset_id, amount_minor, placed_at, finished_at)
  values (p_investor, p_key, 'DEPOSIT', 'SETTLED', v_asset, p_amount, v_now, v_now) on conflict do nothing;
  if not found then
    return query select * from replay_cash(p_investor, p_key, 'DEPOSIT', v_asset, p_amount, null);
    return;
  end if;
  insert into journals (kind, at) values ('DEPOSIT', v_now) returning id into v_journal;
  update cash_movements set journal_id = v_journal where investor_id = p_investor and key = p_key;
  update wallets set available = available + p_amount, available_version = available_version + 1
   where investor_id = p_investor and asset_id = v_asset returning * into v_wallet;
  insert into postings_live (investor_id, asset_id, account, version, journal_id, amount, balance_after) values
    (0, v_asset, 'BANK', v_journal, v_journal, -p_amount, null),
    (p_investor, v_asset, 'INVESTOR_AVAILABLE', v_wallet.available_version, v_journal, p_amount, v_wallet.available);
  return query select null::text, null::bigint, false, 'DEPOSIT'::cash_movement_kind, p_amount, null::bigint, null::bigint, v_now;
end
$$;

-- Sets the amount aside; finish_withdrawal pays it out or gives it back. Whoever is not frozen may take their money out.
create or replace function request_withdrawal(p_investor bigint, p_key uuid, p_currency currency, p_amount bigint)
returns table (code text, figure bigint, replayed boolean, kind cash_movement_kind, amount_minor bigint, to_amount_minor bigint, rate_e4 bigint, placed_at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  v_asset constant smallint := (select id from assets a where a.code = p_currency::text);
  v_available bigint;
  v_journal bigint;
  v_wallet wallets;
begin
  if p_amount not between 1 and 10000000000000 then
    raise exception 'A withdrawal of % is out of range.', p_amount;
  end if;
  return query select * from replay_cash(p_investor, p_key, 'WITHDRAWAL', v_asset, p_amount, null);
  if found then return; end if;
  if not exists (select 1 from investors where investor_id = p_investor and status <> 'FROZEN') then
    return query select * from refuse_cash('cash.frozen');
    return;
  end if;
  v_available := lock_wallet(p_investor, v_asset);
  -- Under the lock the key is looked for before the balance: a second submit must not be told that its own cash is missing.
  return query select * from replay_cash(p_investor, p_key, 'WITHDRAWAL', v_asset, p_amount, null);
  if found then return; end if;
  if v_available < p_amount then
    return query select * from refuse_cash('cash.insufficient', v_available);
    return;
  end if;
  insert into cash_movements (investor_id, key, kind, state, asset_id, amount_minor, placed_at)
  values (p_investor, p_key, 'WITHDRAWAL', 'PENDING', v_asset, p_amount, v_now) on conflict do nothing;
  if not found then
    return query select * from replay_cash(p_investor, p_key, 'WITHDRAWAL', v_asset, p_amount, null);
    return;
  end if;
  insert into reservations (investor_id, purpose, key, asset_id, amount_minor)
  values (p_investor, 'WITHDRAWAL', p_key, v_asset, p_amount);
  insert into journals (kind, at) values ('WITHDRAWAL_RESERVED', v_now) returning id into v_journal;
  update cash_movements set journal_id = v_journal where investor_id = p_investor and key = p_key;
  update wallets
     set available = available - p_amount, available_version = available_version + 1,
         reserved = reserved + p_amount, reserved_version = reserved_version + 1
   where investor_id = p_investor and asset_id = v_asset returning * into v_wallet;
  insert into postings_live (investor_id, asset_id, account, version, journal_id, amount, balance_after) values
    (p_investor, v_asset, 'INVESTOR_AVAILABLE', v_wallet.available_version, v_journal, -p_amount, v_wallet.available),
    (p_investor, v_asset, 'INVESTOR_RESERVED', v_wallet.reserved_version, v_journal, p_amount, v_wallet.reserved);
  return query select null::text, null::bigint, false, 'WITHDRAWAL'::cash_movement_kind, p_amount, null::bigint, null::bigint, v_now;
end
$$;

-- Ends a reserved withdrawal: SETTLED pays it out, CANCELLED gives it back. Ending it the same way again is a replay.
create or replace function finish_withdrawal(p_investor bigint, p_key uuid, p_state cash_movement_state)
returns table (code text, figure bigint, replayed boolean, kind cash_movement_kind, amount_minor bigint, to_amount_minor bigint, rate_e4 bigint, placed_at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  v_movement cash_movements;
  v_journal bigint;
  v_wallet wallets;
begin
  if p_state not in ('SETTLED', 'CANCELLED') then
    raise exception 'A withdrawal cannot become %.', p_state;
  end if;
  select * into v_movement from cash_movements where investor_id = p_investor and key = p_key and kind = 'WITHDRAWAL';
  if not found then
    return query select * from refuse_cash('cash.not-found');
    return;
  end if;
  perform lock_wallet(p_investor, v_movement.asset_id);
  select * into v_movement from cash_movements where investor_id = p_investor and key = p_key;
  if v_movement.state <> 'PENDING' then
    if v_movement.state <> p_state then
      return query select * from refuse_cash('cash.not-pending');
    else
      return query select * from replay_cash(p_investor, p_key, 'WITHDRAWAL', v_movement.asset_id, v_movement.amount_minor, null);
    end if;
    return;
  end if;
  insert into journals (kind, at)
  values (case p_state when 'SETTLED' then 'WITHDRAWAL_PAID' else 'WITHDRAWAL_CANCELLED' end::journal_kind, v_now)
  returning id into v_journal;
  update cash_movements set state = p_state, finished_at = v_now, final_journal_id = v_journal
   where investor_id = p_investor and key = p_key;
  delete from reservations where investor_id = p_investor and purpose = 'WITHDRAWAL' and key = p_key;
  update wallets
     set reserved = reserved - v_movement.amount_minor, reserved_version = reserved_version + 1,
         available = available + case p_state when 'CANCELLED' then v_movement.amount_minor else 0 end,
         available_version = available_version + case p_state when 'CANCELLED' then 1 else 0 end
   where investor_id = p_investor and asset_id = v_movement.asset_id returning * into v_wallet;
  insert into postings_live (investor_id, asset_id, account, version, journal_id, amount, balance_after)
  select p_investor, v_wallet.asset_id, 'INVESTOR_RESERVED'::ledger_account, v_wallet.reserved_version, v_journal,
         -v_movement.amount_minor, v_wallet.reserved
  union all
  select p_investor, v_wallet.asset_id, 'INVESTOR_AVAILABLE', v_wallet.available_version, v_journal,
         v_movement.amount_minor, v_wallet.available where p_state = 'CANCELLED'
  union all
  select 0, v_wallet.asset_id, 'BANK', v_journal, v_journal, v_movement.amount_minor, null where p_state = 'SETTLED';
  return query select null::text, null::bigint, false, 'WITHDRAWAL'::cash_movement_kind, v_movement.amount_minor, null::bigint, null::bigint,
                      v_movement.placed_at;
end
$$;

create or replace function list_pending_withdrawals(p_limit integer) returns table (investor_id bigint, key uuid)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select m.investor_id, m.key from cash_movements m where m.state = 'PENDING' order by m.placed_at limit p_limit
$$;

-- Two balanced legs through the exchange desk, at the last published mid rate ± spread, which has to be the rate that the customer saw (L8).
-- The arithmetic is that of lib/domain/money/conversion.ts.
create or replace function convert_cash(p_investor bigint, p_key uuid, p_currency currency, p_amount bigint, p_rate bigint)
returns table (code text, figure bigint, replayed boolean, kind cash_movement_kind, amount_minor bigint, to_amount_minor bigint, rate_e4 bigint, placed_at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  v_from constant smallint := (select id from assets a where a.code = p_currency::text);
  v_to constant smallint := (select id from assets a where a.code = case p_currency when 'USD' then 'JPY' else 'USD' end);
  v_mid fx_rates;
  v_rate bigint;
  v_received bigint;
  v_available bigint;
  v_journal bigint;
  v_paid wallets;
  v_got wallets;
begin
  if p_amount not between 1 and 10000000000000 then
    raise exception 'A conversion of % is out of range.', p_amount;
  end if;
  return query select * from replay_cash(p_investor, p_key, 'CONVERSION', v_from, p_amount, p_rate);
  if found then return; end if;
  if not exists (select 1 from investors where investor_id = p_investor and status = 'ELIGIBLE') then
    return query select * from refuse_cash('cash.not-allowed');
    return;
  end if;
  perform lock_wallet(p_investor, least(v_from, v_to));
  perform lock_wallet(p_investor, greatest(v_from, v_to));
  return query select * from replay_cash(p_investor, p_key, 'CONVERSION', v_from, p_amount, p_rate);
  if found then return; end if;
  select * into v_mid from fx_rates where published_at <= v_now order by rate_date desc limit 1;
  if not found then
    return query select * from refuse_cash('cash.no-rate');
    return;
  end if;
  v_rate := v_mid.jpy_per_usd_e4 + v_mid.spread_sen * case p_currency when 'JPY' then 100 else -100 end;
  if v_rate <> p_rate then
    return query select * from refuse_cash('cash.rate-changed');
    return;
  end if;
  v_received := case p_currency when 'USD' then div(p_amount::numeric * v_rate, 1000000) else div(p_amount::numeric * 1000000, v_rate) end;
  if v_received = 0 then
    return query select * from refuse_cash('cash.too-small');
    return;
  end if;
  select available into v_available from wallets where investor_id = p_investor and asset_id = v_from;
  if v_available < p_amount then
    return query select * from refuse_cash('cash.insufficient', v_available);
    return;
  end if;
  insert into cash_movements (investor_id, key, kind, state, asset_id, amount_minor, to_asset_id, to_amount_minor, rate_e4, mid_rate_e4,
                              rate_date, placed_at, finished_at)
  values (p_investor, p_key, 'CONVERSION', 'SETTLED', v_from, p_amount, v_to, v_received, v_rate, v_mid.jpy_per_usd_e4,
          v_mid.rate_date, v_now, v_now) on conflict do nothing;
  if not found then
    return query select * from replay_cash(p_investor, p_key, 'CONVERSION', v_from, p_amount, p_rate);
    return;
  end if;
  insert into journals (kind, at) values ('CONVERSION', v_now) returning id into v_journal;
  update cash_movements set journal_id = v_journal where investor_id = p_investor and key = p_key;
  update wallets set available = available - p_amount, available_version = available_version + 1
   where investor_id = p_investor and asset_id = v_from returning * into v_paid;
  update wallets set available = available + v_received, available_version = available_version + 1
   where investor_id = p_investor and asset_id = v_to returning * into v_got;
  insert into postings_live (investor_id, asset_id, account, version, journal_id, amount, balance_after) values
    (p_investor, v_from, 'INVESTOR_AVAILABLE', v_paid.available_version, v_journal, -p_amount, v_paid.available),
    (0, v_from, 'FX_DESK', v_journal, v_journal, p_amount, null),
    (0, v_to, 'FX_DESK', v_journal, v_journal, -v_received, null),
    (p_investor, v_to, 'INVESTOR_AVAILABLE', v_got.available_version, v_journal, v_received, v_got.available);
  return query select null::text, null::bigint, false, 'CONVERSION'::cash_movement_kind, p_amount, v_received, v_rate, v_now;
end
$$;
