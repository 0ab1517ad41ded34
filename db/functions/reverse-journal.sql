-- L7: a correction is a reversal, at most one an entry: the mirrored postings under a journal that names the one it takes back. Deposits and
-- conversions can be reversed, while the cash that they brought is still available; a sale (sale-refunds.sql) or a withdrawal is undone by its own opposite.
-- An operators' act: the site's role may not call it.
create or replace function reverse_journal(p_journal bigint) returns table (code text, journal_id bigint)
language plpgsql volatile
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := app_now();
  v_kind journal_kind;
  v_reversal bigint;
begin
  select kind into v_kind from journals where id = p_journal;
  if not found or v_kind not in ('DEPOSIT', 'CONVERSION') then
    return query select 'ledger.not-reversible'::text, null::bigint;
    return;
  end if;
  perform 1 from wallets w
    join (select distinct investor_id, asset_id from postings where journal_id = p_journal and investor_id <> 0) p using (investor_id, asset_id)
   order by w.investor_id, w.asset_id for no key update of w;
  if exists (select 1 from journals where reverses = p_journal) then
    return query select 'ledger.already-reversed'::text, null::bigint;
    return;
  end if;
  if exists (
    select 1 from postings p join wallets w using (investor_id, asset_id)
     where p.journal_id = p_journal and w.available < p.amount
  ) then
    return query select 'ledger.spent'::text, null::bigint;
    return;
  end if;
  insert into journals (kind, at, reverses) values ('REVERSAL', v_now, p_journal) returning id into v_reversal;
  with undone as (
    update wallets w set available = w.available - p.amount, available_version = w.available_version + 1
      from postings p
     where p.journal_id = p_journal and p.investor_id = w.investor_id and p.asset_id = w.asset_id
    returning w.investor_id, w.asset_id, w.available_version, w.available, p.amount
  )
  insert into postings_live (investor_id, asset_id, account, version, journal_id, amount, balance_after)
  select u.investor_id, u.asset_id, 'INVESTOR_AVAILABLE'::ledger_account, u.available_version, v_reversal, -u.amount, u.available from undone u
  union all
  select 0, p.asset_id, p.account, v_reversal, v_reversal, -p.amount, null
    from postings p where p.journal_id = p_journal and p.investor_id = 0;
  return query select null::text, v_reversal;
end
$$;
