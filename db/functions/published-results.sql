-- The result of a draw as everybody may read it: pseudonyms and units of all applicants, once the run has allotted. The rows themselves belong to one
-- person each and stay under row-level security; nothing that comes out here says whose they are, not even by its order.

create or replace function is_result_public(p_offering integer) returns boolean
language sql stable security definer
set search_path = public, pg_temp
as $$
  select exists (select 1 from allotment_runs where offering_id = p_offering and purpose = 'ALLOT' and step <> 'ALLOT')
$$;

-- The applicants whose pseudonym begins with one of the bytes from p_from to p_to, by pseudonym: a list of a million is read in parts, so that no
-- connection is held while somebody slow takes it, and no index is needed for it.
create or replace function published_allotments(p_offering integer, p_from integer, p_to integer)
returns table (id text, asked bigint, allotted bigint)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select encode(a.pseudonym, 'hex'), a.units, l.units
    from applicants a
    join allotments l on l.offering_id = p_offering and l.investor_id = a.investor_id
   where a.offering_id = p_offering and get_byte(a.pseudonym, 0) between p_from and p_to and is_result_public(p_offering)
   order by a.pseudonym
$$;

-- One hash for all that came out (lib/domain/allotment/applicant-list.ts); null while there is no result.
create or replace function published_outcome(p_offering integer) returns text
language sql stable security definer
set search_path = public, pg_temp
as $$
  select encode(sha256(convert_to(E'wakachi allotment 1\n'
           || coalesce(string_agg(format(E'%s %s %s\n', encode(a.pseudonym, 'hex'), a.units, l.units), '' order by a.pseudonym), ''), 'UTF8')), 'hex')
    from applicants a
    join allotments l on l.offering_id = p_offering and l.investor_id = a.investor_id
   where a.offering_id = p_offering
  having is_result_public(p_offering)
$$;
