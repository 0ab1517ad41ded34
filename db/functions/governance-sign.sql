-- Signing, and what the second signature does (TRUST G4). Its rules are those of decideSign in lib/domain/governance/decide.ts.

-- The second factor was shown within the last five minutes of real time: a clock that testers freeze must not keep it fresh.
create or replace function factor_is_fresh(p_session uuid) returns boolean
language sql stable
set search_path = public, pg_temp
as $$
  select exists (
    select 1 from sessions x where x.id = p_session
       and x.second_factor_at > statement_timestamp() - interval '5 minutes')
$$;

-- Carries a proposal out, after its check, which the covenant is part of. A refusal leaves it to the caller to undo everything.
create or replace function execute_proposal(p_id uuid, p_actor bigint) returns jsonb
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  p proposals;
  v_payload jsonb;
  v_answer jsonb;
  v_log bigint;
begin
  select * into p from proposals where id = p_id;
  select payload::jsonb into v_payload from proposal_revisions r where r.proposal_id = p.id and r.revision = p.revision;
  v_answer := coalesce(call_kind('check', v_payload, p), call_kind('execute', v_payload, p));
  if v_answer ? 'code' then
    return v_answer;
  end if;
  -- Both sides did it, so neither is named.
  v_log := log_proposal('EXECUTED', p, null, null);
  update proposals set state = 'EXECUTED', closed_at = date_trunc('milliseconds', app_now()), closed_by = p_actor, closed_log = v_log,
                       outcome = v_answer
   where id = p_id;
  return null;
end
$$;

-- `p_revision` and `p_sha256` are what the signer saw. The signature that completes both sides executes in the same transaction; if that is refused
-- nothing has happened, not even the signature.
create or replace function sign_proposal(p_session uuid, p_id uuid, p_revision integer, p_sha256 text)
returns table (code text, params jsonb, replayed boolean, number integer, revision integer, state proposal_state)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  m record;
  p proposals;
  v_current text;
  v_refusal jsonb;
  v_detail text;
begin
  perform lock_log();
  select * into m from require_staff(p_session, '{OPERATOR,MANAGER,AUDITOR,SUPPORT}');
  perform expire_due_proposals();
  select * into p from proposals where id = p_id;
  select r.sha256 into v_current from proposal_revisions r where r.proposal_id = p_id and r.revision = p.revision;
  if m.role = 'OPERATOR' and p.revision = p_revision and v_current = p_sha256
     and exists (select 1 from proposal_signatures s where s.proposal_id = p_id and s.revision = p_revision and s.user_id = m.user_id) then
    return query select * from answer_proposal(p_id, true);
    return;
  end if;
  v_refusal := case
    when m.role <> 'OPERATOR' then refusal('proposal.not-allowed')
    when p.id is null then refusal('proposal.not-found')
    when not factor_is_fresh(p_session) then refusal('proposal.factor-stale')
    when p.state = 'EXPIRED' then refusal('proposal.expired')
    when p.state <> 'OPEN' then refusal('proposal.not-open')
    when p.revision <> p_revision then refusal('proposal.revised')
    when v_current is distinct from p_sha256 then refusal('proposal.hash-mismatch')
    when p.proposer = m.user_id or p.proposer_person = m.person_id then refusal('proposal.own-proposal')
    when is_own_account(p.concerns_user_id, m.user_id, m.person_id) then refusal('proposal.own-account')
    when exists (select 1 from proposal_signatures s where s.proposal_id = p_id and s.revision = p_revision and s.person_id = m.person_id)
      then refusal('proposal.same-person')
    when exists (select 1 from proposal_signatures s where s.proposal_id = p_id and s.revision = p_revision and s.side = m.side)
      then refusal('proposal.side-signed')
  end;
  if v_refusal is not null then
    return query select * from refuse_proposal(v_refusal);
    return;
  end if;
  begin
    insert into proposal_signatures (proposal_id, revision, side, person_id, user_id, sha256, at, log)
    values (p_id, p_revision, m.side, m.person_id, m.user_id, p_sha256, date_trunc('milliseconds', app_now()),
            log_proposal('SIGNED', p, m.user_id, m.side));
    if exists (select 1 from proposal_signatures s where s.proposal_id = p_id and s.revision = p_revision and s.side <> m.side) then
      v_refusal := execute_proposal(p_id, m.user_id);
      if v_refusal is not null then
        raise exception 'refused' using errcode = 'WK001', detail = v_refusal::text;
      end if;
    end if;
  exception
    -- Back to the state before the signature.
    when sqlstate 'WK001' then
      get stacked diagnostics v_detail = pg_exception_detail;
      return query select * from refuse_proposal(v_detail::jsonb);
      return;
  end;
  return query select * from answer_proposal(p_id, false);
end
$$;
