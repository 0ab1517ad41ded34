-- Checks a session on every request and notes that it was seen: one round trip. No row means: not signed in, for whatever reason.
-- Lifetimes come from lib/domain/people/session.ts, in seconds; they count the server's real time (see the table). A row does not mean that the
-- session opens anything: the second step may still be due (has_factor, second_factor_age; lib/domain/people/factors.ts decides).

-- Its columns have changed before, which `create or replace` does not take.
drop function if exists check_session(uuid, integer, integer, integer, integer);
create function check_session(
  p_session uuid, p_idle integer, p_longest integer, p_staff_idle integer, p_staff_longest integer)
returns table (
  user_id bigint, role role, side country, locale locale, email text,
  identity_state identity_state, status investor_status, status_reason text, country country, display_currency currency,
  family_name text, given_name text, has_factor boolean, second_factor_age double precision)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_now timestamptz := statement_timestamp();
  s record;
begin
  select x.user_id, x.role, x.created_at, x.last_seen_at, x.second_factor_at, u.role as current_role_of into s
    from sessions x join users u on u.id = x.user_id
    where x.id = p_session and x.ended_at is null;
  if not found or s.role <> s.current_role_of then
    return;
  end if;
  if v_now >= s.last_seen_at + make_interval(secs => case when s.role = 'CITIZEN' then p_idle else p_staff_idle end)
     or v_now >= s.created_at + make_interval(secs => case when s.role = 'CITIZEN' then p_longest else p_staff_longest end) then
    return;
  end if;
  -- Once in half a minute is exact enough, and spares a write on nearly every request.
  if v_now > s.last_seen_at + interval '30 seconds' then
    update sessions set last_seen_at = v_now where id = p_session;
  end if;
  return query
    select u.id, u.role, u.side, u.locale, u.email, i.identity_state, i.status, i.status_reason, i.country, i.display_currency,
           i.family_name, i.given_name,
           exists (select 1 from totp_factors t where t.user_id = u.id and t.confirmed_at is not null)
             or exists (select 1 from passkeys p where p.user_id = u.id),
           extract(epoch from v_now - s.second_factor_at)::double precision
      from users u left join investors i on i.investor_id = u.id where u.id = s.user_id;
end
$$;
