-- What holds for proposals whoever writes (TRUST G4, G5, L6); the functions in governance.sql are written to keep it, these stop one that does not.

do $$
declare
  v_table text;
begin
  foreach v_table in array array['operator_log', 'log_checkpoints', 'proposal_revisions', 'proposal_signatures']
  loop
    execute format(
      'create or replace trigger %I before update or delete or truncate on %I for each statement execute function refuse_change()',
      v_table || '_append_only', v_table);
  end loop;
end
$$;
create or replace trigger proposals_stay before delete or truncate on proposals for each statement execute function refuse_change();

-- A proposal that has ended stays as it ended; an open one only gets its next revision, or ends.
create or replace trigger proposals_change after update on proposals for each row
when (old.state <> 'OPEN' or new.revision not between old.revision and old.revision + 1
  or (new.id, new.number, new.kind, new.proposer, new.proposer_person, new.proposer_side, new.created_at, new.expires_at)
     is distinct from (old.id, old.number, old.kind, old.proposer, old.proposer_person, old.proposer_side, old.created_at, old.expires_at))
execute function refuse_change();

-- A signature is over the current revision of an open proposal, and of somebody else than its proposer.
create or replace function check_signature() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if not exists (
    select 1 from proposals p join proposal_revisions r on r.proposal_id = p.id and r.revision = p.revision
     where p.id = new.proposal_id and p.state = 'OPEN' and p.revision = new.revision and r.sha256 = new.sha256
       and p.proposer <> new.user_id and p.proposer_person <> new.person_id
  ) then
    raise exception 'A signature does not fit its proposal.' using errcode = 'check_violation', constraint = 'proposal_signatures_fit';
  end if;
  return null;
end
$$;
create or replace trigger proposal_signatures_fit after insert on proposal_signatures for each row execute function check_signature();

-- G4, looked at when the transaction commits: an executed proposal has one signature of each side over the hash of its last revision, by two
-- people, neither of whom proposed it.
create or replace function proposal_is_jointly_approved(p_id uuid) returns boolean
language sql stable
set search_path = public, pg_temp
as $$
  select count(*) = 2 and count(distinct s.side) = 2 and count(distinct s.person_id) = 2 and count(distinct s.user_id) = 2
         and bool_and(s.sha256 = r.sha256 and s.person_id <> p.proposer_person and s.user_id <> p.proposer)
    from proposals p
    join proposal_revisions r on r.proposal_id = p.id and r.revision = p.revision
    join proposal_signatures s on s.proposal_id = p.id and s.revision = p.revision
   where p.id = p_id
$$;

create or replace function check_joint_approval() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if not proposal_is_jointly_approved(new.id) then
    raise exception 'Proposal % was executed without both sides.', new.number
      using errcode = 'check_violation', constraint = 'proposals_jointly_approved';
  end if;
  return null;
end
$$;

drop trigger if exists proposals_jointly_approved on proposals;
create constraint trigger proposals_jointly_approved after insert or update on proposals
deferrable initially deferred for each row when (new.state = 'EXECUTED') execute function check_joint_approval();
