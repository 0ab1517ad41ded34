-- INVESTOR_FREEZE and INVESTOR_UNFREEZE (DOMAIN §11): a frozen account neither buys nor takes money out. What an account may do after its release
-- follows from its own facts; the service asks lib/domain/people/eligibility for it at once, and until then the account may at most what it might before.

create or replace function check_investor_freeze(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  v_status investor_status;
begin
  if coalesce(p_payload ->> 'reason', '') not in ('court-order', 'suspected-fraud', 'own-request', 'deceased', 'sanctions') then
    return refusal('proposal.invalid');
  end if;
  select status into v_status from investors where investor_id = (p_payload ->> 'investorId')::bigint;
  return case when v_status is null then refusal('proposal.no-such-account') when v_status = 'FROZEN' then refusal('proposal.already-frozen') end;
end
$$;

create or replace function execute_investor_freeze(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_before investors;
begin
  select * into v_before from investors where investor_id = (p_payload ->> 'investorId')::bigint for no key update;
  update investors set status = 'FROZEN', status_reason = 'frozen', updated_at = app_now() where investor_id = v_before.investor_id;
  return jsonb_build_object('before', jsonb_build_object('status', v_before.status, 'reason', v_before.status_reason));
end
$$;

create or replace function check_investor_unfreeze(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  v_status investor_status;
begin
  select status into v_status from investors where investor_id = (p_payload ->> 'investorId')::bigint;
  return case when v_status is null then refusal('proposal.no-such-account') when v_status <> 'FROZEN' then refusal('proposal.not-frozen') end;
end
$$;

create or replace function execute_investor_unfreeze(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_investor bigint := (p_payload ->> 'investorId')::bigint;
  v_before jsonb;
begin
  select outcome -> 'before' into v_before from proposals
   where kind = 'INVESTOR_FREEZE' and state = 'EXECUTED' and concerns_user_id = v_investor order by number desc limit 1;
  -- An approval that was lost while the account was frozen stays lost, as do answers that ran out.
  update investors
     set (status, status_reason) = (
           select case when x.back then 'ELIGIBLE'::investor_status else 'PENDING' end,
                  case when x.back then 'all-met' when identity_state <> 'APPROVED' then 'identity-missing' else 'suitability-missing' end
             from (select identity_state = 'APPROVED' and country is not null and coalesce(suitability_expires_at > app_now(), false)
                          and coalesce(v_before ->> 'status', '') = 'ELIGIBLE' as back) x),
         updated_at = app_now()
   where investor_id = v_investor;
  return jsonb_build_object('before', jsonb_build_object('status', 'FROZEN'));
end
$$;
