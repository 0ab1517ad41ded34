-- The run that deals a day's orders of a class at one price (DOMAIN §5–§7): started when a price is there that was struck after the cut-off, then
-- advanced step by step, each step one transaction. Whatever is killed is as if it had not begun; the next step is read from the run's row, so resumed
-- is the same as uninterrupted. lib/domain/dealing/run.ts is what it is held against.
--
--   PRICE   what each order comes to: the gate, units, cost, payout, what lapses (dealing-plan.sql)
--   REDEEM  units of redemptions leave, a chunk of people at a time (dealing-post.sql)
--   BUY     units of purchases are issued, and what they do not need comes back
--   WAIT    for settlement: cash changes hands on its day, a chunk at a time
--
-- A worker takes a lease, whose number fences: a worker that was thought dead and comes back holds an old number, and is refused.

-- Null, or why the day cannot be dealt: another day of the class comes first, the price is of before the cut-off, or it has been dealt.
create or replace function start_dealing(p_class smallint, p_date date, p_price bigint, p_struck_at timestamptz, p_chunk_people integer default 50000)
returns text
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  c unit_classes;
  v_cut_off timestamptz;
begin
  -- Orders that are being placed or cancelled end first; none can follow for a day that has its run.
  perform seal_dealing(p_class);
  select * into c from unit_classes where id = p_class;
  if not found or c.dealing_from is null or p_date < c.dealing_from then return 'dealing.not-open'; end if;
  if extract(isodow from p_date) > 5 or exists (select 1 from market_holidays h where h.day = p_date) then return 'dealing.no-dealing-day'; end if;
  if exists (select 1 from dealing_runs where class_id = p_class and dealing_date >= p_date) then return 'dealing.done'; end if;
  if exists (select 1 from dealing_runs where class_id = p_class and step in ('PRICE', 'REDEEM', 'BUY')) then return 'dealing.other-day-first'; end if;
  -- What a day that is dealt again issues and takes back counts in the gate of the next.
  if exists (select 1 from dealing_corrections where class_id = p_class and step in ('PRICE', 'BOOK')) then return 'dealing.other-day-first'; end if;
  -- Orders of a day that a closure took away since then move on to the next; those of an earlier dealing day wait for its own price.
  if exists (select 1 from dealing_orders d
              where d.class_id = p_class and d.state = 'ACCEPTED' and d.dealing_date < p_date
                and d.dealing_date > coalesce((select max(r.dealing_date) from dealing_runs r where r.class_id = p_class), '-infinity')
                and extract(isodow from d.dealing_date) < 6
                and not exists (select 1 from market_holidays h where h.day = d.dealing_date)) then
    return 'dealing.other-day-first';
  end if;
  if p_price is null or p_price <= 0 then return 'nav.not-positive'; end if;
  v_cut_off := (p_date + c.cut_off::time) at time zone c.time_zone;
  if p_struck_at is null or p_struck_at < v_cut_off or app_now() < v_cut_off then return 'nav.before-cut-off'; end if;
  insert into dealing_runs (class_id, dealing_date, price, struck_at, cut_off_at, settlement_date, payout_date, levy_e4, gate_e4, issued_units, chunk_people)
  values (p_class, p_date, p_price, p_struck_at, v_cut_off, market_day_after(c.country, p_date, c.settlement_days),
          payout_day(c.country, p_date, c.settlement_days), c.levy_e4, (select value_e4 from covenant_limits where fund_id = c.fund_id and name = 'GATE'),
          issued_units(p_class), p_chunk_people);
  return null;
end
$$;

-- Starts the next day of each class whose value both stands and is published; a day whose value is held waits, and the days after it with it. Answers how
-- many were started. Days are dealt one after the other, so the caller takes each on before it asks again.
create or replace function start_due_dealing() returns integer
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  c record;
  v_started integer := 0;
begin
  -- A correction that is being signed has published its price, and deals again what has a run by then, or waits for this run to be there.
  perform lock_valuations();
  for c in
    select u.id, n.day, p.price, v.struck_at
      from unit_classes u
     cross join lateral (select greatest(u.dealing_from, (select max(r.dealing_date) + 1 from dealing_runs r where r.class_id = u.id)) as first) f
     cross join lateral (
       select d::date as day from generate_series(f.first, f.first + 30, interval '1 day') d
        where extract(isodow from d) < 6 and not exists (select 1 from market_holidays h where h.day = d::date)
        order by d limit 1) n
      join valuations v on v.fund_id = u.fund_id and v.nav_date = n.day and v.state = 'PUBLISHED' and v.published_at <= app_now()
     -- Of this one day: joined, all prices there ever were could be looked through first.
     cross join lateral (select x.price from current_prices x where x.class_id = u.id and x.nav_date = n.day limit 1) p
     where u.dealing_from is not null
     order by n.day, u.id
  loop
    if start_dealing(c.id, c.day, c.price, c.struck_at) is null then v_started := v_started + 1; end if;
  end loop;
  return v_started;
end
$$;

create or replace function list_unfinished_dealing() returns table (class_id smallint, dealing_date date)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select r.class_id, r.dealing_date from dealing_runs r
    join unit_classes c on c.id = r.class_id
   where r.step in ('PRICE', 'REDEEM', 'BUY')
      or r.step = 'WAIT' and least(r.settlement_date, r.payout_date) <= (app_now() at time zone c.time_zone)::date
   order by r.dealing_date, r.class_id
$$;

-- The lease of a run for so many seconds of real time; null where another worker holds it, or nothing is left to do.
create or replace function claim_dealing(p_class smallint, p_date date, p_seconds integer) returns integer
language sql volatile security definer
set search_path = public, pg_temp
as $$
  update dealing_runs set fence = fence + 1, leased_until = clock_timestamp() + make_interval(secs => least(p_seconds, 3600))
   where class_id = p_class and dealing_date = p_date and step <> 'DONE' and (leased_until is null or leased_until <= clock_timestamp())
  returning fence
$$;

create or replace function release_dealing(p_class smallint, p_date date, p_fence integer) returns void
language sql volatile security definer
set search_path = public, pg_temp
as $$
  update dealing_runs set leased_until = null where class_id = p_class and dealing_date = p_date and fence = p_fence
$$;

-- The next chunk that is due and that nobody is at, locked: to be booked, or to be settled. Two calls never take the same. Where all that are left are under
-- way, waits for them, so that whoever is answered knows where the run stands; null when none is left.
create or replace function take_dealing_chunk(r dealing_runs, p_today date) returns dealing_chunks
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  c dealing_chunks;
  v_busy text;
begin
  foreach v_busy in array array['skip locked', ''] loop
    execute format($due$
      select c.* from dealing_chunks c
       where c.class_id = $1.class_id and c.dealing_date = $1.dealing_date
         and case $1.step when 'REDEEM' then not c.buys and c.journal_id is null
                          when 'BUY' then c.buys and c.journal_id is null
                          else c.settled_at is null and c.journal_id is not null and c.reversal_id is null
                               and $2 >= case when c.buys then $1.settlement_date else $1.payout_date end end
       order by c.buys, c.chunk limit 1 for no key update %s$due$, v_busy)
    into c using r, p_today;
    exit when c.class_id is not null;
  end loop;
  return c;
end
$$;

-- Takes the next step, or the next chunk of it. 'dealing.fenced': another worker has taken over. `waits`: nothing is due before a later day. Chunks are
-- taken side by side; what ends a step is done by one, when all of them are through.
create or replace function advance_dealing(p_class smallint, p_date date, p_fence integer)
returns table (code text, step dealing_step, waits boolean)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  r dealing_runs;
  v_began dealing_step;
  v_chunk dealing_chunks;
  v_waits boolean := false;
begin
  select * into r from dealing_runs where class_id = p_class and dealing_date = p_date;
  if r.fence = p_fence and r.step in ('REDEEM', 'BUY', 'WAIT') then
    v_chunk := take_dealing_chunk(r, (select (app_now() at time zone u.time_zone)::date from unit_classes u where u.id = p_class));
    if v_chunk.class_id is not null and r.step = 'WAIT' then
      perform settle_dealing_chunk(v_chunk);
      perform hold_switched(v_chunk);
    elsif v_chunk.class_id is not null then
      perform post_dealing_chunk(v_chunk);
    end if;
  end if;
  -- The row of the run comes after the chunk, so that it is held for the moment of a commit.
  v_began := r.step;
  select * into r from dealing_runs where class_id = p_class and dealing_date = p_date for no key update;
  if r.fence is distinct from p_fence then
    if v_chunk.class_id is not null then
      raise exception 'Another worker has taken over the run of class % on %.', p_class, p_date using constraint = 'dealing_fenced';
    end if;
    return query select 'dealing.fenced'::text, null::dealing_step, null::boolean;
    return;
  end if;
  if v_chunk.class_id is not null then
    if r.step = 'WAIT' and not exists (select 1 from dealing_chunks c
                                        where c.class_id = p_class and c.dealing_date = p_date and c.buys = v_chunk.buys and c.settled_at is null
                                          and c.journal_id is not null and c.reversal_id is null) then
      perform give_dealing_notice(p_class, p_date, 'SETTLED', v_chunk.buys);
    end if;
  elsif r.step <> v_began then
    -- Somebody else has ended the step that this call began with.
    v_waits := r.step = 'DONE';
  elsif r.step = 'PRICE' then
    perform write_deals(p_class, p_date);
    r.step := 'REDEEM';
  elsif r.step in ('REDEEM', 'BUY') then
    perform check_dealing_books(p_class, p_date, r.step = 'BUY', 0);
    perform give_dealing_notice(p_class, p_date, 'DEALT', r.step = 'BUY');
    r.step := case r.step when 'REDEEM' then 'BUY' else 'WAIT' end;
  elsif r.step = 'WAIT' and not exists (select 1 from dealing_chunks c where c.class_id = p_class and c.dealing_date = p_date and c.settled_at is null
                                           and c.reversal_id is null) then
    r.step := 'DONE';
    v_waits := true;
  else
    v_waits := true;
  end if;
  update dealing_runs d
     set step = r.step, finished_at = case when r.step = 'DONE' then coalesce(d.finished_at, app_now()) end,
         leased_until = greatest(d.leased_until, clock_timestamp() + interval '1 minute')
   where d.class_id = p_class and d.dealing_date = p_date;
  return query select null::text, r.step, v_waits;
end
$$;
