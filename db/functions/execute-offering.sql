-- OFFERING and OFFERING_CANCEL (DOMAIN §5). A draft is approved as it stands: the payload is the draft's terms, every one of them, and execution
-- refuses a draft that says anything else by then. While a proposal is open its draft is IN_APPROVAL; unless it is executed, it is a DRAFT again.

-- Every column of an offering that is one of its terms, as text, so that a column that is added later is signed without anybody remembering to.
create or replace function offering_terms(p_offering integer) returns jsonb
language sql stable
set search_path = public, pg_temp
set timezone = 'UTC'
as $$
  select jsonb_object_agg(e.key, case jsonb_typeof(e.value) when 'number' then to_jsonb(e.value #>> '{}') else e.value end)
           || jsonb_build_object('class', c.code, 'currency', c.currency, 'unit_decimals', c.unit_decimals::text,
                'price_decimals', c.price_decimals::text, 'quote_units', c.quote_units::text, 'prospectus', d.slug, 'prospectus_version', d.version::text,
                'prospectus_sha256_en', (select t.sha256 from document_texts t where t.document_version_id = d.id and t.locale = 'en'),
                'prospectus_sha256_ja', (select t.sha256 from document_texts t where t.document_version_id = d.id and t.locale = 'ja'))
    from offerings o
    join unit_classes c on c.id = o.class_id
    join document_versions d on d.id = o.prospectus_id
   cross join lateral jsonb_each(to_jsonb(o)) e
   where o.id = p_offering and e.key not in ('id', 'state', 'class_id', 'prospectus_id', 'terms_version', 'withdraw_until')
   group by o.id, c.id, d.id
$$;

create or replace function check_offering(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  v_offering offerings;
  v_wanted constant text := case when exists (select 1 from proposals where id = p_proposal.id) then 'IN_APPROVAL' else 'DRAFT' end;
begin
  select * into v_offering from offerings where slug = p_payload ->> 'offering';
  if not found then
    return refusal('proposal.no-such-offering');
  end if;
  if v_offering.state::text <> v_wanted then
    return refusal('proposal.wrong-state');
  end if;
  if (select count(*) from document_texts where document_version_id = v_offering.prospectus_id) < 2 then
    return refusal('proposal.document-missing');
  end if;
  if p_payload -> 'terms' is distinct from offering_terms(v_offering.id) then
    return refusal('proposal.draft-changed');
  end if;
  if v_offering.closes_at <= app_now() then
    return refusal('proposal.window-over');
  end if;
  return covenant_breach('{}', v_offering.id);
end
$$;

create or replace function opened_offering(p_payload jsonb, p_proposal proposals) returns jsonb
language sql volatile
set search_path = public, pg_temp
as $$
  update offerings set state = 'IN_APPROVAL' where slug = p_payload ->> 'offering' and state = 'DRAFT';
  select null::jsonb
$$;

create or replace function closed_offering(p_payload jsonb, p_proposal proposals) returns jsonb
language sql volatile
set search_path = public, pg_temp
as $$
  update offerings set state = 'DRAFT' where slug = p_payload ->> 'offering' and state = 'IN_APPROVAL';
  select null::jsonb
$$;

create or replace function execute_offering(p_payload jsonb, p_proposal proposals) returns jsonb
language sql volatile
set search_path = public, pg_temp
as $$
  update offerings set state = 'APPROVED' where slug = p_payload ->> 'offering' and state = 'IN_APPROVAL';
  select jsonb_build_object('before', jsonb_build_object('state', 'DRAFT'))
$$;

-- Before it opens an offering is called off by its state alone; afterwards there is cash to give back, which cancel_offering does
-- (execute-allotment.sql). Units that were bought and are with their buyer no more cannot be taken back.
create or replace function check_offering_cancel(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  v_state offering_state;
  v_method offering_method;
begin
  select state, method into v_state, v_method from offerings where slug = p_payload ->> 'offering';
  return case
    when v_state is null or v_state in ('DRAFT', 'IN_APPROVAL') then refusal('proposal.no-such-offering')
    when v_state = 'APPROVED' then null
    when v_state in ('OPEN', 'CLOSED') and can_cancel_offering(p_payload ->> 'offering') then null
    when v_state in ('OPEN', 'CLOSED') and v_method = 'FIRST_COME' then refusal('proposal.units-moved')
    else refusal('proposal.wrong-state')
  end;
end
$$;

create or replace function execute_offering_cancel(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_offering offerings;
begin
  select * into v_offering from offerings where slug = p_payload ->> 'offering';
  perform cancel_offering(v_offering.id, p_proposal.id);
  return jsonb_build_object('before', jsonb_build_object('state', v_offering.state));
end
$$;
