-- What the site's role may do with the fund, the ledger and orders: read what is public, read the rows of the one person whom the transaction names
-- (app.investor_id, set by withInvestor), and change nothing but through the functions below (TRUST L6). Rights on people's own tables stand
-- in functions/system-rights.sql. Applied last, each time the database is migrated.

revoke all on all tables in schema public from public;
revoke create on schema public from public;

-- Public: the fund as data, and what is left of an offering.
grant select on funds, owner_commitments, assets, unit_classes, nav_prices, fx_rates, document_versions, document_texts, offerings, offering_slots,
  projects, window_demand, draw_commitments, allotment_runs, market_holidays, holiday_changes, class_record_days, sale_refund_chunks
  to wakachi_app;
-- Of a draw everything but the salt.
grant select (offering_id, applicants, applied_units, list_sha256, listed_at, reveal_deadline, beacon, pulse_at) on draws to wakachi_app;
grant select on allotment_chunks, dealing_runs, dealing_chunks, dealing_corrections, current_deals to wakachi_app;
-- A journal says when and of what kind, not whose.
revoke all on journals from wakachi_app;
grant select on journals to wakachi_app;

do $$
declare
  t text;
begin
  foreach t in array array['wallets', 'holdings', 'orders', 'reservations', 'cash_movements', 'postings', 'idempotency_keys',
                           'subscriptions', 'subscription_acts', 'applicants', 'allotments', 'dealing_orders', 'dealing_acts', 'deals', 'savings_plans',
                           'savings_plan_acts', 'savings_plan_turns', 'dealing_bridges', 'switches', 'switch_parts']
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
-- Postings are read as a whole, whose policies hold whichever partition a row lies in; of the partitions the site's role has none.
revoke all on postings_live from wakachi_app;

do $$
declare
  f text;
begin
  -- What the site may call. Each checks for itself what it is asked to do.
  foreach f in array array[
    'app_now()', 'issued_units(smallint)',
    'place_orders(bigint[], uuid[], integer[], order_kind[], bigint[], bigint[], integer[], locale[], boolean[], boolean)',
    'deposit_cash(bigint, uuid, currency, bigint)', 'request_withdrawal(bigint, uuid, currency, bigint)',
    'finish_withdrawal(bigint, uuid, cash_movement_state)', 'convert_cash(bigint, uuid, currency, bigint, bigint)',
    'list_pending_withdrawals(integer)',
    'place_subscription(bigint, uuid, integer, order_kind, bigint, bigint, integer, locale, boolean)',
    'change_subscription(bigint, uuid, uuid, order_kind, bigint, bigint, integer, locale, boolean)',
    'withdraw_subscription(bigint, uuid, uuid)', 'dealing_session(smallint, timestamptz)', 'own_free_units(smallint)',
    'place_dealing_order(bigint, uuid, smallint, dealing_kind, bigint, date, locale, boolean)', 'cancel_dealing_order(bigint, uuid, uuid)',
    'amend_dealing_order(bigint, uuid, uuid, dealing_kind, bigint, date, locale, boolean)', 'amendment_key(uuid)',
    'start_plan(bigint, uuid, smallint, bigint, integer, locale, boolean)', 'act_on_plan(bigint, uuid, uuid, plan_act, bigint, integer, locale, boolean)',
    'list_due_plans()', 'take_plan_turns(smallint, date, integer, locale[], text[], integer[], text[], text[], text[])',
    'place_switch(bigint, uuid, smallint, smallint, bigint, date, locale, boolean)', 'list_carried_switches()', 'carry_switches(smallint, integer)',
    'list_switch_news(integer)', 'write_switch_mails(bigint[], uuid[], date[], text[], text[], text[])',
    'start_due_dealing()', 'list_unfinished_dealing()', 'claim_dealing(smallint, date, integer)', 'release_dealing(smallint, date, integer)',
    'advance_dealing(smallint, date, integer)', 'list_dealing_notices()', 'next_dealing_mails(smallint, date, text, boolean, integer)',
    'write_dealing_mails(smallint, date, text, boolean, bigint, bigint[], text[], text[], text[])',
    'list_unfinished_redealing()', 'claim_redealing(smallint, date, integer)',
    'release_redealing(smallint, date, integer)', 'advance_redealing(smallint, date, integer)', 'list_redealt_outcomes(smallint, date, integer)',
    'write_redealing_mails(smallint, date, integer, text, jsonb)',
    'list_unfinished_refunds()', 'claim_sale_refund(integer, integer)', 'release_sale_refund(integer, integer)', 'list_refund_outcomes(integer)',
    'refund_sales(integer, integer, text, locale[], bigint[], bigint[], text[], text[])',
    'list_holiday_notices()', 'tell_moved_days(integer, integer, text, locale[], text[], text[])', 'staff_holiday_effects(jsonb)',
    'list_document_notices()', 'tell_applicants(integer, integer, integer, text, locale[], text[], text[])',
    'list_closed_windows()', 'count_demand()', 'commit_draw_secret(uuid, integer, text)', 'reveal_draw_secret(uuid, integer, text)',
    'published_allotments(integer, integer, integer)', 'published_outcome(integer)',
    'preview_allotment(integer)', 'list_unfinished_allotments()', 'claim_allotment(integer, integer)', 'release_allotment(integer, integer)',
    'advance_allotment(integer, integer)', 'list_allotment_outcomes(integer, integer)',
    'write_allotment_mails(integer, integer, text, locale[], bigint[], bigint[], bigint[], text[], text[])']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to wakachi_app', f);
  end loop;
  -- Parts of the above, and acts of operators: not the site's to call.
  foreach f in array array[
    'take_from_free_slots(integer, bigint)', 'take_from_all_slots(integer, integer[], text[], bigint[], bigint[], boolean)',
    'spread_over_slots(integer, bigint, bigint, integer)', 'lock_wallet(bigint, smallint)',
    'replay_cash(bigint, uuid, cash_movement_kind, smallint, bigint, bigint)', 'refuse_cash(text, bigint)', 'reverse_journal(bigint)',
    'enter_window(integer)', 'seal_window(integer)', 'free_units(bigint, smallint)', 'enter_dealing(smallint)', 'seal_dealing(smallint)',
    'replay_dealing(bigint, uuid, dealing_act, uuid, smallint, dealing_kind, bigint)', 'refuse_dealing(text, bigint)',
    'plan_date(date, integer)', 'plan_turn_at(smallint, date)', 'next_plan_month(smallint, integer, date, timestamptz)',
    'refuse_purchaser(bigint, smallint)', 'refuse_plan(text, bigint)', 'plan_answer(bigint, uuid, boolean, timestamptz)',
    'replay_plan(bigint, uuid, plan_act, uuid, smallint, bigint, integer)', 'refuse_plan_terms(smallint, bigint, integer)',
    'record_plan_act(savings_plans, uuid, plan_act)', 'due_plan_days(smallint)', 'newest_prospectus(smallint)', 'plan_asked_date(date, integer)',
    'plan_order_key(bigint, uuid, date)',
    'switch_part_key(bigint, uuid, date, text)', 'refuse_switch(bigint, smallint, smallint, boolean)',
    'replay_switch(bigint, uuid, smallint, smallint, bigint)', 'hold_switched(dealing_chunks)', 'free_switched(dealing_chunks)',
    'carried_next(smallint, integer)', 'carry_switch_part(switch_parts, smallint)',
    'offered_units(smallint)', 'dealt_units(smallint)',
    'judge_dealing(bigint, smallint, dealing_kind, bigint, date, boolean)', 'is_market_open(country, date, jsonb)',
    'asked_record_dates(smallint, integer, integer)', 'record_dates(smallint, date, date)', 'dealing_day_from(date, jsonb)',
    'market_day_after(country, date, integer, jsonb)', 'payout_day(country, date, integer, jsonb)', 'moved_by_holiday(jsonb)', 'holiday_effects(jsonb)',
    'people_of_notice(holiday_notices)', 'start_dealing(smallint, date, bigint, timestamptz, integer)', 'write_deals(smallint, date)',
    'waiting_purchases(smallint, date, date, bigint, bigint)', 'take_dealing_chunk(dealing_runs, date)', 'dealt_in(dealing_chunks)',
    'post_dealing_chunk(dealing_chunks)', 'move_dealt_units(dealing_chunks, bigint, unit_classes)', 'price_dealt_orders(dealing_chunks)',
    'settle_dealing_chunk(dealing_chunks)', 'move_owed_cash(dealing_chunks, bigint, smallint)', 'settle_dealt_orders(dealing_chunks)',
    'dealing_mails_between(smallint, date, text, boolean, integer, bigint, bigint, integer)',
    'write_same_mail(bigint[], text, locale[], text[], text[])',
    'give_dealing_notice(smallint, date, text, boolean)',
    'check_dealing_books(smallint, date, boolean, integer)', 'start_redealing(smallint, date, bigint, uuid)', 'deals_in_force(smallint, date)',
    'redealt(smallint, date, bigint)', 'write_redeals(dealing_corrections)', 'redeal_chunk(dealing_chunks)', 'bridge_chunk(dealing_chunks, boolean)',
    'bridged_in(dealing_chunks, boolean)', 'next_redealt(smallint, date)', 'redealing_effects(text, jsonb)',
    'price_in_force(smallint, date)',
    'replay_subscription(bigint, uuid, subscription_act, uuid, integer, order_kind, bigint, bigint, integer)',
    'refuse_subscription(text, bigint, bigint)',
    'judge_subscription(bigint, integer, order_kind, bigint, bigint, integer, boolean, uuid)',
    'book_reservation(bigint, smallint, bigint, journal_kind)', 'lock_subscriber(bigint, integer)',
    'agree_to_document(bigint, integer, locale)', 'lock_dealt_wallets(dealing_chunks, smallint)',
    'write_dealing_chunks(smallint, date, integer)', 'record_commitment(country, integer, text)', 'record_reveal(country, integer, text)',
    'is_result_public(integer)', 'open_batch(journal_kind, bigint)', 'reverse_batch(bigint)', 'close_batch(bigint)', 'make_partition(text, integer)',
    'attach_partition(text, integer)', 'list_applicants(integer, bytea)', 'plan_allotment(integer)',
    'give_notice(integer)', 'start_allotment(integer, uuid, integer)', 'start_refund(integer, uuid, integer)', 'write_allotments(integer)',
    'last_winning_digest(integer, bigint, bytea, bigint[], integer[], integer[], bigint)', 'winning_tickets(bytea, integer, integer, bytea)',
    'post_allotment_chunk(integer, integer)', 'post_next_allotment_chunk(integer, integer)', 'pay_allotment_chunk(allotment_chunks, smallint, smallint, smallint)',
    'check_allotment_books(integer)', 'allotment_figures(integer)',
    'check_allotment(jsonb, proposals)', 'execute_allotment(jsonb, proposals)', 'can_cancel_offering(text)', 'cancel_offering(integer, uuid)',
    'have_units_moved(integer)', 'start_sale_refund(integer, uuid, integer)', 'next_refunds(integer)']
  loop
    execute format('revoke all on function %s from public, wakachi_app', f);
  end loop;
end
$$;

-- Joint approval. Everybody reads the limits, what was decided, and the chain of the log; the staff read all of it; nobody writes any of it but
-- through the commands, which find out from the session who acts.
revoke all on covenant_limits, log_checkpoints, public_log, public_decisions from wakachi_app;
grant select on covenant_limits, log_checkpoints, public_log, public_decisions to wakachi_app;
do $$
declare
  t text;
  f text;
begin
  foreach t in array array['operator_log', 'proposals', 'proposal_revisions', 'proposal_signatures']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('drop policy if exists staff_rows on %I', t);
    execute format('create policy staff_rows on %I for select using ((select is_staff()))', t);
    execute format('revoke all on %I from wakachi_app', t);
    execute format('grant select on %I to wakachi_app', t);
  end loop;
  foreach f in array array[
    'propose(uuid, uuid, proposal_kind, text, text)', 'edit_proposal(uuid, uuid, integer, text, text)',
    'sign_proposal(uuid, uuid, integer, text)', 'reject_proposal(uuid, uuid, integer, text)', 'withdraw_proposal(uuid, uuid)',
    'expire_proposals()', 'publish_checkpoint()', 'covenant_values(integer)', 'offering_terms(integer)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to wakachi_app', f);
  end loop;
  -- Every part of a kind, also of those that come later, and what the commands are made of.
  for f in
    select oid::regprocedure::text from pg_proc
     where pronamespace = 'public'::regnamespace
       and (proname ~ (select '^(check|opened|closed|execute)_(' || string_agg(lower(k::text), '|') || ')$' from unnest(enum_range(null::proposal_kind)) k)
            or proname in ('log_act', 'log_proposal', 'close_proposal', 'revise_proposal', 'expire_due_proposals', 'execute_proposal', 'call_kind',
                           'factor_is_fresh', 'is_own_account', 'covenant_breach', 'proposal_is_jointly_approved', 'answer_proposal', 'lock_log'))
  loop
    execute format('revoke all on function %s from public, wakachi_app', f);
  end loop;
end
$$;

-- Valuation. Everybody sees what is published, and that a day is held; the staff see all of it. The job strikes, checks and publishes through
-- functions that find out for themselves what is due; the covenant's tolerance decides, never the caller.
do $$
declare
  f text;
begin
  foreach f in array array[
    'staff_valuation_terms(text, bigint)', 'staff_redealing(text, jsonb)',
    'import_valuation(uuid, smallint, date, bigint, bigint, text, integer, bigint, bigint, smallint[], bigint[], bigint, bigint, bigint, smallint[], bigint[])',
    'list_due_rates()', 'fix_mid_rate(date, bigint)', 'next_valuation(smallint)', 'check_valuation(smallint, date)', 'publish_valuation(smallint, date)',
    'strike_valuation(smallint, date, text, integer, bigint, bigint, smallint[], bigint[], bigint, bigint, bigint, smallint[], bigint[])']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to wakachi_app', f);
  end loop;
  foreach f in array array[
    'valuation_terms(valuations)', 'valuation_in_force(text)', 'corrected_terms(text, bigint)',
    'lock_valuations()', 'open_books(smallint, text, integer)', 'valuation_fault(valuations)', 'publish_revision(bigint, uuid)',
    'control_balance(ledger_account, smallint, timestamptz)', 'citizens_cash(smallint, currency, timestamptz)',
    'class_claims(smallint, timestamptz)', 'owners_par(smallint)', 'value_classes(smallint, bigint, bigint, timestamptz)',
    'write_valuation(smallint, date, valuation_source, text, integer, bigint, bigint, smallint[], bigint[], bigint, bigint, bigint, bigint, smallint[], bigint[])']
  loop
    execute format('revoke all on function %s from public, wakachi_app', f);
  end loop;
end
$$;
