-- What the site's role may do with the fund, the ledger and orders: read what is public, read the rows of the one person whom the transaction names
-- (app.investor_id, set by withInvestor), and change nothing but through the functions below (TRUST L6). Rights on people's own tables stand
-- in functions/system-rights.sql. Applied last, each time the database is migrated.

revoke all on all tables in schema public from public;
revoke create on schema public from public;

-- Public: the fund as data, and what is left of an offering.
grant select on funds, owner_commitments, assets, unit_classes, nav_prices, fx_rates, document_versions, document_texts, offerings, offering_slots,
  projects
  to wakachi_app;
-- A journal says when and of what kind, not whose.
revoke all on journals from wakachi_app;
grant select on journals to wakachi_app;

do $$
declare
  t text;
begin
  foreach t in array array['wallets', 'holdings', 'orders', 'reservations', 'cash_movements', 'postings', 'idempotency_keys']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('drop policy if exists own_rows on %I', t);
    -- The setting is '' after a transaction that had it, and not there before the first one.
    execute format($p$create policy own_rows on %I
      using (investor_id = (select nullif(current_setting('app.investor_id', true), '')::bigint))$p$, t);
    execute format('revoke all on %I from wakachi_app', t);
    execute format('grant select on %I to wakachi_app', t);
  end loop;
end
$$;
grant insert on idempotency_keys to wakachi_app;

do $$
declare
  f text;
begin
  -- What the site may call. Each checks for itself what it is asked to do.
  foreach f in array array[
    'app_now()',
    'place_orders(bigint[], uuid[], integer[], order_kind[], bigint[], bigint[], integer[], locale[], boolean[], boolean)',
    'deposit_cash(bigint, uuid, currency, bigint)', 'request_withdrawal(bigint, uuid, currency, bigint)',
    'finish_withdrawal(bigint, uuid, cash_movement_state)', 'convert_cash(bigint, uuid, currency, bigint, bigint)',
    'list_pending_withdrawals(integer)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to wakachi_app', f);
  end loop;
  -- Parts of the above, and acts of operators: not the site's to call.
  foreach f in array array[
    'take_from_one_slot(integer, bigint)', 'take_from_all_slots(integer, integer[], text[], bigint[], bigint[])',
    'spread_over_slots(integer, bigint, bigint, integer)', 'lock_wallet(bigint, smallint)',
    'replay_cash(bigint, uuid, cash_movement_kind, smallint, bigint, bigint)', 'refuse_cash(text, bigint)', 'reverse_journal(bigint)']
  loop
    execute format('revoke all on function %s from public, wakachi_app', f);
  end loop;
end
$$;
