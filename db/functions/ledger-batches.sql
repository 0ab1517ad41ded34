-- Entries that batches write (SPEED): each has a partition of postings to itself. It is filled while it has no index and nobody sees it, in the order
-- of its key; then it is checked as a whole, indexed and attached, all within the transaction that changes the balances. Whoever changes balances in
-- a batch does so between the two functions here.

-- A journal, and an empty table `postings_<journal>` that takes postings of it alone.
drop function if exists open_batch(journal_kind);
create or replace function open_batch(p_kind journal_kind, p_reverses bigint default null) returns bigint
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_journal constant bigint := nextval('batch_journals');
begin
  insert into journals (id, kind, at, reverses) overriding system value values (v_journal, p_kind, app_now(), p_reverses);
  -- The last constraint saves attaching a look at every row.
  execute format(
    'create table %I (like postings including defaults including constraints, constraint of_the_journal check (journal_id = %s))',
    'postings_' || v_journal, v_journal);
  return v_journal;
end
$$;

-- Makes the table a partition of postings, where it holds what the trigger of the others holds (ledger-guards.sql): L1, the entry balances for each
-- asset; L3 and L4, each posting carries the balance and the version that its account has now. Versions of an account stay unique across partitions,
-- though no index spans them: a balance changes by one version, under its row's lock (wallets_step, holdings_step), and the version that it has must
-- have come with this transaction, since the row must have been written by it.
create or replace function close_batch(p_journal bigint) returns void
language plpgsql volatile
set search_path = public, pg_temp
set enable_mergejoin = off
set enable_nestloop = off
set work_mem = '64MB'
set hash_mem_multiplier = 4
set maintenance_work_mem = '256MB'
set max_parallel_workers_per_gather = 2
as $$
declare
  v_part constant text := 'postings_' || p_journal;
  v_first bigint;
  v_last bigint;
  v_asset record;
begin
  execute format('alter table %I add primary key (investor_id, asset_id, account, version)', v_part);
  execute format('select min(investor_id), max(investor_id) from %I where investor_id > 0', v_part) into v_first, v_last;
  -- Cash and units apart: each posting is held against the one balance that it belongs to.
  for v_asset in
    execute format($check$
      select n.asset_id, sum(n.amount) as total, bool_or(n.investor_id <> 0 and case n.account
               when 'INVESTOR_AVAILABLE' then (w.available, w.available_version, w.xmin) is distinct from (n.balance_after, n.version, $3)
               when 'INVESTOR_RESERVED' then (w.reserved, w.reserved_version, w.xmin) is distinct from (n.balance_after, n.version, $3)
               else true
             end) as differs
        from %1$I n
        left join wallets w on w.investor_id = n.investor_id and w.asset_id = n.asset_id and w.investor_id between $1 and $2
       where n.asset_id not in (select unit_asset_id from unit_classes)
       group by n.asset_id
      union all
      select n.asset_id, sum(n.amount), bool_or(n.investor_id <> 0
               and (n.account, n.balance_after, n.version, $3) is distinct from ('INVESTOR_UNITS', h.units, h.version, h.xmin))
        from unit_classes c
        join %1$I n on n.asset_id = c.unit_asset_id
        left join holdings h on h.investor_id = n.investor_id and h.class_id = c.id and h.investor_id between $1 and $2
       group by n.asset_id$check$, v_part)
    using v_first, v_last, pg_current_xact_id()::xid
  loop
    if v_asset.total <> 0 then
      raise exception 'The postings of a journal do not balance.' using errcode = 'check_violation', constraint = 'postings_balance';
    end if;
    if v_asset.differs then
      raise exception 'A posting and the balance of its account differ.' using errcode = 'check_violation', constraint = 'postings_match_balance';
    end if;
  end loop;
  if not found then
    raise exception 'A journal has no postings.' using errcode = 'check_violation', constraint = 'postings_balance';
  end if;
  execute format('create trigger append_only before insert or update or delete or truncate on %I for each statement execute function refuse_change()',
                 v_part);
  execute format('alter table postings attach partition %I for values from (%s) to (%s)', v_part, p_journal, p_journal + 1);
  execute format('alter table %I drop constraint of_the_journal', v_part);
end
$$;
