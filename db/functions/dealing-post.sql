-- What a dealing run writes to the ledger (dealing-run.sql). Units move when an order is priced 約定, cash when it is settled 受渡. In between the fund owes,
-- or is owed: its cash counts from the pricing on, so that a valuation sees units and what was paid for them at one moment, and FUND_DUE has what is
-- still to change hands. Wallets are locked first; each chunk is a batch (ledger-batches.sql).

-- The deals that hold: those of the revision that is booked and not reversed. A person reads their own.
create or replace view current_deals with (security_invoker = on) as
  select d.* from deals d
    join dealing_chunks k on k.class_id = d.class_id and k.dealing_date = d.dealing_date and k.buys = d.buys and k.chunk = d.chunk and k.revision = d.revision
   where k.reversal_id is null and (k.revision = 0 or k.journal_id is not null);

-- A sum of int8 in int8, which stops where it would overflow: that of the system is numeric, and takes several times as long.
create or replace aggregate sum8(bigint) (sfunc = int8pl, stype = bigint, initcond = '0', combinefunc = int8pl, parallel = safe);

-- The people of a chunk in ascending order, with what their deals in it come to. Without settings of its own it becomes a part of the query that asks, which
-- then knows how many they are.
create or replace function dealt_in(c dealing_chunks)
returns table (investor_id bigint, units bigint, amount bigint, release bigint)
language sql stable
as $$
  select d.investor_id, sum8(d.units), sum8(d.amount_minor), sum8(d.release_minor)
    from deals d
   where d.class_id = c.class_id and d.dealing_date = c.dealing_date and d.buys = c.buys and d.chunk = c.chunk
     and d.revision = c.revision
   group by d.investor_id order by d.investor_id
$$;

-- Their wallets, in the order of their owners, as orders lock them.
create or replace function lock_dealt_wallets(c dealing_chunks, p_asset smallint) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
begin
  perform 1 from wallets w
   where w.asset_id = p_asset and w.investor_id between c.first_investor and c.last_investor
     and exists (select 1 from deals d where d.class_id = c.class_id and d.dealing_date = c.dealing_date and d.buys = c.buys and d.chunk = c.chunk
                    and d.revision = c.revision and d.investor_id = w.investor_id)
   order by w.investor_id for no key update;
end
$$;

-- Units of a chunk, and the cash that a purchase does not need. Each deal looks its balance up, and each posting is written from the balance as its change
-- leaves it. The wallets are locked, so nobody else adds or changes a holding of theirs now.
create or replace function move_dealt_units(c dealing_chunks, p_journal bigint, u unit_classes) returns void
language plpgsql volatile
set search_path = public, pg_temp
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
set enable_bitmapscan = off
set work_mem = '64MB'
as $$
declare
  v_part constant text := 'postings_' || p_journal;
  v_people bigint;
  v_moved bigint;
begin
  if not c.buys then
    -- The cost goes in the proportion of the units, rounded down, so that what stays has cost no less.
    execute format($sold$
      with sold as (
        update holdings h
           set units = h.units - d.units, version = h.version + 1,
               cost_minor = h.cost_minor - case when $1.revision = 0 then div(h.cost_minor::numeric * d.units, h.units)::bigint else 0 end
          from dealt_in($1) d where h.investor_id = d.investor_id and h.class_id = $1.class_id
        returning h.investor_id, h.version, d.units, h.units as held
      )
      insert into %I (investor_id, asset_id, account, version, journal_id, amount, balance_after)
      select s.investor_id, $3, 'INVESTOR_UNITS'::ledger_account, s.version, $2, - s.units, s.held from sold s$sold$, v_part)
    using c, p_journal, u.unit_asset_id;
    get diagnostics v_moved = row_count;
    select count(*) into v_people from dealt_in(c);
    if v_moved <> v_people then
      raise exception 'Of % people who redeem in chunk % of class % on %, % hold units.', v_people, c.chunk, c.class_id, c.dealing_date, v_moved;
    end if;
    return;
  end if;
  execute format($bought$
    with dealt as materialized (
      select * from dealt_in($1)
    ), released as (
      update wallets w
         set reserved = w.reserved - d.release, reserved_version = w.reserved_version + 1,
             available = w.available + d.release, available_version = w.available_version + 1
        from dealt d where w.investor_id = d.investor_id and w.asset_id = $3 and d.release > 0
      returning w.investor_id, d.release, w.available, w.available_version, w.reserved, w.reserved_version
    ), added as (
      update holdings h
         set units = h.units + d.units, issued_units = h.issued_units + d.units, version = h.version + 1,
             cost_minor = h.cost_minor + case when $1.revision = 0 then d.amount else 0 end
        from dealt d where h.investor_id = d.investor_id and h.class_id = $1.class_id and d.units > 0
      returning h.investor_id, h.version, d.units, h.units as held
    ), opened as (
      insert into holdings (investor_id, class_id, units, issued_units, version, cost_minor)
      select d.investor_id, $1.class_id, d.units, d.units, 1, d.amount
        from dealt d
        left join holdings h on h.investor_id = d.investor_id and h.class_id = $1.class_id
       where h.investor_id is null and d.units > 0
       order by d.investor_id
      returning investor_id, version, units
    )
    insert into %I (investor_id, asset_id, account, version, journal_id, amount, balance_after)
    select r.investor_id, $3, v.account, v.version, $2, v.amount, v.balance
      from released r
     cross join lateral (values ('INVESTOR_AVAILABLE'::ledger_account, r.available_version, r.release, r.available),
                                ('INVESTOR_RESERVED', r.reserved_version, - r.release, r.reserved)) v (account, version, amount, balance)
    union all
    select investor_id, $4, 'INVESTOR_UNITS', version, $2, units, held from added
    union all
    select investor_id, $4, 'INVESTOR_UNITS', version, $2, units, units from opened$bought$, v_part)
  using c, p_journal, u.currency_asset_id, u.unit_asset_id;
end
$$;

-- What becomes of the orders of a chunk when it is booked. Each deal looks its order up. Conditions on the order stand in a CASE, here and below: figures of a
-- moment ago say that no order is priced, and whoever believes them begins with the orders, and reads all deals for each. Dealt again, an order stays in its
-- state; only what waits for settlement is another sum.
create or replace function price_dealt_orders(c dealing_chunks) returns void
language plpgsql volatile
set search_path = public, pg_temp
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
set enable_bitmapscan = off
set plan_cache_mode = force_custom_plan
set work_mem = '64MB'
as $$
declare
  -- Asked once: it looks at the clock's row.
  v_now constant timestamptz := app_now();
begin
  if c.revision = 0 then
    update dealing_orders o
       set state = case when d.buys and d.units = 0 then 'LAPSED' when d.deferred_units > 0 then 'CUT_OFF' else 'PRICED' end::order_state,
           reserved_minor = case when d.buys then d.amount_minor else 0 end, reserved_units = d.deferred_units, changed_at = v_now
      from deals d
     where d.class_id = c.class_id and d.dealing_date = c.dealing_date and d.buys = c.buys and d.chunk = c.chunk and d.revision = 0
       and o.investor_id = d.investor_id and o.key = d.order_key;
  elsif c.buys then
    update dealing_orders o set reserved_minor = d.amount_minor
      from deals d
     where d.class_id = c.class_id and d.dealing_date = c.dealing_date and d.buys and d.chunk = c.chunk and d.revision = c.revision
       and o.investor_id = d.investor_id and o.key = d.order_key and case o.state when 'PRICED' then true else false end;
  end if;
end
$$;

create or replace function post_dealing_chunk(c dealing_chunks) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  u unit_classes;
  v_journal bigint;
begin
  select * into u from unit_classes where id = c.class_id;
  perform lock_dealt_wallets(c, u.currency_asset_id);
  v_journal := open_batch(case when c.buys then 'DEALING_BOUGHT' else 'DEALING_REDEEMED' end::journal_kind);
  update dealing_chunks set journal_id = v_journal
   where class_id = c.class_id and dealing_date = c.dealing_date and buys = c.buys and chunk = c.chunk and revision = c.revision;
  perform move_dealt_units(c, v_journal, u);
  perform price_dealt_orders(c);
  execute format($control$
    insert into %I (investor_id, asset_id, account, version, journal_id, amount)
    select 0, v.asset_id, v.account, $1, $1, v.amount
      from (values ($2.currency_asset_id, 'FUND_CASH'::ledger_account, $3), ($2.currency_asset_id, 'FUND_DUE', - $3), ($2.unit_asset_id, 'UNITS_ISSUED', - $4))
             v (asset_id, account, amount)
     where v.amount <> 0$control$, 'postings_' || v_journal)
  using v_journal, u, case when c.buys then c.amount_minor else - c.amount_minor end, case when c.buys then c.units else - c.units end;
  perform close_batch(v_journal);
end
$$;

-- Cash of a chunk. The update locks the wallets in the order of their owners, also of those whose redemption pays nothing: of an order that was dealt on two
-- days, one is settled after the other.
create or replace function move_owed_cash(c dealing_chunks, p_journal bigint, p_asset smallint) returns void
language plpgsql volatile
set search_path = public, pg_temp
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
set enable_bitmapscan = off
set work_mem = '64MB'
as $$
begin
  execute format($paid$
    with paid as (
      update wallets w
         set reserved = w.reserved - case when $1.buys then d.amount else 0 end, reserved_version = w.reserved_version + ($1.buys and d.amount > 0)::integer,
             available = w.available + case when $1.buys then 0 else d.amount end,
             available_version = w.available_version + (not $1.buys and d.amount > 0)::integer
        from dealt_in($1) d where w.investor_id = d.investor_id and w.asset_id = $3 and (d.amount > 0 or not $1.buys)
      returning w.investor_id, d.amount, w.available, w.available_version, w.reserved, w.reserved_version
    )
    insert into %I (investor_id, asset_id, account, version, journal_id, amount, balance_after)
    select 0, $3, 'FUND_DUE'::ledger_account, $2, $2, case when $1.buys then $1.amount_minor else - $1.amount_minor end, null
    union all
    select p.investor_id, $3, case when $1.buys then 'INVESTOR_RESERVED' else 'INVESTOR_AVAILABLE' end::ledger_account,
           case when $1.buys then p.reserved_version else p.available_version end, $2, case when $1.buys then - p.amount else p.amount end,
           case when $1.buys then p.reserved else p.available end
      from paid p where p.amount > 0$paid$, 'postings_' || p_journal)
  using c, p_journal, p_asset;
end
$$;

-- An order is settled when all that it was dealt in is. A purchase is dealt once.
create or replace function settle_dealt_orders(c dealing_chunks) returns void
language plpgsql volatile
set search_path = public, pg_temp
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
set enable_bitmapscan = off
set plan_cache_mode = force_custom_plan
set work_mem = '64MB'
as $$
declare
  -- Asked once: it looks at the clock's row.
  v_now constant timestamptz := app_now();
begin
  update dealing_orders o set state = 'SETTLED', reserved_minor = 0, changed_at = v_now
    from deals d
   where d.class_id = c.class_id and d.dealing_date = c.dealing_date and d.buys = c.buys and d.chunk = c.chunk and d.revision = c.revision
     and o.investor_id = d.investor_id and o.key = d.order_key
     and case when o.state <> 'PRICED' then false when o.kind in ('BUY_AMOUNT', 'BUY_UNITS') then true else not exists (
           select 1 from deals e
             join dealing_chunks k on k.class_id = e.class_id and k.dealing_date = e.dealing_date and k.buys = e.buys and k.chunk = e.chunk
                                  and k.revision = e.revision
            where e.investor_id = o.investor_id and e.order_key = o.key and k.journal_id is not null and k.reversal_id is null and k.settled_at is null) end;
end
$$;

-- What was owed changes hands.
create or replace function settle_dealing_chunk(c dealing_chunks) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_asset constant smallint := (select currency_asset_id from unit_classes where id = c.class_id);
  v_journal bigint;
begin
  if c.amount_minor > 0 then
    v_journal := open_batch('DEALING_SETTLED');
    perform move_owed_cash(c, v_journal, v_asset);
  end if;
  update dealing_chunks set settled_at = app_now(), settled_journal_id = v_journal
   where class_id = c.class_id and dealing_date = c.dealing_date and buys = c.buys and chunk = c.chunk and revision = c.revision;
  perform settle_dealt_orders(c);
  -- Last, because another chunk that ends at this moment waits for it.
  if v_journal is not null then perform close_batch(v_journal); end if;
end
$$;

-- The books of one side of a run against its deals, of one revision: nothing goes on that does not add up.
drop function if exists check_dealing_books(smallint, date, boolean);
create or replace function check_dealing_books(p_class smallint, p_date date, p_buys boolean, p_revision integer) returns void
language plpgsql volatile
set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  v_journals constant bigint[] := array(
    select journal_id from dealing_chunks where class_id = p_class and dealing_date = p_date and buys = p_buys and revision = p_revision
                                     and journal_id is not null);
  v_wrong text;
begin
  with booked as (
    -- Named as values, the journals lead to their partitions, and no other is read.
    select p.account, sum(p.amount) as amount from postings p where p.journal_id = any (v_journals) group by 1
  ), due as (
    select v.account, v.amount
      from (select coalesce(sum(amount_minor), 0) as amount, coalesce(sum(release_minor), 0) as release, coalesce(sum(units), 0) as units,
                   case when p_buys then 1 else -1 end as sign
              from deals where class_id = p_class and dealing_date = p_date and buys = p_buys and revision = p_revision) a
     cross join lateral (values ('FUND_CASH'::ledger_account, a.sign * a.amount), ('FUND_DUE', - a.sign * a.amount),
                                ('UNITS_ISSUED', - a.sign * a.units), ('INVESTOR_UNITS', a.sign * a.units),
                                ('INVESTOR_AVAILABLE', a.release), ('INVESTOR_RESERVED', - a.release)) v (account, amount)
  )
  select string_agg(format('%s %s, due %s', coalesce(d.account, b.account), coalesce(b.amount, 0), coalesce(d.amount, 0)), '; ') into v_wrong
    from due d full join booked b on b.account = d.account
   where coalesce(b.amount, 0) <> coalesce(d.amount, 0);
  if v_wrong is not null then
    raise exception 'The books of class % on % are not its deals: %.', p_class, p_date, v_wrong using errcode = 'check_violation', constraint = 'deals_booked';
  end if;
end
$$;
