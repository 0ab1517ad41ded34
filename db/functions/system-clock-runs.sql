-- Moving the one clock (DOMAIN §12). It never goes back. A run takes it from event to event (lib/jobs/advance-clock.ts): each step is one transaction, and
-- where the run stands is read from its row, so resumed is the same as uninterrupted. An operator's session makes an entry of their log; without one it is
-- somebody at the server.

-- Who acts, asked first by each command, so that whoever may not is told nothing of the clock; no row for somebody at the server.
create or replace function clock_actor(p_session uuid) returns table (user_id bigint, side country)
language plpgsql volatile
set search_path = public, pg_temp
as $$
begin
  if p_session is not null then
    return query select s.user_id, s.side from require_staff(p_session, array['OPERATOR']::role[]) s;
  end if;
end
$$;

-- The entry of whoever acts; none where nobody has to be named.
create or replace function log_clock_act(p_user bigint, p_side country, p_kind text, p_payload jsonb) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
begin
  if p_user is not null then
    perform log_act(p_kind, 'clock:' || iso_instant(app_now()), p_user, p_side, canonical_json(p_payload));
  end if;
end
$$;

-- Until when the calendar is known: no run goes further.
create or replace function clock_end() returns timestamptz
language sql stable
set search_path = public, pg_temp
as $$
  select make_date(extract(year from max(day))::integer + 1, 1, 1)::timestamp at time zone 'America/New_York' from market_holidays
$$;

-- Starts a run to an instant, or to the next event of some kinds. The clock stands from now on; whoever moves it is woken, where a session asked.
create or replace function start_clock_run(p_session uuid, p_to timestamptz, p_kinds text[], p_then clock_mode default 'STEPPED')
returns table (code text, run_id bigint, to_at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  a record;
  v_now timestamptz;
  v_to timestamptz := p_to;
  v_id bigint;
begin
  select * into a from clock_actor(p_session);
  perform 1 from clock for update;
  v_now := app_now();
  if exists (select 1 from clock_runs r where r.finished_at is null) then
    return query select 'clock.running', null::bigint, null::timestamptz;
    return;
  end if;
  if v_to is null then
    v_to := (select e.at from next_clock_event(v_now, least(v_now + interval '400 days', clock_end()), p_kinds) e);
  end if;
  if v_to is null or v_to <= v_now or v_to > clock_end() then
    return query select case when v_to is null then 'clock.no-such-event' when v_to <= v_now then 'clock.backwards' else 'clock.too-far' end,
                        null::bigint, clock_end();
    return;
  end if;
  perform log_clock_act(a.user_id, a.side, 'CLOCK_STARTED', jsonb_build_object('from', iso_instant(v_now), 'to', iso_instant(v_to)));
  perform set_clock('STEPPED', v_now, null);
  insert into clock_runs (from_at, to_at, stands_at, then_mode) values (v_now, v_to, v_now, p_then) returning id into v_id;
  if p_session is not null then perform enqueue_job('advance-clock', '{}'); end if;
  return query select null::text, v_id, v_to;
end
$$;

-- The run that is under way, for a new mover: its fence goes up, so that the one before moves nothing any more.
create or replace function claim_clock_run() returns table (run_id bigint, fence integer)
language sql volatile security definer
set search_path = public, pg_temp
as $$
  update clock_runs r set fence = r.fence + 1 where r.finished_at is null returning r.id, r.fence
$$;

-- To the next event, or to the end where none is left on the way; from there the run is over, and the clock does what was said. No row: another mover has
-- taken over, or somebody has stopped the clock.
create or replace function step_clock(p_run bigint, p_fence integer)
returns table (from_at timestamptz, to_at timestamptz, at timestamptz, kinds text[], events integer, finished boolean)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  r clock_runs;
  n record;
begin
  perform 1 from clock for update;
  select * into r from clock_runs c where c.id = p_run and c.fence = p_fence and c.finished_at is null for no key update;
  if not found then return; end if;
  if r.stands_at >= r.to_at then
    update clock_runs c set finished_at = statement_timestamp(), kinds = '{}' where c.id = p_run;
    if r.then_mode = 'REAL' then perform set_clock('REAL', null, null); end if;
    return query select r.from_at, r.to_at, r.stands_at, '{}'::text[], r.events, true;
    return;
  end if;
  select * into n from next_clock_event(r.stands_at, r.to_at);
  perform set_clock('STEPPED', coalesce(n.at, r.to_at), null);
  return query
    update clock_runs c set stands_at = coalesce(n.at, r.to_at), kinds = coalesce(n.kinds, '{}'), events = c.events + (n.at is not null)::integer
     where c.id = p_run
    returning c.from_at, c.to_at, c.stands_at, c.kinds, c.events, false;
end
$$;

-- Stands still where it is; a run that is under way ends there.
create or replace function freeze_clock(p_session uuid) returns timestamptz
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  a record;
  v_now timestamptz;
begin
  select * into a from clock_actor(p_session);
  perform 1 from clock for update;
  v_now := app_now();
  perform log_clock_act(a.user_id, a.side, 'CLOCK_FROZEN', jsonb_build_object('at', iso_instant(v_now)));
  update clock_runs set finished_at = statement_timestamp() where finished_at is null;
  return set_clock('FROZEN', v_now, null);
end
$$;

-- Runs on by itself: from where it stands, if that is ahead of real time, and otherwise in real time, which it first catches up with by a run.
create or replace function resume_clock(p_session uuid) returns table (code text, mode clock_mode, to_at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  a record;
  v_now timestamptz;
  v_started record;
begin
  select * into a from clock_actor(p_session);
  perform 1 from clock for update;
  v_now := app_now();
  if exists (select 1 from clock_runs r where r.finished_at is null) then
    return query select 'clock.running', null::clock_mode, null::timestamptz;
  elsif v_now > statement_timestamp() then
    perform log_clock_act(a.user_id, a.side, 'CLOCK_RESUMED', jsonb_build_object('at', iso_instant(v_now)));
    perform set_clock('SHIFTED', null, v_now - statement_timestamp());
    return query select null::text, 'SHIFTED'::clock_mode, v_now;
  elsif v_now = statement_timestamp() then
    return query select null::text, 'REAL'::clock_mode, v_now;
  else
    select * into v_started from start_clock_run(p_session, statement_timestamp(), null, 'REAL');
    return query select v_started.code, 'STEPPED'::clock_mode, v_started.to_at;
  end if;
end
$$;

-- For whoever holds the lock of what is due (`alone` in db/client.ts): nobody else works on what is due now, so what died holding a lease is taken up at once. One
-- that lives after all is fenced by the next lease's number.
create or replace function end_leases() returns void
language sql volatile security definer
set search_path = public, pg_temp
as $$
  update dealing_runs set leased_until = null where leased_until is not null and step <> 'DONE';
  update dealing_corrections set leased_until = null where leased_until is not null and step <> 'DONE';
  update allotment_runs set leased_until = null where leased_until is not null and step <> 'DONE';
  update sale_refunds set leased_until = null where leased_until is not null and finished_at is null
$$;

do $$
declare
  f text;
begin
  foreach f in array array[
    'start_clock_run(uuid, timestamptz, text[], clock_mode)', 'claim_clock_run()', 'step_clock(bigint, integer)', 'freeze_clock(uuid)',
    'resume_clock(uuid)', 'end_leases()', 'upcoming_events(integer)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to wakachi_app', f);
  end loop;
  foreach f in array array[
    'clock_actor(uuid)', 'log_clock_act(bigint, country, text, jsonb)', 'clock_end()', 'clock_events(timestamptz, timestamptz)',
    'next_clock_event(timestamptz, timestamptz, text[])']
  loop
    execute format('revoke all on function %s from public, wakachi_app', f);
  end loop;
  revoke all on clock_runs from wakachi_app;
  grant select on clock_runs to wakachi_app;
end
$$;
