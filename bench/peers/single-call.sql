-- Yardstick L: an order as one function call for one order, without anything that orders share: the same tables, indexes and constraints as the
-- portal's, but no rules of eligibility, windows or caps, and no triggers. What is left is what any durable order has to write.
create schema if not exists single_call;
create table single_call.wallets (like public.wallets including all);
create table single_call.holdings (like public.holdings including all);
create table single_call.orders (like public.orders including all);
create table single_call.journals (like public.journals including all);
create table single_call.postings (like public.postings_live including all);
alter table single_call.wallets set (fillfactor = 40);
alter table single_call.holdings set (fillfactor = 40);
insert into single_call.wallets (investor_id, asset_id, available, available_version)
select i, 1, 1000000000000, 1 from generate_series(1, :investors) i;

create function single_call.place_order(p_investor bigint, p_key uuid, p_units bigint, p_amount bigint) returns text
language plpgsql volatile
set search_path = single_call, public
set plan_cache_mode = force_generic_plan
as $$
declare
  v_available bigint;
  v_version bigint;
  v_journal bigint;
  v_units bigint;
  v_units_version bigint;
begin
  update wallets set available = available - p_amount, available_version = available_version + 1
   where investor_id = p_investor and asset_id = 1 and available >= p_amount
  returning available, available_version into v_available, v_version;
  if not found then return 'insufficient-cash'; end if;
  insert into journals (kind, at) values ('OFFERING_SALE', statement_timestamp()) returning id into v_journal;
  insert into orders (investor_id, key, asked, amount_minor, units, price, placed_at, settled_at, journal_id, offering_id, terms_version,
                      kind, state, locale, class_id)
  values (p_investor, p_key, p_amount, p_amount, p_units, 100000, statement_timestamp(), statement_timestamp(), v_journal, 1, 1,
          'BUY_AMOUNT', 'SETTLED', 'en', 1)
      on conflict do nothing;
  if not found then raise exception 'The key was used.'; end if;
  insert into holdings as h (investor_id, class_id, units, issued_units, version, cost_minor)
  values (p_investor, 1, p_units, p_units, 1, p_amount)
      on conflict (investor_id, class_id) do update
         set units = h.units + excluded.units, issued_units = h.issued_units + excluded.units, version = h.version + 1, cost_minor = h.cost_minor + excluded.cost_minor
  returning units, version into v_units, v_units_version;
  insert into postings (investor_id, asset_id, account, version, journal_id, amount, balance_after) values
    (p_investor, 1, 'INVESTOR_AVAILABLE', v_version, v_journal, -p_amount, v_available),
    (p_investor, 3, 'INVESTOR_UNITS', v_units_version, v_journal, p_units, v_units),
    (0, 1, 'FUND_CASH', v_journal, v_journal, p_amount, null),
    (0, 3, 'UNITS_ISSUED', v_journal, v_journal, -p_units, null);
  return null;
end
$$;
