-- What has to be known of a person before it is known who asks: these run as the owner, since row-level security shows an account's rows
-- to its own person alone. Each gives away no more than one step of sign-in or recovery needs.

create or replace function find_account(p_email text)
returns table (user_id bigint, password_hash text, verified boolean, role role, locale locale)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select u.id, u.password_hash, u.email_verified_at is not null, u.role, u.locale from users u where u.email = p_email
$$;

-- A new citizen's account, not yet verified; null if the address is taken. Roles other than CITIZEN are never made here.
create or replace function create_account(p_email text, p_password_hash text, p_locale locale)
returns bigint
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  v_user bigint;
begin
  insert into users (email, password_hash, locale) values (p_email, p_password_hash, p_locale)
    on conflict (email) do nothing returning id into v_user;
  if v_user is not null then
    insert into investors (investor_id) values (v_user);
    insert into identity_events (investor_id, sequence, state, reason) values (v_user, 1, 'DRAFT', 'started');
  end if;
  return v_user;
end
$$;

create or replace function find_email_token(p_sha256 text)
returns table (user_id bigint, purpose text, usable boolean)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select t.user_id, t.purpose, t.used_at is null and t.expires_at > statement_timestamp()
    from email_tokens t where t.token_sha256 = p_sha256
$$;
