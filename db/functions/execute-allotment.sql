-- ALLOTMENT: the run of a closed window starts (allotment-run.sql). Both sides sign the same list, by its hash. It may be proposed as soon as the list
-- stands, and is carried out when the beacon's pulse is there: before, nobody knows the seed, the signers least of all.

create or replace function check_allotment(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  o offerings;
  v_list text;
begin
  select * into o from offerings where slug = p_payload ->> 'offering';
  if not found then return refusal('proposal.no-such-offering'); end if;
  if o.method = 'FIRST_COME' then return refusal('allotment.no-window'); end if;
  if exists (select 1 from allotment_runs where offering_id = o.id) then return refusal('allotment.started-already'); end if;
  select list_sha256 into v_list from draws where offering_id = o.id;
  if not found or o.state <> 'CLOSED' then return refusal('allotment.not-listed'); end if;
  if v_list is distinct from p_payload ->> 'listSha256' then return refusal('allotment.other-list'); end if;
  return null;
end
$$;

create or replace function execute_allotment(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_code constant text := start_allotment((select id from offerings where slug = p_payload ->> 'offering'), p_proposal.id);
begin
  if v_code is not null then return refusal(v_code); end if;
  return jsonb_build_object('before', jsonb_build_object('state', 'CLOSED'));
end
$$;

-- Whether everybody's cash can be given back: in a window until it is allotted; where units are issued at once, until the first are.
create or replace function can_cancel_offering(p_slug text) returns boolean
language sql stable
set search_path = public, pg_temp
as $$
  select case o.method when 'FIRST_COME' then not exists (select 1 from orders r where r.offering_id = o.id)
           else not exists (select 1 from allotment_runs r where r.offering_id = o.id) end
    from offerings o where o.slug = p_slug
$$;

-- Calls an offering off; of a window the run that gives the cash back begins in the same transaction.
create or replace function cancel_offering(p_offering integer) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  o offerings;
  v_code text;
begin
  select * into o from offerings where id = p_offering for no key update;
  if o.method = 'FIRST_COME' or o.state = 'APPROVED' and o.opens_at > app_now() then
    update offerings set state = 'CANCELLED' where id = p_offering;
  else
    v_code := start_refund(p_offering, null);
    if v_code is not null then raise exception 'Offering % cannot be cancelled: %.', p_offering, v_code; end if;
  end if;
end
$$;
