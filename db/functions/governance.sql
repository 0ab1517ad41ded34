-- Joint approval (DOMAIN §11, TRUST G3–G5): the commands of staff on proposals. Each takes the lock of the log, so that one comes after the
-- other, then finds out from the session who acts. The rules and their order are those of lib/domain/governance/decide.ts. Refusals are codes, not
-- exceptions; only a session that is no member of staff's is one (42501). The same act again answers the same.

-- A line of the log about a proposal.
create or replace function log_proposal(p_kind text, p_proposal proposals, p_actor bigint, p_side country, p_more jsonb default '{}') returns bigint
language sql volatile
set search_path = public, pg_temp
as $$
  select log_act(p_kind, 'proposal:' || p_proposal.id, p_actor, p_side,
    canonical_json(jsonb_build_object('kind', p_proposal.kind, 'number', p_proposal.number::text, 'revision', p_proposal.revision::text,
      'sha256', (select sha256 from proposal_revisions where proposal_id = p_proposal.id and revision = p_proposal.revision)) || p_more))
$$;

create or replace function refuse_proposal(p_refusal jsonb)
returns table (code text, params jsonb, replayed boolean, number integer, revision integer, state proposal_state)
language sql immutable
as $$
  select p_refusal ->> 'code', coalesce(p_refusal -> 'params', '{}'), false, null::integer, null::integer, null::proposal_state
$$;

create or replace function answer_proposal(p_id uuid, p_replayed boolean)
returns table (code text, params jsonb, replayed boolean, number integer, revision integer, state proposal_state)
language sql stable
set search_path = public, pg_temp
as $$
  select null::text, '{}'::jsonb, p_replayed, p.number, p.revision, p.state from proposals p where p.id = p_id
$$;

-- Ends a proposal that was not executed.
create or replace function close_proposal(p_id uuid, p_state proposal_state, p_actor bigint, p_side country, p_reason text default null)
returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  p proposals;
  v_log bigint;
begin
  select * into p from proposals where id = p_id;
  v_log := log_proposal(p_state::text, p, p_actor, p_side, case when p_reason is null then '{}' else jsonb_build_object('reason', p_reason) end);
  update proposals set state = p_state, closed_at = date_trunc('milliseconds', app_now()), closed_by = p_actor, closed_reason = p_reason,
                       closed_log = v_log
   where id = p_id returning * into p;
  perform call_kind('closed', (select payload::jsonb from proposal_revisions r where r.proposal_id = p.id and r.revision = p.revision), p);
end
$$;

-- A further revision, which voids the signatures on the one before.
create or replace function revise_proposal(p_id uuid, p_payload text, p_reason revision_reason, p_actor bigint, p_side country) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  p proposals;
  v_sha256 constant text := sha256_hex(p_payload);
  v_log bigint;
begin
  update proposals set revision = case p_reason when 'PROPOSED' then 1 else revision + 1 end, subject = payload_subject(p_payload::jsonb),
                       concerns_user_id = payload_account(p_payload::jsonb)
   where id = p_id returning * into p;
  v_log := log_proposal(p_reason::text, p, p_actor, p_side, jsonb_build_object('sha256', v_sha256));
  insert into proposal_revisions (proposal_id, revision, payload, sha256, reason, at, log)
  values (p_id, p.revision, p_payload, v_sha256, p_reason, date_trunc('milliseconds', app_now()), v_log);
end
$$;

-- Those whose time has run out. Every command looks first, so that no clock of a job decides.
create or replace function expire_due_proposals() returns integer
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_id uuid;
  v_count integer := 0;
begin
  for v_id in select id from proposals where state = 'OPEN' and expires_at <= app_now() order by number loop
    perform close_proposal(v_id, 'EXPIRED', null, null);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

create or replace function expire_proposals() returns integer
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
begin
  perform lock_log();
  return expire_due_proposals();
end
$$;

-- Whether a payload about this account may come from this member of staff: not about themselves, under whichever of their accounts.
create or replace function is_own_account(p_account bigint, p_user bigint, p_person uuid) returns boolean
language sql stable
set search_path = public, pg_temp
as $$
  select p_account is not null and (p_account = p_user or exists (select 1 from staff where user_id = p_account and person_id = p_person))
$$;

-- The id is the idempotency key.
create or replace function propose(p_session uuid, p_id uuid, p_kind proposal_kind, p_payload text, p_sha256 text)
returns table (code text, params jsonb, replayed boolean, number integer, revision integer, state proposal_state)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  m record;
  p proposals;
  v_payload jsonb;
  v_now constant timestamptz := date_trunc('milliseconds', app_now());
  v_refusal jsonb;
begin
  perform lock_log();
  select * into m from require_staff(p_session, '{OPERATOR,MANAGER,AUDITOR,SUPPORT}');
  if m.role not in ('OPERATOR', 'MANAGER') then
    return query select * from refuse_proposal(refusal('proposal.not-allowed'));
    return;
  end if;
  perform expire_due_proposals();
  select * into p from proposals where id = p_id;
  if found then
    if p.proposer = m.user_id and p.kind = p_kind
       and exists (select 1 from proposal_revisions r where r.proposal_id = p_id and r.revision = 1 and r.sha256 = p_sha256) then
      return query select * from answer_proposal(p_id, true);
    else
      return query select * from refuse_proposal(refusal('proposal.key-reused'));
    end if;
    return;
  end if;
  v_payload := read_payload(p_payload, p_sha256);
  v_refusal := case
    when v_payload is null then refusal('proposal.invalid')
    when is_own_account(payload_account(v_payload), m.user_id, m.person_id) then refusal('proposal.own-account')
    when exists (select 1 from proposals o where o.kind = p_kind and o.subject = payload_subject(v_payload) and o.state = 'OPEN')
      then refusal('proposal.duplicate')
  end;
  p := row(p_id, 0, p_kind, 'OPEN', 1, payload_subject(v_payload), payload_account(v_payload), m.user_id, m.person_id, m.side,
           v_now, v_now + interval '14 days', null, null, null, null, null);
  v_refusal := coalesce(v_refusal, call_kind('check', v_payload, p));
  if v_refusal is not null then
    return query select * from refuse_proposal(v_refusal);
    return;
  end if;
  p.number := (select coalesce(max(o.number), 0) + 1 from proposals o);
  insert into proposals select p.*;
  perform revise_proposal(p_id, p_payload, 'PROPOSED', m.user_id, m.side);
  perform call_kind('opened', v_payload, p);
  return query select * from answer_proposal(p_id, false);
end
$$;

-- By the proposer alone. `p_revision` is the one that was read.
create or replace function edit_proposal(p_session uuid, p_id uuid, p_revision integer, p_payload text, p_sha256 text)
returns table (code text, params jsonb, replayed boolean, number integer, revision integer, state proposal_state)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  m record;
  p proposals;
  v_current text;
  v_payload jsonb;
  v_refusal jsonb;
begin
  perform lock_log();
  select * into m from require_staff(p_session, '{OPERATOR,MANAGER,AUDITOR,SUPPORT}');
  perform expire_due_proposals();
  select * into p from proposals where id = p_id;
  select r.sha256 into v_current from proposal_revisions r where r.proposal_id = p_id and r.revision = p.revision;
  if p.proposer = m.user_id and p.revision = p_revision + 1 and v_current = p_sha256 and m.role in ('OPERATOR', 'MANAGER') then
    return query select * from answer_proposal(p_id, true);
    return;
  end if;
  v_payload := read_payload(p_payload, p_sha256);
  v_refusal := case
    when m.role not in ('OPERATOR', 'MANAGER') then refusal('proposal.not-allowed')
    when p.id is null then refusal('proposal.not-found')
    when p.proposer <> m.user_id then refusal('proposal.not-yours')
    when p.state = 'EXPIRED' then refusal('proposal.expired')
    when p.state <> 'OPEN' then refusal('proposal.not-open')
    when p.revision <> p_revision then refusal('proposal.revised')
    when v_payload is null then refusal('proposal.invalid')
    when v_current = p_sha256 then refusal('proposal.unchanged')
    when is_own_account(payload_account(v_payload), m.user_id, m.person_id) then refusal('proposal.own-account')
    when exists (select 1 from proposals o where o.kind = p.kind and o.subject = payload_subject(v_payload) and o.state = 'OPEN' and o.id <> p_id)
      then refusal('proposal.duplicate')
  end;
  v_refusal := coalesce(v_refusal, call_kind('check', v_payload, p));
  if v_refusal is not null then
    return query select * from refuse_proposal(v_refusal);
    return;
  end if;
  perform revise_proposal(p_id, p_payload, 'EDITED', m.user_id, m.side);
  return query select * from answer_proposal(p_id, false);
end
$$;

-- One side's no is enough; who proposed withdraws instead.
create or replace function reject_proposal(p_session uuid, p_id uuid, p_revision integer, p_reason text)
returns table (code text, params jsonb, replayed boolean, number integer, revision integer, state proposal_state)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  m record;
  p proposals;
  v_refusal jsonb;
begin
  perform lock_log();
  select * into m from require_staff(p_session, '{OPERATOR,MANAGER,AUDITOR,SUPPORT}');
  perform expire_due_proposals();
  select * into p from proposals where id = p_id;
  if m.role = 'OPERATOR' and p.state = 'REJECTED' and p.closed_by = m.user_id then
    return query select * from answer_proposal(p_id, true);
    return;
  end if;
  v_refusal := case
    when m.role <> 'OPERATOR' then refusal('proposal.not-allowed')
    when p.id is null then refusal('proposal.not-found')
    when p.state = 'EXPIRED' then refusal('proposal.expired')
    when p.state <> 'OPEN' then refusal('proposal.not-open')
    when p.revision <> p_revision then refusal('proposal.revised')
    when p.proposer = m.user_id or p.proposer_person = m.person_id then refusal('proposal.own-proposal')
    when coalesce(btrim(p_reason, E' \t\n\r'), '') = '' or length(p_reason) > 500 then refusal('proposal.reason-missing')
  end;
  if v_refusal is not null then
    return query select * from refuse_proposal(v_refusal);
    return;
  end if;
  perform close_proposal(p_id, 'REJECTED', m.user_id, m.side, p_reason);
  return query select * from answer_proposal(p_id, false);
end
$$;

create or replace function withdraw_proposal(p_session uuid, p_id uuid)
returns table (code text, params jsonb, replayed boolean, number integer, revision integer, state proposal_state)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  m record;
  p proposals;
  v_refusal jsonb;
begin
  perform lock_log();
  select * into m from require_staff(p_session, '{OPERATOR,MANAGER,AUDITOR,SUPPORT}');
  perform expire_due_proposals();
  select * into p from proposals where id = p_id;
  v_refusal := case
    when m.role not in ('OPERATOR', 'MANAGER') then refusal('proposal.not-allowed')
    when p.id is null then refusal('proposal.not-found')
    when p.proposer <> m.user_id then refusal('proposal.not-yours')
    when p.state = 'EXPIRED' then refusal('proposal.expired')
    when p.state not in ('OPEN', 'WITHDRAWN') then refusal('proposal.not-open')
  end;
  if v_refusal is not null then
    return query select * from refuse_proposal(v_refusal);
    return;
  end if;
  if p.state = 'OPEN' then
    perform close_proposal(p_id, 'WITHDRAWN', m.user_id, m.side);
  end if;
  return query select * from answer_proposal(p_id, p.state = 'WITHDRAWN');
end
$$;
