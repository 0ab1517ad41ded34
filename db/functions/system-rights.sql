-- What the site's role may do with people's rows: see and change the rows of the one person whom the transaction names, and for append-only
-- tables only add to them (TRUST, "Other people's things"). Tables of the ledger have their rights in grants.sql.
do $$
declare
  t text;
  own text := 'nullif(current_setting(''app.investor_id'', true), '''')::bigint';
  key text;
begin
  foreach t in array array['users', 'sessions', 'email_tokens', 'investors', 'identity_events', 'suitability_answers', 'consents',
                           'eligibility_appeals', 'mails', 'totp_factors', 'passkeys', 'recovery_codes']
  loop
    key := case t when 'users' then 'id' when 'sessions' then 'user_id' when 'email_tokens' then 'user_id' when 'mails' then 'user_id'
                  when 'totp_factors' then 'user_id' when 'passkeys' then 'user_id' when 'recovery_codes' then 'user_id' else 'investor_id' end;
    execute format('alter table %I enable row level security', t);
    execute format('drop policy if exists own_rows on %I', t);
    execute format('create policy own_rows on %I using (%I = (select %s)) with check (%I = (select %s))', t, key, own, key, own);
    execute format('revoke all on %I from wakachi_app', t);
  end loop;
end
$$;

-- A mail is a notice in the site, too, of which its person notes that it was read. A link that lets in whoever has it is for the mailbox alone: whoever
-- has got hold of a session must not find there what gives them the account.
drop policy if exists notices on mails;
create policy notices on mails as restrictive for select using (kind not in ('verify', 'known', 'reset'));
grant select (id, user_id, kind, locale, subject, body, created_at, read_at), update (read_at) on mails to wakachi_app;

grant select on users, sessions, email_tokens, investors, identity_events, suitability_answers, consents, eligibility_appeals, clock,
  document_versions, document_texts to wakachi_app;
grant update (password_hash, email_verified_at, locale) on users to wakachi_app;
grant insert, update (ended_at) on sessions to wakachi_app;
grant insert, update (used_at) on email_tokens to wakachi_app;
grant update (identity_state, status, status_reason, residence, country, nationality, us_person, family_name, given_name, family_name_kana,
  given_name_kana, birth_date, postal_code, region, city, street, building, display_currency, suitability_version, suitability_expires_at,
  updated_at) on investors to wakachi_app;
grant insert on identity_events, suitability_answers, consents, eligibility_appeals, mails to wakachi_app;
grant select, insert, update, delete on rate_limits to wakachi_app;
grant select, insert, delete on totp_factors, passkeys, recovery_codes to wakachi_app;
grant update (confirmed_at, last_used_step) on totp_factors to wakachi_app;
grant update (counter, last_used_at) on passkeys to wakachi_app;
grant update (used_at) on recovery_codes to wakachi_app;

do $$
declare
  f text;
begin
  foreach f in array array[
    'find_account(text)', 'create_account(text, text, locale)', 'find_email_token(text)',
    'check_session(uuid, integer, integer, integer, integer)', 'due_identity_reviews(timestamptz)', 'due_suitability_expiries()',
    'advance_offerings()', 'list_outbox(integer, text)', 'claim_mail(bigint)', 'settle_mail(bigint, text)', 'enqueue_job(text, json)',
    'open_challenge(text, text, bigint, integer)', 'spend_challenge(text, text, bigint)',
    'find_passkey(text)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to wakachi_app', f);
  end loop;
end
$$;
