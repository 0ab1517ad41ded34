-- What a dealing run writes to the ledger (dealing-run.sql). Units move when an order is priced 約定, cash when it is settled 受渡. In between the fund owes,
-- or is owed: its cash counts from the pricing on, so that a valuation sees units and what was paid for them at one moment, and FUND_DUE has what is
-- still to change hands. Wallets are locked first; each chunk is a batch (ledger-batches.sql).

-- The deals that hold: those of the revision that is booked and not reversed. A person reads their own.
create or replace view current_deals with (security_invoker = on) as
  select d.* from deals d
    join dealing_chunks k on k.class_id = d.class_id and k.dealing_date = d.dealing_date and k.buys = d.buys and k.chunk = d.chunk and k.revision = d.revision
   where k.reversal_id is null and (k.revision = 0 or k.journal_id is not null);

-- The people of a chunk, with what their deals in it come to.
create or replace function dealt_in(c dealing_chunks)
returns table (investor_id bigint, units bigint, amount bigint, release bigint)
language sql stable
set search_path = public, pg_temp
as $$
  select d.investor_id, sum(d.units)::bigint, sum(d.amount_minor)::bigint, sum(d.release_minor)::bigint
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

create or replace function post_dealing_chunk(c dealing_chunks) returns void
language plpgsql volatile
set search_path = public, pg_temp
set work_mem = '64MB'
as $$
declare
  u unit_classes;
  v_journal bigint;
  v_people bigint;
  v_moved bigint;
begin
  select * into u from unit_classes where id = c.class_id;
  perform lock_dealt_wallets(c, u.currency_asset_id);
  v_journal := open_batch(case when c.buys then 'DEALING_BOUGHT' else 'DEALING_REDEEMED' end::journal_kind);
  update dealing_chunks set journal_id = v_journal
   where class_id = c.class_id and dealing_date = c.dealing_date and buys = c.buys and chunk = c.chunk and revision = c.revision;
  if c.buys then
    update wallets w
       set reserved = w.reserved - d.release, reserved_version = w.reserved_version + 1,
           available = w.available + d.release, available_version = w.available_version + 1
      from dealt_in(c) d where w.investor_id = d.investor_id and w.asset_id = u.currency_asset_id and d.release > 0;
    insert into holdings as h (investor_id, class_id, units, issued_units, version, cost_minor)
    select d.investor_id, c.class_id, d.units, d.units, 1, d.amount from dealt_in(c) d where d.units > 0 order by d.investor_id
        on conflict (investor_id, class_id) do update
       set units = h.units + excluded.units, issued_units = h.issued_units + excluded.issued_units, version = h.version + 1,
           cost_minor = h.cost_minor + case when c.revision = 0 then excluded.cost_minor else 0 end;
  else
    -- The cost goes in the proportion of the units, rounded down, so that what stays has cost no less.
    update holdings h
       set units = h.units - d.units, version = h.version + 1,
           cost_minor = h.cost_minor - case when c.revision = 0 then div(h.cost_minor::numeric * d.units, h.units)::bigint else 0 end
      from dealt_in(c) d where h.investor_id = d.investor_id and h.class_id = c.class_id;
    get diagnostics v_moved = row_count;
    select count(*) into v_people from dealt_in(c);
    if v_moved <> v_people then
      raise exception 'Of % people who redeem in chunk % of class % on %, % hold units.', v_people, c.chunk, c.class_id, c.dealing_date, v_moved;
    end if;
  end if;
  if c.revision = 0 then
    update dealing_orders o
       set state = case when d.buys and d.units = 0 then 'LAPSED' when d.deferred_units > 0 then 'CUT_OFF' else 'PRICED' end::order_state,
           reserved_minor = case when d.buys then d.amount_minor else 0 end, reserved_units = d.deferred_units, changed_at = app_now()
      from deals d
     where d.class_id = c.class_id and d.dealing_date = c.dealing_date and d.buys = c.buys and d.chunk = c.chunk and d.revision = 0
       and o.investor_id = d.investor_id and o.key = d.order_key;
  elsif c.buys then
    -- Dealt again, an order stays in its state; only what waits for settlement is another sum.
    update dealing_orders o set reserved_minor = d.amount_minor
      from deals d
     where d.class_id = c.class_id and d.dealing_date = c.dealing_date and d.buys and d.chunk = c.chunk and d.revision = c.revision
       and o.investor_id = d.investor_id and o.key = d.order_key and o.state = 'PRICED';
  end if;
  execute format($post$
    insert into %I (investor_id, asset_id, account, version, journal_id, amount, balance_after)
    select 0, v.asset_id, v.account, $1, $1, v.amount, null
      from (values ($2.currency_asset_id, 'FUND_CASH'::ledger_account, $4), ($2.currency_asset_id, 'FUND_DUE', - $4), ($2.unit_asset_id, 'UNITS_ISSUED', - $5))
             v (asset_id, account, amount)
     where v.amount <> 0
    union all
    select d.investor_id, v.asset_id, v.account, v.version, $1, v.amount, v.balance
      from dealt_in($3) d
      join wallets w on w.investor_id = d.investor_id and w.asset_id = $2.currency_asset_id
      left join holdings h on h.investor_id = d.investor_id and h.class_id = $3.class_id
     cross join lateral (values
       ($2.currency_asset_id, 'INVESTOR_AVAILABLE'::ledger_account, w.available_version, d.release, w.available),
       ($2.currency_asset_id, 'INVESTOR_RESERVED', w.reserved_version, - d.release, w.reserved),
       ($2.unit_asset_id, 'INVESTOR_UNITS', h.version, case when $3.buys then d.units else - d.units end, h.units))
       v (asset_id, account, version, amount, balance)
     where v.amount <> 0
     order by 1, 2, 3, 4$post$, 'postings_' || v_journal)
  using v_journal, u, c, case when c.buys then c.amount_minor else - c.amount_minor end, case when c.buys then c.units else - c.units end;
  perform close_batch(v_journal);
end
$$;

-- What was owed changes hands; an order is settled when all that it was dealt in is.
create or replace function settle_dealing_chunk(c dealing_chunks) returns void
language plpgsql volatile
set search_path = public, pg_temp
set work_mem = '64MB'
as $$
declare
  v_asset constant smallint := (select currency_asset_id from unit_classes where id = c.class_id);
  v_journal bigint;
begin
  if c.amount_minor > 0 then
    perform lock_dealt_wallets(c, v_asset);
    v_journal := open_batch('DEALING_SETTLED');
    update wallets w
       set reserved = w.reserved - case when c.buys then d.amount else 0 end, reserved_version = w.reserved_version + c.buys::integer,
           available = w.available + case when c.buys then 0 else d.amount end, available_version = w.available_version + (not c.buys)::integer
      from dealt_in(c) d where w.investor_id = d.investor_id and w.asset_id = v_asset and d.amount > 0;
    execute format($post$
      insert into %I (investor_id, asset_id, account, version, journal_id, amount, balance_after)
      select 0, $2, 'FUND_DUE'::ledger_account, $1, $1, case when $3.buys then $3.amount_minor else - $3.amount_minor end, null
      union all
      select d.investor_id, $2, case when $3.buys then 'INVESTOR_RESERVED' else 'INVESTOR_AVAILABLE' end::ledger_account,
             case when $3.buys then w.reserved_version else w.available_version end, $1, case when $3.buys then - d.amount else d.amount end,
             case when $3.buys then w.reserved else w.available end
        from dealt_in($3) d join wallets w on w.investor_id = d.investor_id and w.asset_id = $2
       where d.amount > 0
       order by 1, 2, 3, 4$post$, 'postings_' || v_journal)
    using v_journal, v_asset, c;
    perform close_batch(v_journal);
  end if;
  update dealing_chunks set settled_at = app_now(), settled_journal_id = v_journal
   where class_id = c.class_id and dealing_date = c.dealing_date and buys = c.buys and chunk = c.chunk and revision = c.revision;
  update dealing_orders o set state = 'SETTLED', reserved_minor = 0, changed_at = app_now()
    from deals d
   where d.class_id = c.class_id and d.dealing_date = c.dealing_date and d.buys = c.buys and d.chunk = c.chunk and d.revision = c.revision
     and o.investor_id = d.investor_id and o.key = d.order_key and o.state = 'PRICED'
     and not exists (
       select 1 from deals e
         join dealing_chunks k on k.class_id = e.class_id and k.dealing_date = e.dealing_date and k.buys = e.buys and k.chunk = e.chunk
                              and k.revision = e.revision
        where e.investor_id = o.investor_id and e.order_key = o.key and k.journal_id is not null and k.reversal_id is null and k.settled_at is null);
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
