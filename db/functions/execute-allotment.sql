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

-- Whether everybody's cash can be given back: in a window until it is allotted; where units are issued at once, as long as the buyers have them.
create or replace function can_cancel_offering(p_slug text) returns boolean
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  o offerings;
begin
  select * into o from offerings where slug = p_slug;
  if o.method = 'FIRST_COME' then return not have_units_moved(o.id); end if;
  return not exists (select 1 from allotment_runs r where r.offering_id = o.id);
end
$$;

-- Calls an offering off; the run that gives the cash back begins in the same transaction.
drop function if exists cancel_offering(integer);
create or replace function cancel_offering(p_offering integer, p_proposal uuid) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  o offerings;
  v_code text;
begin
  -- Whoever lists applicants takes the seal first and the row after it; so does this.
  perform seal_window(id) from offerings where id = p_offering and method <> 'FIRST_COME';
  select * into o from offerings where id = p_offering for no key update;
  if o.method = 'FIRST_COME' then
    update offerings set state = 'CANCELLED' where id = p_offering;
    perform start_sale_refund(p_offering, p_proposal);
  elsif o.state = 'APPROVED' and o.opens_at > app_now() then
    update offerings set state = 'CANCELLED' where id = p_offering;
  else
    v_code := start_refund(p_offering, p_proposal);
    if v_code is not null then raise exception 'Offering % cannot be cancelled: %.', p_offering, v_code; end if;
  end if;
end
$$;
