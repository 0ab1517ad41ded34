-- Invariants that the database itself holds, whoever writes (TRUST: L1, L3, L4, L6, O1, O4). The functions that write are written to keep them;
-- these stop one that does not.

-- L1: the postings of a journal come in one statement and balance for each asset; as none is zero, there are two at least.
-- L3, L4: the newest posting of an investor's account carries the balance and the version that the account's row has.
create or replace function check_new_postings() returns trigger
language plpgsql
set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  v_asset record;
  v_differs boolean;
begin
  for v_asset in
    select j.asset_id, c.id as class_id, bool_and(j.total = 0) as balances,
           bool_and(exists (select 1 from journals where id = j.journal_id)) as has_journal
      from (select journal_id, asset_id, sum(amount) as total from new_postings group by journal_id, asset_id) j
      left join unit_classes c on c.unit_asset_id = j.asset_id
     group by j.asset_id, c.id
  loop
    if not v_asset.balances then
      raise exception 'The postings of a journal do not balance.' using errcode = 'check_violation', constraint = 'postings_balance';
    end if;
    if not v_asset.has_journal then
      raise exception 'A posting names no journal.' using errcode = 'foreign_key_violation', constraint = 'postings_journal';
    end if;
    -- OFFSET 0: one look into an index for each posting, whatever the planner believes of tables that were empty when it planned.
    if v_asset.class_id is null then
      v_differs := exists (
        select 1 from new_postings n
          left join lateral (
            select available, available_version, reserved, reserved_version
              from wallets where investor_id = n.investor_id and asset_id = n.asset_id offset 0
          ) w on true
         where n.asset_id = v_asset.asset_id and n.investor_id <> 0
           and case n.account
                 when 'INVESTOR_AVAILABLE' then (w.available, w.available_version) is distinct from (n.balance_after, n.version)
                 when 'INVESTOR_RESERVED' then (w.reserved, w.reserved_version) is distinct from (n.balance_after, n.version)
                 else true
               end
      );
    else
      v_differs := exists (
        select 1 from new_postings n
          left join lateral (
            select units, version from holdings where investor_id = n.investor_id and class_id = v_asset.class_id offset 0
          ) h on true
         where n.asset_id = v_asset.asset_id and n.investor_id <> 0
           and (n.account <> 'INVESTOR_UNITS' or (h.units, h.version) is distinct from (n.balance_after, n.version))
      );
    end if;
    if v_differs then
      raise exception 'A posting and the balance of its account differ.' using errcode = 'check_violation', constraint = 'postings_match_balance';
    end if;
  end loop;
  return null;
end
$$;

-- Functions insert into the partition of single acts by its name, which saves them finding it for each row; whoever names the whole is checked alike.
-- What batches write is checked when it is attached (ledger-batches.sql).
create or replace trigger postings_checked after insert on postings_live
referencing new table as new_postings for each statement execute function check_new_postings();
create or replace trigger postings_checked after insert on postings
referencing new table as new_postings for each statement execute function check_new_postings();

create or replace function refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception 'This change of % is not allowed.', tg_table_name using errcode = 'check_violation', constraint = tg_name;
end
$$;

-- L4: a balance changes in steps of one version, each of which has its posting. The conditions are looked at without calling the function; AFTER,
-- because a BEFORE trigger makes each update lock its row first, which is written to the log.
create or replace trigger wallets_step after update on wallets for each row
when (new.investor_id <> old.investor_id or new.asset_id <> old.asset_id
  or new.available_version - old.available_version <> (new.available <> old.available)::integer
  or new.reserved_version - old.reserved_version <> (new.reserved <> old.reserved)::integer)
execute function refuse_change();

create or replace trigger holdings_step after update on holdings for each row
when (new.investor_id <> old.investor_id or new.class_id <> old.class_id
  or new.version - old.version <> (new.units <> old.units)::integer
  or new.issued_units - old.issued_units <> greatest(new.units - old.units, 0))
execute function refuse_change();

-- O1: the declared changes of state (lib/domain/orders/state-machine.ts), and no others.
create or replace function order_can_become(p_from order_state, p_to order_state) returns boolean
language sql immutable parallel safe
as $$
  select case p_from
    when 'NEW' then p_to in ('ACCEPTED', 'REJECTED')
    when 'ACCEPTED' then p_to in ('CUT_OFF', 'PRICED', 'CANCELLED', 'LAPSED')
    when 'CUT_OFF' then p_to in ('PRICED', 'LAPSED')
    when 'PRICED' then p_to = 'SETTLED'
    else false
  end
$$;

create or replace trigger orders_state after update of state on orders for each row
when (new.state <> old.state and not order_can_become(old.state, new.state))
execute function refuse_change();

-- O4: what was asked for, and the price and terms it was accepted under, stay.
create or replace trigger orders_terms after update on orders for each row
when ((new.investor_id, new.key, new.offering_id, new.class_id, new.kind, new.asked, new.price, new.terms_version)
  is distinct from (old.investor_id, old.key, old.offering_id, old.class_id, old.kind, old.asked, old.price, old.terms_version))
execute function refuse_change();

-- A withdrawn subscription stays withdrawn, and whose it is and of which offering never changes.
create or replace trigger subscriptions_state after update on subscriptions for each row
when (old.state <> 'ACTIVE'
  or (new.investor_id, new.key, new.number, new.offering_id, new.class_id, new.placed_at)
    is distinct from (old.investor_id, old.key, old.number, old.offering_id, old.class_id, old.placed_at))
execute function refuse_change();

-- O1: the declared changes of state, and no others; whose an order is and what was asked never change (O4). Its day does where both sides change the
-- holidays, and while it waits for its cut-off alone.
create or replace trigger dealing_orders_state after update of state on dealing_orders for each row
when (new.state <> old.state and not order_can_become(old.state, new.state))
execute function refuse_change();

create or replace trigger dealing_orders_terms after update on dealing_orders for each row
when ((new.investor_id, new.key, new.number, new.class_id, new.kind, new.asked, new.prospectus_id, new.placed_at)
  is distinct from (old.investor_id, old.key, old.number, old.class_id, old.kind, old.asked, old.prospectus_id, old.placed_at))
execute function refuse_change();

create or replace trigger dealing_orders_day_waits after update on dealing_orders for each row
when ((new.dealing_date, new.cut_off_at) is distinct from (old.dealing_date, old.cut_off_at) and (old.state <> 'ACCEPTED' or new.state <> 'ACCEPTED'))
execute function refuse_change();

-- By then the holidays are changed: the first dealing day from the one that each was accepted for, never an earlier one. Asked once of all that wait, since
-- a million may move at once.
create or replace function check_order_days() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  -- Materialised, so that the calendar is asked for each day and not for each order.
  if exists (with days as materialized (
               select distinct a.dealing_date as since, o.dealing_date as day
                 from dealing_orders o join dealing_acts a on a.investor_id = o.investor_id and a.key = o.key
                where o.state = 'ACCEPTED')
             select 1 from days d where d.day <> dealing_day_from(d.since)) then
    raise exception 'This change of % is not allowed.', tg_table_name using errcode = 'check_violation', constraint = tg_name;
  end if;
  return null;
end
$$;
create or replace trigger dealing_orders_day after update of dealing_date, cut_off_at on dealing_orders for each statement execute function check_order_days();

-- Whose a plan is, and of which class, never changes; one that has ended stays ended.
create or replace trigger savings_plans_state after update on savings_plans for each row
when (old.state = 'ENDED'
  or (new.investor_id, new.key, new.number, new.class_id, new.started_at) is distinct from (old.investor_id, old.key, old.number, old.class_id, old.started_at))
execute function refuse_change();

-- A chunk of a dealing run is booked once, settled once, and reversed once; nothing follows after that.
create or replace trigger dealing_chunks_once after update on dealing_chunks for each row
when (old.reversal_id is not null or (old.journal_id is not null and new.journal_id is distinct from old.journal_id)
  or (old.settled_at is not null and (new.settled_at, new.settled_journal_id) is distinct from (old.settled_at, old.settled_journal_id))
  or (new.class_id, new.dealing_date, new.buys, new.chunk, new.revision, new.first_investor, new.last_investor, new.units, new.amount_minor)
    is distinct from
    (old.class_id, old.dealing_date, old.buys, old.chunk, old.revision, old.first_investor, old.last_investor, old.units, old.amount_minor))
execute function refuse_change();

-- The prices of a correction stay.
create or replace trigger dealing_corrections_terms after update on dealing_corrections for each row
when ((new.class_id, new.dealing_date, new.revision, new.price_before, new.price, new.proposal_id)
    is distinct from (old.class_id, old.dealing_date, old.revision, old.price_before, old.price, old.proposal_id))
execute function refuse_change();

-- The price and the terms of a run stay.
create or replace trigger dealing_runs_terms after update on dealing_runs for each row
when ((new.class_id, new.dealing_date, new.price, new.struck_at, new.cut_off_at, new.levy_e4, new.gate_e4, new.issued_units)
  is distinct from (old.class_id, old.dealing_date, old.price, old.struck_at, old.cut_off_at, old.levy_e4, old.gate_e4, old.issued_units))
execute function refuse_change();

-- When its cash changes hands follows the calendar where both sides change the holidays, until it has.
create or replace function check_run_days() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
declare
  c unit_classes;
  v_today date;
begin
  select * into c from unit_classes where id = new.class_id;
  v_today := (app_now() at time zone c.time_zone)::date;
  if new.settlement_date <> old.settlement_date
     and (old.settlement_date <= v_today or new.settlement_date <> market_day_after(c.country, new.dealing_date, c.settlement_days))
     or new.payout_date <> old.payout_date
     and (old.payout_date <= v_today or new.payout_date <> greatest(payout_day(c.country, new.dealing_date, c.settlement_days), v_today)) then
    raise exception 'This change of % is not allowed.', tg_table_name using errcode = 'check_violation', constraint = tg_name;
  end if;
  return null;
end
$$;
create or replace trigger dealing_runs_days after update on dealing_runs for each row
when ((new.settlement_date, new.payout_date) is distinct from (old.settlement_date, old.payout_date))
execute function check_run_days();

-- A commitment is made once, and its secret revealed once.
create or replace trigger draw_commitments_once after update on draw_commitments for each row
when (old.secret is not null or new.secret is null
  or (new.offering_id, new.side, new.commitment_sha256, new.committed_at)
    is distinct from (old.offering_id, old.side, old.commitment_sha256, old.committed_at))
execute function refuse_change();

-- A chunk of an allotment is booked once.
create or replace trigger allotment_chunks_once after update on allotment_chunks for each row
when (old.journal_id is not null or (new.offering_id, new.chunk, new.first_investor, new.last_investor)
    is distinct from (old.offering_id, old.chunk, old.first_investor, old.last_investor))
execute function refuse_change();

create or replace trigger cash_movements_state after update of state on cash_movements for each row
when (new.state <> old.state and not (old.kind = 'WITHDRAWAL' and old.state = 'PENDING'))
execute function refuse_change();

-- L6: what has been written down stays, for the owner of the tables too.
do $$
declare
  v_table text;
begin
  foreach v_table in array array['journals', 'postings', 'postings_live', 'consents', 'identity_events', 'suitability_answers', 'eligibility_appeals',
                                 'subscription_acts', 'draws', 'applicants', 'allotments', 'sale_refund_chunks', 'dealing_acts', 'deals',
                                 'savings_plan_acts', 'savings_plan_turns', 'dealing_bridges', 'switches', 'holiday_changes']
  loop
    execute format(
      'create or replace trigger %I before update or delete or truncate on %I for each statement execute function refuse_change()',
      v_table || '_append_only', v_table);
  end loop;
end
$$;

-- Rows that are updated with every order, or all of them by a run, keep room on their page for the next version, so that no index is touched. A look at
-- a row first clears its page of dead versions, which takes the longer the more rows lie there: hence fewer than would fit.
alter table wallets set (fillfactor = 40);
alter table holdings set (fillfactor = 40);
alter table dealing_orders set (fillfactor = 45);
alter table offering_slots set (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
