-- COVENANT: new values for some of the limits. What the fund is at that moment has to hold under them.

create or replace function check_covenant(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
begin
  if jsonb_typeof(p_payload -> 'limits') is distinct from 'object' or p_payload -> 'limits' = '{}'
     or exists (select 1 from jsonb_each_text(p_payload -> 'limits') e
                 where not exists (select 1 from covenant_limits l where l.name::text = e.key) or e.value !~ '^(0|[1-9][0-9]{0,4}|100000)$') then
    return refusal('proposal.invalid');
  end if;
  if not exists (select 1 from covenant_limits l where l.value_e4 <> (p_payload -> 'limits' ->> l.name::text)::bigint) then
    return refusal('proposal.unchanged');
  end if;
  return covenant_breach(p_payload -> 'limits');
end
$$;

create or replace function execute_covenant(p_payload jsonb, p_proposal proposals) returns jsonb
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_before constant jsonb := (select jsonb_object_agg(name, value_e4::text) from covenant_limits where p_payload -> 'limits' ? name::text);
begin
  update covenant_limits set value_e4 = (p_payload -> 'limits' ->> name::text)::bigint, since = app_now()
   where p_payload -> 'limits' ? name::text and value_e4 <> (p_payload -> 'limits' ->> name::text)::bigint;
  return jsonb_build_object('before', jsonb_build_object('limits', v_before));
end
$$;
