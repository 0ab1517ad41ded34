-- What differs between kinds of proposals is in functions that are found by name, so that a new kind adds files and changes none of these:
-- check_<kind> (may it be proposed, and still be executed?), opened_<kind> and closed_<kind> (what follows when it is proposed, and when it ends
-- without having been executed), execute_<kind>. Each takes the payload and the proposal. A refusal is {"code": …, "params": {…}}; check, opened
-- and closed otherwise answer null, and execute answers with what was there before: {"before": …}. None of them is the site's to call.

create or replace function refusal(p_code text, p_params jsonb default '{}') returns jsonb
language sql immutable parallel safe
as $$
  select jsonb_build_object('code', p_code, 'params', p_params)
$$;

create or replace function call_kind(p_part text, p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_name constant text := format('%s_%s', p_part, lower(p_proposal.kind::text));
  v_answer jsonb;
begin
  -- Nothing is proposed that could not be carried out.
  if p_part = 'check' and to_regprocedure(format('public.execute_%s(jsonb, proposals)', lower(p_proposal.kind::text))) is null then
    return refusal('proposal.no-executor');
  end if;
  if to_regprocedure(format('public.%I(jsonb, proposals)', v_name)) is null then
    return null;
  end if;
  execute format('select public.%I($1, $2)', v_name) into v_answer using p_payload, p_proposal;
  return v_answer;
end
$$;

-- What a proposal is about (lib/domain/governance/kinds): of one kind there is at most one open proposal about one thing.
create or replace function payload_subject(p_payload jsonb) returns text
language sql immutable parallel safe
as $$
  select case
    when p_payload ? 'investorId' then 'account:' || (p_payload ->> 'investorId')
    when p_payload ? 'userId' then 'account:' || (p_payload ->> 'userId')
    when p_payload ? 'offering' then 'offering:' || (p_payload ->> 'offering')
    when p_payload ? 'navDate' then 'nav:' || (p_payload ->> 'navDate')
    when p_payload ? 'dealingFrom' then 'dealing:' || (p_payload ->> 'class')
    when p_payload ? 'holiday' then 'holiday:' || (p_payload ->> 'market') || ':' || (p_payload ->> 'holiday')
    when p_payload ? 'slug' then 'document:' || (p_payload ->> 'slug')
    else 'fund:covenant'
  end
$$;

-- The account that would change; nobody decides about their own.
create or replace function payload_account(p_payload jsonb) returns bigint
language sql immutable parallel safe
as $$
  select coalesce(p_payload ->> 'investorId', p_payload ->> 'userId')::bigint
$$;
