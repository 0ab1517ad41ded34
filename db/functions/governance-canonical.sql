-- Canonical JSON as lib/domain/governance/canonical.ts writes it: keys in order of their bytes, no spaces. Numbers stand in payloads as strings of
-- digits, so that there is nothing to argue about; a bare one is refused. A property test holds the two together.
create or replace function canonical_json(p_value jsonb) returns text
language plpgsql immutable parallel safe
set search_path = public, pg_temp
as $$
begin
  case jsonb_typeof(p_value)
    when 'object' then
      return '{' || coalesce((
        select string_agg(to_jsonb(e.key)::text || ':' || canonical_json(e.value), ',' order by e.key collate "C") from jsonb_each(p_value) e
      ), '') || '}';
    when 'array' then
      return '[' || coalesce((
        select string_agg(canonical_json(e.value), ',' order by e.n) from jsonb_array_elements(p_value) with ordinality e(value, n)
      ), '') || ']';
    when 'number' then
      raise exception 'A payload holds a bare number.' using errcode = '22023';
    else
      return p_value::text;
  end case;
end
$$;

-- The payload, if it is one in canonical form and this is its hash; otherwise null.
create or replace function read_payload(p_payload text, p_sha256 text) returns jsonb
language plpgsql immutable
set search_path = public, pg_temp
as $$
declare
  v_payload jsonb;
begin
  v_payload := p_payload::jsonb;
  if jsonb_typeof(v_payload) <> 'object' or canonical_json(v_payload) <> p_payload
     or p_sha256 is distinct from encode(sha256(convert_to(p_payload, 'UTF8')), 'hex')
     -- Accounts are named by their number.
     or coalesce(v_payload ->> 'investorId', v_payload ->> 'userId', '0') !~ '^(0|[1-9][0-9]{0,17})$' then
    return null;
  end if;
  return v_payload;
exception
  when data_exception or statement_too_complex then
    return null;
end
$$;
