-- A new version of a document during a window (DOMAIN §5): everybody who subscribed under an earlier one is told by mail, and has two working days to
-- withdraw, past the close if need be. The signature that publishes it only opens a notice: a million mails are the job worker's, so many people in
-- one transaction, which also moves the notice on; so nobody is told twice or left out, wherever the worker is killed.

-- The n-th day after a date on which both markets are open.
create or replace function working_day_after(p_date date, p_days integer) returns date
language sql stable
set search_path = public, pg_temp
as $$
  select d.day
    from (select n::date as day, row_number() over (order by n) as number
            from generate_series(p_date + interval '1 day', p_date + make_interval(days => 30 + 2 * p_days), interval '1 day') n
           where extract(isodow from n) < 6 and not exists (select 1 from market_holidays h where h.day = n::date)) d
   where d.number = p_days
$$;

-- lib/domain/calendar/withdrawal.ts: the end of the second working day, by the clocks of the class's market.
create or replace function withdrawal_deadline(p_published timestamptz, p_zone text) returns timestamptz
language sql stable
set search_path = public, pg_temp
as $$
  select (working_day_after((p_published at time zone p_zone)::date, 2) + 1)::timestamp at time zone p_zone
$$;

-- For the executor, with the windows sealed. New terms begin, so that a subscription says under which version it was made. A notice that is still
-- being given is replaced: whoever was not reached hears of the newer version alone.
create or replace function give_notice(p_version integer) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  o record;
begin
  for o in
    select f.id, c.time_zone from offerings f join unit_classes c on c.id = f.class_id
     where f.prospectus_id = p_version and f.method <> 'FIRST_COME' and f.state in ('APPROVED', 'OPEN', 'CLOSED')
       and exists (select 1 from subscriptions s where s.offering_id = f.id and s.state = 'ACTIVE')
     order by f.id
  loop
    update document_notices set finished_at = app_now() where offering_id = o.id and finished_at is null;
    update offerings set terms_version = terms_version + 1, withdraw_until = withdrawal_deadline(app_now(), o.time_zone) where id = o.id;
    insert into document_notices (offering_id, document_version_id, terms_version)
    select o.id, p_version, f.terms_version from offerings f where f.id = o.id;
    perform enqueue_job('tell-applicants', '{}');
  end loop;
end
$$;

create or replace function list_document_notices() returns table (offering_id integer, document_version_id integer)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select n.offering_id, n.document_version_id from document_notices n where n.finished_at is null order by n.at, n.offering_id
$$;

-- Writes the mails of the next `p_people`, in the language that each reads. The arrays run in step: a language has a subject and a body. Two workers
-- at once come one after the other.
create or replace function tell_applicants(
  p_offering integer, p_version integer, p_people integer, p_kind text, p_locales locale[], p_subjects text[], p_bodies text[])
returns table (told integer, finished boolean)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  n document_notices;
  v_people bigint[];
  v_state offering_state;
begin
  select * into n from document_notices
   where offering_id = p_offering and document_version_id = p_version and finished_at is null for no key update;
  if not found then
    return query select 0, true;
    return;
  end if;
  select state into v_state from offerings where id = p_offering;
  v_people := array(
    select distinct s.investor_id from subscriptions s
     where s.offering_id = p_offering and s.investor_id > n.told_up_to and s.state = 'ACTIVE' and s.terms_version < n.terms_version
       and v_state in ('APPROVED', 'OPEN', 'CLOSED')
     order by s.investor_id limit p_people);
  perform write_same_mail(v_people, p_kind, p_locales, p_subjects, p_bodies);
  return query
    update document_notices d
       set told_up_to = coalesce(v_people[cardinality(v_people)], d.told_up_to), told = d.told + cardinality(v_people),
           finished_at = case when cardinality(v_people) < p_people then app_now() end
     where d.offering_id = p_offering and d.document_version_id = p_version
    returning cardinality(v_people), d.finished_at is not null;
end
$$;
