-- NAV_PUBLICATION and NAV_CORRECTION: what the check stopped is published because both sides say so, and a published value that was wrong gets a further
-- revision. Both sign the figures themselves; the old ones stay.

-- A price as it is read: 11.2345, 11842.
create or replace function price_text(p_price bigint, p_decimals smallint) returns text
language sql immutable
as $$
  select round(p_price / power(10::numeric, p_decimals), p_decimals)::text
$$;

-- What a revision says, as it is signed.
create or replace function valuation_terms(v valuations) returns jsonb
language sql stable
set search_path = public, pg_temp
as $$
  select jsonb_build_object('navDate', v.nav_date::text, 'revision', v.revision::text, 'netAssetsUsdMinor', v.net_assets_usd_minor::text,
           'classes', (select jsonb_object_agg(u.code, jsonb_build_object('currency', u.currency, 'price', price_text(c.price, u.price_decimals)))
                         from valuation_classes c join unit_classes u on u.id = c.class_id where c.valuation_id = v.id))
$$;

-- The revision of a day that is in force; a null row where the day has none.
create or replace function valuation_in_force(p_date text) returns valuations
language sql stable
set search_path = public, pg_temp
as $$
  select v from valuations v where v.nav_date::text = p_date and v.state <> 'SUPERSEDED' and v.fund_id = (select min(id) from funds)
$$;

create or replace function check_nav_publication(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  v constant valuations := valuation_in_force(p_payload ->> 'navDate');
begin
  return case
    when v.id is null or v.state <> 'HELD' then refusal('valuation.not-held')
    when v.hold_reason not in ('JUMP', 'OUT_OF_TOLERANCE') then refusal('valuation.not-sound')
    when coalesce(p_payload ->> 'remark', '') = '' then refusal('proposal.invalid')
    when p_payload - 'remark' <> valuation_terms(v) then refusal('valuation.changed')
  end;
end
$$;

create or replace function execute_nav_publication(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v valuations;
  v_refused jsonb;
begin
  perform lock_valuations();
  -- Again under the lock: an import may have come between.
  v_refused := check_nav_publication(p_payload, p_proposal);
  if v_refused is not null then
    return v_refused;
  end if;
  v := valuation_in_force(p_payload ->> 'navDate');
  perform publish_revision(v.id, p_proposal.id);
  return jsonb_build_object('before', jsonb_build_object('reason', v.hold_reason));
end
$$;

-- What a day would be with other net assets: as `valuation_terms` says it, of the revision that it takes the place of.
create or replace function corrected_terms(p_date text, p_net bigint) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  v constant valuations := valuation_in_force(p_date);
begin
  return (
    select jsonb_build_object('navDate', v.nav_date::text, 'revision', v.revision::text, 'netAssetsUsdMinor', p_net::text,
             'classes', jsonb_object_agg(u.code, jsonb_build_object('currency', u.currency, 'price', price_text(c.price, u.price_decimals))))
      from value_classes(v.fund_id, p_net, v.jpy_per_usd_e4, v.as_of) c join unit_classes u on u.id = c.class_id);
end
$$;

create or replace function check_nav_correction(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  v constant valuations := valuation_in_force(p_payload ->> 'navDate');
begin
  if v.id is null or v.state <> 'PUBLISHED' or v.source = 'OPENING' then
    return refusal('valuation.not-published');
  end if;
  if coalesce(p_payload ->> 'netAssetsUsdMinor', '') !~ '^[1-9][0-9]{0,16}$' or coalesce(p_payload ->> 'remark', '') = '' then
    return refusal('proposal.invalid');
  end if;
  if exists (select 1 from dealing_corrections c where c.dealing_date = v.nav_date and c.step <> 'DONE') then
    return refusal('valuation.being-dealt-again');
  end if;
  if v.net_assets_usd_minor::text = p_payload ->> 'netAssetsUsdMinor' then
    return refusal('proposal.unchanged');
  end if;
  if p_payload - 'remark' is distinct from corrected_terms(p_payload ->> 'navDate', (p_payload ->> 'netAssetsUsdMinor')::bigint) then
    return refusal('valuation.changed');
  end if;
  -- A price that rounds to nothing cannot be dealt at.
  if exists (select 1 from value_classes(v.fund_id, (p_payload ->> 'netAssetsUsdMinor')::bigint, v.jpy_per_usd_e4, v.as_of) c where c.price <= 0) then
    return refusal('proposal.invalid');
  end if;
  return null;
end
$$;

create or replace function execute_nav_correction(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v valuations;
  v_refused jsonb;
  v_id bigint;
  v_effects jsonb;
begin
  perform lock_valuations();
  v_refused := check_nav_correction(p_payload, p_proposal);
  if v_refused is not null then
    return v_refused;
  end if;
  v := valuation_in_force(p_payload ->> 'navDate');
  v_effects := redealing_effects(p_payload ->> 'navDate', p_payload -> 'classes');
  v_id := write_valuation(v.fund_id, v.nav_date, 'CORRECTION', v.model, v.rule_version, v.base_id, v.jpy_per_usd_e4,
    (select array_agg(project_id order by project_id) from valuation_marks where valuation_id = v.id),
    (select array_agg(value_usd_minor order by project_id) from valuation_marks where valuation_id = v.id),
    v.cash_usd_minor, v.debt_usd_minor, v.fees_usd_minor, (p_payload ->> 'netAssetsUsdMinor')::bigint,
    (select array_agg(class_id order by class_id) from valuation_classes where valuation_id = v.id),
    (select array_agg(model_price order by class_id) from valuation_classes where valuation_id = v.id));
  perform publish_revision(v_id, p_proposal.id);
  -- Days after it that are not published yet continued the wrong books; the job strikes them again. What a file brought stands by itself.
  update valuations set state = 'SUPERSEDED'
   where fund_id = v.fund_id and nav_date > v.nav_date and state in ('STRUCK', 'CHECKED', 'HELD') and source = 'MODEL';
  -- What was dealt at the wrong value is dealt again from half a per cent on; later days were dealt at their own.
  perform start_redealing(r.class_id, r.dealing_date, c.price, p_proposal.id)
     from dealing_runs r join valuation_classes c on c.class_id = r.class_id and c.valuation_id = v_id
    where r.dealing_date = v.nav_date order by r.class_id;
  return jsonb_build_object('before', valuation_terms(v) || jsonb_build_object('redealing', v_effects));
end
$$;

-- What a proposal about a day would change, and the words for its form; the staff's alone.
create or replace function staff_valuation_terms(p_date text, p_net bigint default null) returns jsonb
language plpgsql stable security definer
set search_path = public, pg_temp
as $$
declare
  v valuations;
begin
  if not is_staff() then
    return null;
  end if;
  v := valuation_in_force(p_date);
  return case when v.net_assets_usd_minor is null then null when p_net is null then valuation_terms(v) else corrected_terms(p_date, p_net) end;
end
$$;
