-- DOCUMENT_VERSION: both languages of a version appear together, and an offering that has not closed refers to the newest prospectus from then on,
-- so that whoever orders is asked to open it first (DOMAIN §3). A window refers to it until its applicants are listed, and who subscribed before may
-- think again (document-notices.sql).

create or replace function check_document_version(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  v_last document_versions;
begin
  if exists (
    select 1 from unnest(array['en', 'ja']) l
     where coalesce(p_payload -> l ->> 'title', '') = '' or coalesce(p_payload -> l ->> 'body', '') = ''
        or p_payload -> l ->> 'sha256' is distinct from sha256_hex(p_payload -> l ->> 'body')
  ) then
    return refusal('proposal.invalid');
  end if;
  select * into v_last from document_versions where slug = p_payload ->> 'slug' order by version desc limit 1;
  if not found then
    return refusal('proposal.no-such-document');
  end if;
  if p_payload ->> 'kind' is distinct from v_last.kind::text then
    return refusal('proposal.invalid');
  end if;
  if p_payload ->> 'version' is distinct from (v_last.version + 1)::text then
    return refusal('proposal.version-taken');
  end if;
  return null;
end
$$;

create or replace function execute_document_version(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_last document_versions;
  v_version integer;
begin
  select * into v_last from document_versions where slug = p_payload ->> 'slug' order by version desc limit 1;
  insert into document_versions (fund_id, kind, slug, version, published_at)
  values (v_last.fund_id, v_last.kind, v_last.slug, v_last.version + 1, app_now()) returning id into v_version;
  insert into document_texts (document_version_id, locale, title, body, sha256)
  select v_version, l, p_payload -> l::text ->> 'title', p_payload -> l::text ->> 'body', p_payload -> l::text ->> 'sha256'
    from unnest(array['en', 'ja']::locale[]) l;
  -- Subscriptions that are under way end first, and lists of applicants too: those that follow see the new version.
  perform seal_window(o.id)
    from (select f.id from offerings f join document_versions d on d.id = f.prospectus_id
           where d.slug = v_last.slug and f.method <> 'FIRST_COME' and f.state in ('APPROVED', 'OPEN', 'CLOSED') order by f.id) o;
  update offerings o set prospectus_id = v_version
    from document_versions d
   where d.id = o.prospectus_id and d.slug = v_last.slug
     and (o.state in ('DRAFT', 'IN_APPROVAL', 'APPROVED', 'OPEN')
          or o.state = 'CLOSED' and o.method <> 'FIRST_COME' and not exists (select 1 from draws w where w.offering_id = o.id));
  perform give_notice(v_version);
  return jsonb_build_object('before', jsonb_build_object('version', v_last.version::text));
end
$$;
