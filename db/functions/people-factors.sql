-- What passkeys need before it is known who asks: these run as the owner, and each gives away no more than its step needs.

-- An authenticator is asked to sign this. Challenges that nobody answered go with the next one.
create or replace function open_challenge(p_challenge text, p_purpose text, p_user bigint, p_seconds integer)
returns void
language sql volatile security definer
set search_path = public, pg_temp
as $$
  delete from webauthn_challenges where expires_at <= statement_timestamp();
  insert into webauthn_challenges (challenge, purpose, user_id, expires_at)
    values (p_challenge, p_purpose, p_user, statement_timestamp() + make_interval(secs => p_seconds));
$$;

-- Takes a challenge away: of two answers at once exactly one gets it. False if it was answered, is too old, or was put to somebody else.
create or replace function spend_challenge(p_challenge text, p_purpose text, p_user bigint)
returns boolean
language sql volatile security definer
set search_path = public, pg_temp
as $$
  with spent as (
    delete from webauthn_challenges c
      where c.challenge = p_challenge and c.purpose = p_purpose and c.user_id is not distinct from p_user and c.expires_at > statement_timestamp()
      returning 1
  )
  select exists (select 1 from spent)
$$;

-- Whose passkey an authenticator has signed with. The public key is no secret; that the signature is right is checked with it.
create or replace function find_passkey(p_credential text)
returns table (user_id bigint, role role, public_key text, counter bigint, transports text[])
language sql stable security definer
set search_path = public, pg_temp
as $$
  select p.user_id, u.role, p.public_key, p.counter, p.transports
    from passkeys p join users u on u.id = p.user_id where p.credential_id = p_credential and u.email_verified_at is not null
$$;
