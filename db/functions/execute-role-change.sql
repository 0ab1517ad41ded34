-- ROLE_CHANGE: another role or side for an account of staff. All its sessions end, and what it has signed on open proposals no longer counts: these get
-- a further revision with the same words, so that a signature never outlives the role that it was given in.

create or replace function check_role_change(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  v_user users;
  v_role constant text := p_payload ->> 'role';
  v_side constant text := p_payload ->> 'side';
begin
  if coalesce(v_role, '') not in ('CITIZEN', 'OPERATOR', 'MANAGER', 'AUDITOR', 'SUPPORT') or (v_role = 'OPERATOR') <> (coalesce(v_side, '') in ('US', 'JP')) then
    return refusal('proposal.invalid');
  end if;
  -- Who is which human being is known of the staff alone.
  select u.* into v_user from users u join staff s on s.user_id = u.id where u.id = (p_payload ->> 'userId')::bigint;
  if not found then
    return refusal('proposal.no-such-account');
  end if;
  if v_user.role::text = v_role and v_user.side::text is not distinct from v_side then
    return refusal('proposal.unchanged');
  end if;
  -- A side with nobody left could never sign again, not even for somebody new.
  if v_user.role = 'OPERATOR' and not exists (
    select 1 from users u join staff s on s.user_id = u.id where u.role = 'OPERATOR' and u.side = v_user.side and u.id <> v_user.id
  ) then
    return refusal('proposal.last-operator');
  end if;
  return null;
end
$$;

create or replace function execute_role_change(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_user users;
  r record;
begin
  select * into v_user from users where id = (p_payload ->> 'userId')::bigint for update;
  update users set role = (p_payload ->> 'role')::role, side = (p_payload ->> 'side')::country where id = v_user.id;
  update sessions set ended_at = statement_timestamp() where user_id = v_user.id and ended_at is null;
  for r in
    select p.id, v.payload from proposals p
      join proposal_signatures s on s.proposal_id = p.id and s.revision = p.revision and s.user_id = v_user.id
      join proposal_revisions v on v.proposal_id = p.id and v.revision = p.revision
     where p.state = 'OPEN' and p.id <> p_proposal.id order by p.number
  loop
    perform revise_proposal(r.id, r.payload, 'SIGNER_CHANGED', null, null);
  end loop;
  return jsonb_build_object('before', jsonb_build_object('role', v_user.role, 'side', v_user.side));
end
$$;
