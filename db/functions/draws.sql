-- The draw of a window (DOMAIN §5): each side commits to a secret before the close; at the close the list of applicants is made and committed to by
-- its hash; then the secrets are revealed, until a deadline. The texts that are hashed are those of lib/domain/allotment, and tests hold the two
-- together.

-- As Date.toISOString writes it.
create or replace function iso_instant(p_at timestamptz) returns text
language sql immutable parallel safe
as $$ select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

-- The simulated beacon (lib/domain/allotment/beacon.ts): the pulse a full minute or more after the deadline, and its value.
create or replace function pulse_after(p_deadline timestamptz) returns timestamptz
language sql immutable parallel safe
as $$ select to_timestamp((ceil(extract(epoch from p_deadline) / 60) + 1) * 60) $$;

create or replace function pulse_value(p_at timestamptz) returns text
language sql immutable parallel safe
as $$ select sha256_hex(format(E'wakachi simulated beacon 1\n%s\n', iso_instant(p_at))) $$;

create or replace function reveal_deadline_of(p_offering integer) returns timestamptz
language sql stable
set search_path = public, pg_temp
as $$
  -- Where withdrawals are possible past the close the list comes later than the terms reckoned with, and both sides still need their day.
  select greatest(coalesce(reveal_deadline, closes_at + interval '1 day'),
                  case when withdraw_until > closes_at then withdraw_until + interval '1 day' end)
    from offerings where id = p_offering
$$;

-- A side's commitment, before the close. The same again is a replay.
create or replace function record_commitment(p_side country, p_offering integer, p_sha256 text) returns text
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  o offerings;
  v_known text;
begin
  if p_sha256 !~ '^[0-9a-f]{64}$' then return 'draw.not-a-hash'; end if;
  select * into o from offerings where id = p_offering for share;
  if not found or o.method = 'FIRST_COME' then return 'draw.no-window'; end if;
  select commitment_sha256 into v_known from draw_commitments where offering_id = p_offering and side = p_side;
  if found then return case when v_known = p_sha256 then null else 'draw.committed-already' end; end if;
  if o.state not in ('DRAFT', 'IN_APPROVAL', 'APPROVED', 'OPEN') or app_now() >= o.closes_at then return 'draw.closed'; end if;
  insert into draw_commitments (offering_id, side, commitment_sha256) values (p_offering, p_side, p_sha256) on conflict do nothing;
  return case when found then null else 'draw.committed-already' end;
end
$$;

-- A side's secret, when the list stands and until the deadline. Later ones do not count: the rule for them is in the terms of the draw.
create or replace function record_reveal(p_side country, p_offering integer, p_secret text) returns text
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  c draw_commitments;
  w draws;
begin
  if p_secret !~ '^[0-9a-f]{64}$' then return 'draw.not-a-secret'; end if;
  select * into c from draw_commitments where offering_id = p_offering and side = p_side for no key update;
  if not found then return 'draw.no-commitment'; end if;
  if c.commitment_sha256
     <> (select sha256_hex(format(E'wakachi draw commitment 1\noffering %s\n%s %s\n', o.slug, p_side, p_secret)) from offerings o where o.id = p_offering)
  then
    return 'draw.wrong-secret';
  end if;
  if c.secret is not null then return null; end if;
  select * into w from draws where offering_id = p_offering;
  if not found then return 'draw.not-listed'; end if;
  if app_now() >= w.reveal_deadline then return 'draw.too-late'; end if;
  update draw_commitments set secret = p_secret, revealed_at = app_now() where offering_id = p_offering and side = p_side;
  return null;
end
$$;

-- The commands of an operator, each for their own side, with a line of the log for what they changed.
create or replace function commit_draw_secret(p_session uuid, p_offering integer, p_sha256 text) returns text
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  m record;
  v_code text;
begin
  perform lock_log();
  select * into m from require_staff(p_session, '{OPERATOR}');
  if exists (select 1 from draw_commitments where offering_id = p_offering and side = m.side and commitment_sha256 = p_sha256) then return null; end if;
  v_code := record_commitment(m.side, p_offering, p_sha256);
  if v_code is null then
    perform log_act('DRAW_COMMITTED', 'offering:' || (select slug from offerings where id = p_offering), m.user_id, m.side,
                    jsonb_build_object('commitment', p_sha256)::text);
  end if;
  return v_code;
end
$$;

create or replace function reveal_draw_secret(p_session uuid, p_offering integer, p_secret text) returns text
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  m record;
  v_code text;
begin
  perform lock_log();
  select * into m from require_staff(p_session, '{OPERATOR}');
  if exists (select 1 from draw_commitments where offering_id = p_offering and side = m.side and secret = p_secret) then return null; end if;
  v_code := record_reveal(m.side, p_offering, p_secret);
  if v_code is null then
    perform log_act('DRAW_REVEALED', 'offering:' || (select slug from offerings where id = p_offering), m.user_id, m.side,
                    jsonb_build_object('secret', p_secret)::text);
  end if;
  return v_code;
end
$$;

-- An empty table that will be the offering's partition of `p_parent`: filled first, indexed and attached after (attach_partition).
create or replace function make_partition(p_parent text, p_offering integer) returns text
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_name constant text := format('%s_%s', p_parent, p_offering);
begin
  execute format('create table %I (like %I including defaults including constraints)', v_name, p_parent);
  return v_name;
end
$$;

-- The table may come from make_partition, or from a query with the columns of the parent.
create or replace function attach_partition(p_parent text, p_offering integer) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_name constant text := format('%s_%s', p_parent, p_offering);
begin
  execute (
    select 'alter table ' || quote_ident(v_name) || ' ' || string_agg(c.change, ', ')
      from (select format('alter column %I set not null', attname) as change
              from pg_attribute where attrelid = p_parent::regclass and attnum > 0 and attnotnull
            union all
            select format('add constraint %I %s', n.conname, pg_get_constraintdef(n.oid))
              from pg_constraint n
             where n.conrelid = p_parent::regclass and n.contype = 'c'
               and not exists (select 1 from pg_constraint x where x.conrelid = v_name::regclass and x.conname = n.conname)) c);
  execute format('alter table %I add primary key (investor_id, offering_id)', v_name);
  -- The constraint saves attaching a look at every row; the partition's own bounds take its place.
  execute format('alter table %I add constraint of_the_offering check (offering_id = %s)', v_name, p_offering);
  execute format('alter table %I attach partition %I for values in (%s)', p_parent, v_name, p_offering);
  execute format('alter table %I drop constraint of_the_offering', v_name);
  execute format('create trigger append_only before update or delete or truncate on %I for each statement execute function refuse_change()', v_name);
  execute format('analyze %I', v_name);
end
$$;

-- The list of applicants: all subscriptions of a person together (名寄せ), within the room that the maximum leaves beside what they hold; by
-- pseudonym, committed to by the hash of the text of lib/domain/allotment/applicant-list.ts. Made once; false where it stands already.
create or replace function list_applicants(p_offering integer, p_salt bytea default null) returns boolean
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  o offerings;
  v_salt constant bytea := coalesce(p_salt, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
  v_deadline constant timestamptz := reveal_deadline_of(p_offering);
  v_people integer;
  v_units bigint;
  v_lines text;
begin
  perform seal_window(p_offering);
  select * into o from offerings where id = p_offering for share;
  if exists (select 1 from draws where offering_id = p_offering) then return false; end if;
  execute format($list$
    insert into %I (investor_id, units, subscribed_units, reserved_minor, offering_id, pseudonym)
    select s.investor_id, least(s.units, greatest(($2 - coalesce(h.units, 0)) / $3 * $3, 0)), s.units, s.reserved, $1,
           substr(sha256($4 || int8send(s.investor_id)), 1, 16)
      from (select investor_id, sum(units)::bigint as units, sum(reserved_minor)::bigint as reserved
              from subscriptions where offering_id = $1 and state = 'ACTIVE' group by investor_id order by investor_id) s
      left join holdings h on h.investor_id = s.investor_id and h.class_id = $5
     order by s.investor_id$list$, make_partition('applicants', p_offering))
  using p_offering, o.max_units, o.lot_units, v_salt, o.class_id;
  perform attach_partition('applicants', p_offering);
  select count(*), coalesce(sum(a.units), 0), coalesce(string_agg(format(E'%s %s\n', encode(a.pseudonym, 'hex'), a.units), '' order by a.pseudonym), '')
    into v_people, v_units, v_lines
    from applicants a where a.offering_id = p_offering;
  insert into draws (offering_id, salt, applicants, applied_units, list_sha256, listed_at, reveal_deadline, beacon, pulse_at)
  values (p_offering, v_salt, v_people, v_units,
          sha256_hex(format(E'wakachi applicant list 1\noffering %s\nmethod %s\nlot %s\noffered %s\nupsize %s\nreveal by %s\nbeacon %s %s\napplicants %s\n',
                            o.slug, o.method, o.lot_units, o.size_units, o.upsize_units, iso_instant(v_deadline), 'wakachi-simulated',
                            iso_instant(pulse_after(v_deadline)), v_people) || v_lines),
          app_now(), v_deadline, 'wakachi-simulated', pulse_after(v_deadline));
  return true;
end
$$;

-- Lists the applicants of each window that has closed, once nobody can withdraw any more, and everybody who has to be told of a new version of its
-- prospectus has been. Looked at again under the seal: a version may have come in between. For the job worker.
create or replace function list_closed_windows() returns integer
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  v_offering integer;
  v_listed integer := 0;
begin
  for v_offering in
    select o.id from offerings o
     where o.method <> 'FIRST_COME' and o.state = 'CLOSED' and greatest(o.closes_at, o.withdraw_until) <= app_now()
       and not exists (select 1 from draws d where d.offering_id = o.id)
     order by o.id
  loop
    perform seal_window(v_offering);
    if exists (select 1 from offerings o where o.id = v_offering and o.state = 'CLOSED' and greatest(o.closes_at, o.withdraw_until) <= app_now())
       and not exists (select 1 from document_notices n where n.offering_id = v_offering and n.finished_at is null)
       and list_applicants(v_offering) then
      v_listed := v_listed + 1;
    end if;
  end loop;
  return v_listed;
end
$$;

-- What has been asked for so far, of each open window that shows it.
create or replace function count_demand() returns integer
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  v_counted integer;
begin
  insert into window_demand as w (offering_id, applicants, units, at)
  select o.id, count(distinct s.investor_id), coalesce(sum(s.units), 0), app_now()
    from offerings o left join subscriptions s on s.offering_id = o.id and s.state = 'ACTIVE'
   where o.show_demand and o.method <> 'FIRST_COME' and o.state in ('OPEN', 'CLOSED')
     and not exists (select 1 from draws d where d.offering_id = o.id)
   group by o.id
      on conflict (offering_id) do update set applicants = excluded.applicants, units = excluded.units, at = excluded.at;
  get diagnostics v_counted = row_count;
  return v_counted;
end
$$;
