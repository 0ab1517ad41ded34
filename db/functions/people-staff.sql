-- Who of the staff acts, known by the session alone (DOMAIN §11, TRUST "Operators"). The site's role can name any number it likes; only that of
-- a session which is alive, of a member of staff, opens anything. The file comes before those of the rights, whose policies call is_staff.

-- How long a session of staff lasts: the seconds of SESSION_LIFETIMES.staff in lib/domain/people/session.ts; a test holds the two together.
-- Real time, like check_session.
create or replace function staff_idle_seconds() returns integer language sql immutable parallel safe as $$ select 15 * 60 $$;
create or replace function staff_longest_seconds() returns integer language sql immutable parallel safe as $$ select 12 * 60 * 60 $$;

-- The member of staff of a session; no row when it is not there, ended, idle, too old, a citizen's, begun in another role
-- than today's, or waits for its second step.
create or replace function staff_of_session(p_session uuid)
returns table (user_id bigint, role role, side country, person_id uuid)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select u.id, u.role, u.side, t.person_id
    from sessions x
    join users u on u.id = x.user_id and u.role = x.role
    join staff t on t.user_id = u.id
   where x.id = p_session and x.ended_at is null and u.role <> 'CITIZEN'
     and statement_timestamp() < x.last_seen_at + make_interval(secs => staff_idle_seconds())
     and statement_timestamp() < x.created_at + make_interval(secs => staff_longest_seconds())
     -- Whoever has not done the second step is nobody yet.
     and x.second_factor_at is not null
$$;

-- The first line of every command of staff: who acts, or an exception (42501). The pages have checked before and said no in words; this closes
-- the race in which the session ends or the role changes in between. The account's row is held until the transaction ends, so that a change of
-- its role or side comes wholly before the command or wholly after it.
create or replace function require_staff(p_session uuid, p_roles role[])
returns table (user_id bigint, role role, side country, person_id uuid)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  s record;
begin
  perform 1 from users u where u.id = (select x.user_id from sessions x where x.id = p_session) for share;
  select * into s from staff_of_session(p_session) f where f.role = any (p_roles);
  if not found then
    raise exception 'not a session of staff that may do this' using errcode = '42501';
  end if;
  return query select s.user_id::bigint, s.role::role, s.side::country, s.person_id::uuid;
end
$$;

-- Whether the transaction names a live session of staff (`withStaff`). Policies ask it once a statement, as `(select is_staff())`.
create or replace function is_staff() returns boolean
language sql stable security definer
set search_path = public, pg_temp
as $$
  select exists (select 1 from staff_of_session(nullif(current_setting('app.session_id', true), '')::uuid))
$$;

-- Accounts as staff see them: neither hash nor link. A plain view reads as its owner, past row-level security, so it asks for itself; the
-- barrier keeps a caller's own conditions from being tried on rows before that.
drop view if exists staff_accounts;
create view staff_accounts with (security_barrier) as
  select u.id as user_id, u.email, u.email_verified_at, u.role, u.side, u.locale, u.created_at from users u where (select is_staff());

do $$
declare
  t text;
  f text;
begin
  -- Beside own_rows, and for reading alone: whatever staff change goes through a function that asks require_staff.
  foreach t in array array['investors', 'identity_events', 'suitability_answers', 'consents', 'eligibility_appeals', 'wallets', 'holdings',
                           'orders', 'reservations', 'cash_movements', 'postings', 'staff', 'subscriptions', 'subscription_acts', 'applicants',
                           'allotments', 'dealing_orders', 'dealing_acts', 'deals', 'savings_plans', 'savings_plan_turns',
                           'switches', 'switch_parts']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('drop policy if exists staff_rows on %I', t);
    execute format('create policy staff_rows on %I for select using ((select is_staff()))', t);
  end loop;
  foreach f in array array['staff_idle_seconds()', 'staff_longest_seconds()', 'staff_of_session(uuid)', 'require_staff(uuid, role[])', 'is_staff()']
  loop
    execute format('revoke all on function %s from public, wakachi_app', f);
  end loop;
end
$$;
-- Drafts of offerings are the staff's alone, whatever a query of a public page leaves out.
alter table offerings enable row level security;
drop policy if exists public_rows on offerings;
create policy public_rows on offerings for select using (state not in ('DRAFT', 'IN_APPROVAL'));
drop policy if exists staff_rows on offerings;
create policy staff_rows on offerings for select using ((select is_staff()));

revoke all on staff, staff_accounts from wakachi_app;
grant select on staff, staff_accounts to wakachi_app;
-- Policies run with the rights of whoever asks.
grant execute on function is_staff() to wakachi_app;
