-- The run that settles all subscriptions of a window: started by a proposal that both sides signed, then advanced step by step, each step one
-- transaction. Whatever is killed is as if it had not begun; the next step is read from the run's row, so resumed is the same as uninterrupted.
--
--   ALLOT  who gets what, into a partition of its own (allotment-plan.sql); the offering is ALLOTTED
--   POST   units, costs and refunds into the ledger, by chunks of people, several at the same time
--   CHECK  the books against the allotments; the offering is SETTLED
--   MAIL   a mail to each applicant, a chunk at a time (allotment-mails.sql)
--
-- A worker takes a lease, whose number fences: a worker that was thought dead and comes back holds an old number, and is refused.

-- For the executor of the proposal, after both signatures. The seed needs the beacon's pulse, which comes after the last moment to reveal.
create or replace function start_allotment(p_offering integer, p_proposal uuid, p_chunk_people integer default 250000) returns text
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  o offerings;
  w draws;
  v_parts jsonb;
  v_text text;
begin
  select * into o from offerings where id = p_offering for no key update;
  if not found or o.method = 'FIRST_COME' then return 'allotment.no-window'; end if;
  if exists (select 1 from allotment_runs where offering_id = p_offering) then return 'allotment.started-already'; end if;
  select * into w from draws where offering_id = p_offering;
  if not found or o.state <> 'CLOSED' then return 'allotment.not-listed'; end if;
  if app_now() < w.pulse_at then return 'allotment.before-pulse'; end if;
  select string_agg(format(E'%s %s %s\n', s.side, coalesce(c.commitment_sha256, '-'), coalesce(c.secret, '-')), '' order by s.side::text),
         jsonb_agg(jsonb_build_object('side', s.side, 'commitment', c.commitment_sha256, 'secret', c.secret) order by s.side::text)
    into v_text, v_parts
    from unnest(enum_range(null::country)) as s (side)
    left join draw_commitments c on c.offering_id = p_offering and c.side = s.side;
  insert into allotment_runs (offering_id, purpose, step, chunk_people, method, rule_version, seed, seed_parts, supply_units, proposal_id)
  values (p_offering, 'ALLOT', 'ALLOT', p_chunk_people, o.method, 1,
          sha256_hex(format(E'wakachi draw seed 1\noffering %s\nlist %s\n%sbeacon %s %s %s\n', o.slug, w.list_sha256, v_text, w.beacon,
                            iso_instant(w.pulse_at), pulse_value(w.pulse_at))),
          jsonb_build_object('listSha256', w.list_sha256, 'parts', v_parts,
                             'pulse', jsonb_build_object('source', w.beacon, 'at', iso_instant(w.pulse_at), 'value', pulse_value(w.pulse_at))),
          (o.size_units + o.upsize_units) / o.lot_units * o.lot_units, p_proposal);
  perform enqueue_job('advance-allotments', '{}');
  return null;
end
$$;

-- For the executor of a cancellation: the window is called off, and the run gives everybody their whole cash back.
create or replace function start_refund(p_offering integer, p_proposal uuid, p_chunk_people integer default 250000) returns text
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  o offerings;
begin
  perform seal_window(p_offering);
  select * into o from offerings where id = p_offering for no key update;
  if not found or o.method = 'FIRST_COME' then return 'allotment.no-window'; end if;
  if exists (select 1 from allotment_runs where offering_id = p_offering) then return 'allotment.started-already'; end if;
  update offerings set state = 'CANCELLED' where id = p_offering and state <> 'CANCELLED';
  insert into allotment_runs (offering_id, purpose, step, chunk_people, method, rule_version, supply_units, proposal_id)
  values (p_offering, 'REFUND', 'ALLOT', p_chunk_people, o.method, 1, (o.size_units + o.upsize_units) / o.lot_units * o.lot_units, p_proposal);
  perform enqueue_job('advance-allotments', '{}');
  return null;
end
$$;

create or replace function list_unfinished_allotments() returns setof integer
language sql stable security definer
set search_path = public, pg_temp
as $$
  select offering_id from allotment_runs where step <> 'DONE' order by started_at, offering_id
$$;

-- The lease of a run for so many seconds of real time; null where another worker holds it, or nothing is left to do.
create or replace function claim_allotment(p_offering integer, p_seconds integer) returns integer
language sql volatile security definer
set search_path = public, pg_temp
as $$
  update allotment_runs set fence = fence + 1, leased_until = clock_timestamp() + make_interval(secs => least(p_seconds, 3600))
   where offering_id = p_offering and step <> 'DONE' and (leased_until is null or leased_until <= clock_timestamp())
  returning fence
$$;

-- Gives the lease back before its time, so that the next worker need not wait for its end.
create or replace function release_allotment(p_offering integer, p_fence integer) returns void
language sql volatile security definer
set search_path = public, pg_temp
as $$
  update allotment_runs set leased_until = null where offering_id = p_offering and fence = p_fence
$$;

-- The next chunk of people that nobody posts yet. Two calls never post the same: a chunk is locked before it is posted, and has its entry after.
-- Where all that are left are under way, waits for them, so that whoever is answered knows where the run stands.
create or replace function post_next_allotment_chunk(p_offering integer, p_fence integer) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_chunk integer;
begin
  select chunk into v_chunk from allotment_chunks
   where offering_id = p_offering and journal_id is null order by chunk limit 1 for no key update skip locked;
  if not found then
    select chunk into v_chunk from allotment_chunks where offering_id = p_offering and journal_id is null order by chunk limit 1 for no key update;
    if not found then return; end if;
  end if;
  perform post_allotment_chunk(p_offering, v_chunk);
  -- The row of the run comes last, so that it is held for the moment of a commit.
  update allotment_runs
     set chunks_done = chunks_done + 1, step = case when chunks_done + 1 = chunks then 'CHECK' else 'POST' end::allotment_step
   where offering_id = p_offering and fence = p_fence;
  if not found then
    raise exception 'Another worker has taken over the run of offering %.', p_offering using constraint = 'allotment_fenced';
  end if;
end
$$;

-- Takes the next step, or the next chunk of it. 'allotment.fenced': another worker has taken over. At MAIL it does nothing: the texts come from the
-- caller (write_allotment_mails).
create or replace function advance_allotment(p_offering integer, p_fence integer)
returns table (code text, step allotment_step, chunks_done integer, chunks integer)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  r allotment_runs;
begin
  select * into r from allotment_runs where offering_id = p_offering;
  -- Chunks are posted side by side; every other step is one at a time.
  if r.step <> 'POST' then
    select * into r from allotment_runs where offering_id = p_offering for no key update;
  end if;
  if r.fence is distinct from p_fence then
    return query select 'allotment.fenced'::text, null::allotment_step, null::integer, null::integer;
    return;
  end if;
  case r.step
    when 'ALLOT' then
      perform write_allotments(p_offering);
      update offerings set state = 'ALLOTTED' where id = p_offering and state = 'CLOSED';
      update allotment_runs a
         set step = case when n.chunks = 0 then 'CHECK' else 'POST' end::allotment_step, chunks_done = 0, chunks = n.chunks
        from (select count(*)::integer as chunks from allotment_chunks where offering_id = p_offering) n
       where a.offering_id = p_offering;
    when 'POST' then
      perform post_next_allotment_chunk(p_offering, p_fence);
    when 'CHECK' then
      perform check_allotment_books(p_offering);
      update offerings set state = 'SETTLED' where id = p_offering and state = 'ALLOTTED';
      update allotment_runs set step = case when chunks = 0 then 'DONE' else 'MAIL' end::allotment_step, chunks_done = 0,
             finished_at = case when chunks = 0 then app_now() end
       where offering_id = p_offering;
    else null;
  end case;
  return query
    update allotment_runs a set leased_until = greatest(a.leased_until, clock_timestamp() + interval '1 minute') where a.offering_id = p_offering
    returning null::text, a.step, a.chunks_done, a.chunks;
end
$$;

-- The digest of the last ticket that wins (lib/domain/allotment/draw.ts); the empty one, before all others, where nothing is drawn. Counted by their
-- first byte, the tickets say which of them are worth sorting: a few thousand of a million.
create or replace function last_winning_digest(
  p_offering integer, p_lot bigint, p_seed bytea, p_sizes bigint[], p_first integer[], p_last integer[], p_to_draw bigint) returns bytea
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  v_tickets constant text := $tickets$
    select sha256($3 || a.pseudonym || int4send(n.ticket)) as digest
      from applicants a
      join unnest($4, $5, $6) as p (size, first_ticket, last_ticket) on p.size = a.units / $2 and p.first_ticket is not null
     cross join lateral generate_series(p.first_ticket, p.last_ticket) as n (ticket)
     where a.offering_id = $1$tickets$;
  v_byte integer;
  v_before bigint;
  v_digest bytea;
begin
  if p_to_draw = 0 then return ''; end if;
  -- EXECUTE … INTO lets workers of the database share it.
  execute format($byte$
    select c.byte, c.before
      from (select b.byte, sum(b.tickets) over (order by b.byte) as up_to, sum(b.tickets) over (order by b.byte) - b.tickets as before
              from (select get_byte(t.digest, 0) as byte, count(*) as tickets from (%s) t group by 1) b) c
     where c.up_to >= $7 order by c.byte limit 1$byte$, v_tickets)
  into v_byte, v_before using p_offering, p_lot, p_seed, p_sizes, p_first, p_last, p_to_draw;
  execute format('select t.digest from (%s) t where get_byte(t.digest, 0) = $7 order by t.digest offset $8 limit 1', v_tickets)
  into strict v_digest using p_offering, p_lot, p_seed, p_sizes, p_first, p_last, v_byte, p_to_draw - v_before - 1;
  return v_digest;
end
$$;

-- How many of a person's tickets win. Whoever has one ticket is looked at without calling this.
create or replace function winning_tickets(p_prefix bytea, p_first integer, p_last integer, p_digest bytea) returns integer
language sql immutable parallel safe
as $$ select count(*)::integer from generate_series(p_first, p_last) n (ticket) where sha256(p_prefix || int4send(n.ticket)) <= p_digest $$;

-- Who gets what. The whole of it is a table of its own, made from one query, which becomes the partition when it is indexed; applicants lie in the order
-- of their ids, and their allotments nearly do. The plan and the last winner are worked out before, so that the query is planned with them: as a part
-- of it they would be taken for millions. Workers of the database share what EXECUTE … INTO and CREATE TABLE AS ask for; they would not share a
-- SELECT … INTO or an INSERT.
create or replace function write_allotments(p_offering integer) returns void
language plpgsql volatile
set search_path = public, pg_temp
set enable_mergejoin = off
set work_mem = '256MB'
set maintenance_work_mem = '256MB'
set max_parallel_workers_per_gather = 2
set parallel_tuple_cost = 0.001
set jit = off
as $$
declare
  r allotment_runs;
  o record;
  p record;
  v_seed bytea;
  v_last bytea;
  v_units numeric;
  v_wanted numeric;
begin
  select * into r from allotment_runs where offering_id = p_offering;
  select f.*, power(10::numeric, greatest(d.decimals - c.price_decimals, 0))::bigint as numerator,
         c.quote_units * power(10::numeric, greatest(c.price_decimals - d.decimals, 0))::bigint as denominator
    into o
    from offerings f join unit_classes c on c.id = f.class_id join assets d on d.id = c.currency_asset_id where f.id = p_offering;
  -- An offering that is cancelled before its close has no list yet.
  if r.purpose = 'REFUND' then perform list_applicants(p_offering); end if;
  select array_agg(l.size) as sizes, array_agg(l.base + l.sure::integer) as certain, array_agg(l.sure::integer) as extra,
         array_agg(l.first_ticket) as first, array_agg(l.last_ticket) as last, coalesce(max(l.to_draw), 0) as to_draw
    into p
    from plan_allotment(p_offering) l where r.purpose = 'ALLOT';
  v_seed := decode(coalesce(r.seed, ''), 'hex');
  v_last := last_winning_digest(p_offering, o.lot_units, v_seed, p.sizes, p.first, p.last, p.to_draw);
  -- From the first person of a chunk the index leads to that of the next.
  insert into allotment_chunks (offering_id, chunk, first_investor, last_investor)
  with recursive firsts as (
    select 0 as chunk, min(a.investor_id) as investor_id from applicants a where a.offering_id = p_offering
    union all
    select f.chunk + 1, (select a.investor_id from applicants a where a.offering_id = p_offering and a.investor_id >= f.investor_id
                          order by a.investor_id offset r.chunk_people limit 1)
      from firsts f where f.investor_id is not null
  )
  select p_offering, f.chunk, f.investor_id,
         (select max(a.investor_id) from applicants a where a.offering_id = p_offering and a.investor_id < coalesce(n.investor_id, 9223372036854775807))
    from firsts f join firsts n on n.chunk = f.chunk + 1 where f.investor_id is not null;
  execute format($allot$
    create table %I as
    with plan as (
      select * from unnest($7, $8, $9, $10, $11) as p (size, certain, extra, first_ticket, last_ticket)
    ), drawn as (
      select a.investor_id, a.reserved_minor, p.certain, p.extra,
             case when p.first_ticket = p.last_ticket then (sha256($12 || a.pseudonym || int4send(p.first_ticket)) <= $13)::integer
                  when p.first_ticket < p.last_ticket then winning_tickets($12 || a.pseudonym, p.first_ticket, p.last_ticket, $13)
                  else 0 end as lots
        from applicants a
        left join plan p on p.size = a.units / $2
       where a.offering_id = $1
       -- Else each column that asks would draw again.
       offset 0
    ), shared as (
      select d.investor_id, d.reserved_minor, coalesce((d.certain + d.lots) * $2, 0) as units, coalesce(d.extra, 0) + d.lots as extra_lots from drawn d
    )
    -- The cost is rounded up once a person, like any purchase (lib/domain/allotment/settlement.ts).
    select s.investor_id, s.units, (s.units * $4 * $5 + $6 - 1) / $6 as cost_minor, s.reserved_minor - (s.units * $4 * $5 + $6 - 1) / $6 as refund_minor,
           $1 as offering_id, width_bucket(s.investor_id, $3) - 1 as chunk, s.extra_lots
      from shared s$allot$, 'allotments_' || p_offering)
  using p_offering, o.lot_units, array(select first_investor from allotment_chunks where offering_id = p_offering order by chunk),
        o.price, o.numerator, o.denominator, p.sizes, p.certain, p.extra, p.first, p.last, v_seed, v_last;
  perform attach_partition('allotments', p_offering);
  execute 'select coalesce(sum(units), 0) from allotments where offering_id = $1' into v_units using p_offering;
  execute 'select coalesce(sum(units), 0) from applicants where offering_id = $1' into v_wanted using p_offering;
  -- If two digests were equal, this would tell.
  if v_units <> (case r.purpose when 'ALLOT' then least(r.supply_units, v_wanted) else 0 end) then
    raise exception 'The allotment of offering % would be % of % units.', p_offering, v_units, least(r.supply_units, v_wanted)
      using errcode = 'check_violation', constraint = 'allotments_sum';
  end if;
  update allotment_runs set allotted_units = v_units, figures = case r.purpose when 'ALLOT' then allotment_figures(p_offering) end
   where offering_id = p_offering;
end
$$;
