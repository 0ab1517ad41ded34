-- Saves the draft of an offering: what it will say once both sides have approved it (DOMAIN §5). Only a draft can be changed; what is approved
-- is changed by nobody. The caller has checked what was typed (lib/domain/offerings/draft.ts); constraints hold the same.
--
-- p_version is the terms version that the editor saw, null for a new draft: of two editors the second is refused instead of overwriting the
-- first. The same terms again answer the same, so that a form which is sent twice is saved once.
-- Earlier drafts had fewer terms.
drop function if exists save_offering_draft(
  uuid, text, integer, smallint, text, text, offering_method, bigint, bigint, bigint, bigint, bigint, timestamptz, timestamptz, integer);
drop function if exists save_offering_draft(
  uuid, text, integer, smallint, text, text, offering_method, bigint, bigint, bigint, boolean, bigint, bigint, bigint, timestamptz, timestamptz, integer);
create or replace function save_offering_draft(
  p_session uuid, p_slug text, p_version integer, p_class smallint, p_name_en text, p_name_ja text, p_method offering_method, p_price bigint,
  p_size bigint, p_upsize bigint, p_show_demand boolean, p_lot bigint, p_min bigint, p_max bigint, p_opens timestamptz, p_closes timestamptz,
  p_reveal timestamptz, p_prospectus integer)
returns table (code text, terms_version integer)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  s record;
  o offerings;
  v_constraint text;
begin
  perform lock_log();
  select * into s from require_staff(p_session, '{OPERATOR,MANAGER}');
  if not exists (select 1 from document_versions d where d.id = p_prospectus and d.kind = 'PROSPECTUS' and d.published_at <= app_now()) then
    return query select 'draft.prospectus', null::integer;
    return;
  end if;
  select * into o from offerings where slug = p_slug for no key update;
  if found and (o.class_id, o.name_en, o.name_ja, o.method, o.price, o.size_units, o.upsize_units, o.show_demand, o.lot_units, o.min_units,
                o.max_units, o.opens_at, o.closes_at, o.prospectus_id)
             = (p_class, p_name_en, p_name_ja, p_method, p_price, p_size, p_upsize, p_show_demand, p_lot, p_min,
                p_max, p_opens, p_closes, p_prospectus)
     and o.reveal_deadline is not distinct from p_reveal and o.state = 'DRAFT' then
    return query select null::text, o.terms_version;
    return;
  end if;
  if p_version is null and o.id is not null then
    return query select 'draft.slug-taken', null::integer;
    return;
  elsif p_version is not null and o.id is null then
    return query select 'draft.not-found', null::integer;
    return;
  elsif p_version is not null and o.state <> 'DRAFT' then
    return query select 'draft.not-a-draft', null::integer;
    return;
  elsif p_version is not null and o.terms_version <> p_version then
    return query select 'draft.changed', null::integer;
    return;
  end if;
  begin
    if p_version is null then
      insert into offerings (slug, class_id, name_en, name_ja, method, state, price, size_units, upsize_units, show_demand, lot_units, min_units,
                             max_units, opens_at, closes_at, reveal_deadline, prospectus_id)
      values (p_slug, p_class, p_name_en, p_name_ja, p_method, 'DRAFT', p_price, p_size, p_upsize, p_show_demand, p_lot, p_min,
              p_max, p_opens, p_closes, p_reveal, p_prospectus)
      on conflict (slug) do nothing returning * into o;
      if not found then
        return query select 'draft.slug-taken', null::integer;
        return;
      end if;
    else
      update offerings set class_id = p_class, name_en = p_name_en, name_ja = p_name_ja, method = p_method, price = p_price, size_units = p_size,
                           upsize_units = p_upsize, show_demand = p_show_demand,
                           lot_units = p_lot, min_units = p_min, max_units = p_max, opens_at = p_opens, closes_at = p_closes,
                           reveal_deadline = p_reveal, prospectus_id = p_prospectus, terms_version = terms_version + 1
       where id = o.id returning * into o;
    end if;
  exception when check_violation then
    get stacked diagnostics v_constraint = constraint_name;
    if v_constraint <> 'offerings_within_authorised' then raise; end if;
    return query select 'draft.above-authorised', null::integer;
    return;
  end;
  perform log_act('OFFERING_DRAFTED', 'offering:' || o.slug, s.user_id, s.side,
    canonical_json(jsonb_build_object('version', o.terms_version::text, 'terms', offering_terms(o.id))));
  return query select null::text, o.terms_version;
end
$$;

do $$
declare
  f constant text := 'save_offering_draft(uuid, text, integer, smallint, text, text, offering_method, bigint, bigint, bigint, boolean, bigint, bigint, bigint, timestamptz, timestamptz, timestamptz, integer)';
begin
  execute format('revoke all on function %s from public', f);
  execute format('grant execute on function %s to wakachi_app', f);
end
$$;
