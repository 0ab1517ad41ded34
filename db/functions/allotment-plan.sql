-- The four methods of a window, set-based (SPEED): how much an applicant gets follows from what they ask and, for some, from a draw. So the methods are
-- worked out on the histogram of sizes, a few thousand rows however many applicants there are, and the draw is one sort of the tickets that compete.
-- The rules are those of lib/domain/allotment, and tests hold the two together.

-- One line a size, in lots. `base` lots are certain; `sure` adds the lot of a largest remainder. Of all tickets of the sizes that have any
-- (first_ticket to last_ticket of each person), `to_draw` win a lot each. The last four columns are the same on each line.
create or replace function plan_allotment(p_offering integer)
returns table (
  size bigint, people bigint, base bigint, sure boolean, first_ticket integer, last_ticket integer,
  to_draw bigint, tickets bigint, ceiling bigint, extra_lots bigint)
language plpgsql stable parallel restricted
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  o offerings;
  v_supply bigint;
  v_people bigint;
  v_lots numeric;
  v_ceiling bigint;
  v_offset bigint := 0;
  v_sizes bigint[];
  v_counts bigint[];
begin
  select * into o from offerings where id = p_offering;
  v_supply := (o.size_units + o.upsize_units) / o.lot_units;
  -- The histogram: the one look at the applicants. They all ask for whole lots, or for nothing that counts.
  select array_agg(h.size order by h.size), array_agg(h.people order by h.size), sum(h.people) filter (where h.size > 0), sum(h.size * h.people)
    into v_sizes, v_counts, v_people, v_lots
    from (select a.units / o.lot_units as size, count(*) as people from applicants a where a.offering_id = p_offering group by 1) h;
  if coalesce(v_lots, 0) <= v_supply then
    return query
      select h.size, h.people, h.size, false, null::integer, null::integer, 0::bigint, 0::bigint, null::bigint, 0::bigint
        from unnest(v_sizes, v_counts) as h (size, people);
    return;
  end if;

  if o.method = 'QUANTITY_CEILING' then
    -- Sizes from the smallest: those below the ceiling are met, and the others share what is left alike.
    select trunc((v_supply - h.met) / h.others) into v_ceiling
      from (select x.size, v_people - coalesce(sum(x.people) over smaller, 0) as others, coalesce(sum(x.size * x.people) over smaller, 0) as met
              from unnest(v_sizes, v_counts) as x (size, people) where x.size > 0
            window smaller as (order by x.size rows between unbounded preceding and 1 preceding)) h
     where h.size * h.others > v_supply - h.met order by h.size limit 1;
    return query
      with sized as (
        select * from unnest(v_sizes, v_counts) as h (size, people)
      ), figures as (
        select (v_supply - sum(least(s.size, v_ceiling) * s.people))::bigint as left_over,
               coalesce(sum(s.people) filter (where s.size > v_ceiling), 0)::bigint as above
          from sized s
      )
      select s.size, s.people, least(s.size, v_ceiling), false, case when s.size > v_ceiling then 0 end, case when s.size > v_ceiling then 0 end,
             f.left_over, f.above, v_ceiling, f.left_over
        from sized s cross join figures f;
    return;
  end if;

  if v_people > v_supply and o.method <> 'PRO_RATA' then
    -- More applicants than lots: one ticket a person, one lot at most.
    return query
      select h.size, h.people, 0::bigint, false, case when h.size > 0 then 0 end, case when h.size > 0 then 0 end,
             v_supply, v_people, null::bigint, v_supply
        from unnest(v_sizes, v_counts) as h (size, people);
    return;
  end if;

  if o.method = 'BALLOT' then
    -- A lot each; each further lot that somebody asks for is a ticket for one of those that are left.
    return query
      select h.size, h.people, least(h.size, 1), false, case when h.size > 1 then 1 end, case when h.size > 1 then (h.size - 1)::integer end,
             v_supply - v_people, (v_lots - v_people)::bigint, null::bigint, v_supply - v_people
        from unnest(v_sizes, v_counts) as h (size, people);
    return;
  end if;

  -- Pro rata, of all that is asked or of what is asked beyond a first lot each: rounded down to the lot, then the largest remainders. Where equal
  -- remainders compete for the last lots, the draw decides.
  if o.method = 'MINIMUM_LOT' then v_offset := 1; end if;
  v_supply := v_supply - v_offset * v_people;
  v_lots := v_lots - v_offset * v_people;
  return query
    with sized as (
      select * from unnest(v_sizes, v_counts) as h (size, people)
    ), shared as (
      -- numeric: the product of two counts of lots can leave int8, and there are few lines.
      select s.size, s.people, least(s.size, v_offset) as first,
             div((s.size - least(s.size, v_offset))::numeric * v_supply, v_lots)::bigint as share,
             (s.size - least(s.size, v_offset))::numeric * v_supply % v_lots as remainder
        from sized s
    ), ranked as (
      select s.*, sum(s.people) over (order by s.remainder desc) as up_to, sum(s.people) over (partition by s.remainder) as equal,
             v_supply - sum(s.share * s.people) over () as left_over
        from shared s
    ), decided as (
      select r.*, r.remainder > 0 and r.up_to <= r.left_over as sure,
             r.remainder > 0 and r.up_to > r.left_over and r.up_to - r.equal < r.left_over as competes
        from ranked r
    )
    select d.size, d.people, d.first + d.share, d.sure, case when d.competes then 0 end, case when d.competes then 0 end,
           coalesce(max(d.left_over - (d.up_to - d.equal)) filter (where d.competes) over (), 0)::bigint,
           coalesce(sum(d.people) filter (where d.remainder > 0) over (), 0)::bigint, null::bigint, d.left_over::bigint
      from decided d;
end
$$;

-- The end of the band of sizes in which `p_lots` lies: 1, 2, 5, 10, 20, 50, … (lib/domain/allotment/figures.ts).
create or replace function band_end(p_lots bigint) returns bigint
language sql immutable parallel safe
as $$
  select min(s.step * power(10::numeric, e)::bigint)
    from unnest(array[1, 2, 5]) as s (step) cross join generate_series(0, 16) as e
   where p_lots <= s.step * power(10::numeric, e)::bigint
$$;

-- The figures before the draw, and how many ask for how much: what operators sign. Reads, and writes nothing. Counts of units are texts, since they
-- may be past what JSON's readers take for exact.
create or replace function preview_allotment(p_offering integer) returns jsonb
language sql stable parallel restricted security definer
set search_path = public, pg_temp
as $$
  with o as (
    select lot_units as lot, size_units, (size_units + upsize_units) / lot_units * lot_units as supply from offerings where id = p_offering
  ), plan as materialized (
    select * from plan_allotment(p_offering) where size > 0
  ), bands as (
    select band_end(p.size) as band, sum(p.people)::bigint as people, sum(p.size * p.people) as lots from plan p group by 1
  ), sums as (
    select coalesce(sum(p.people), 0)::bigint as people, coalesce(sum(p.size * p.people), 0) as asked,
           coalesce(sum(p.base * p.people) + max(p.extra_lots), 0) as allotted, max(p.ceiling) as ceiling,
           coalesce(max(p.extra_lots), 0) as extra_lots, coalesce(max(p.tickets), 0) as tickets
      from plan p
  )
  select jsonb_build_object(
    'applicants', s.people, 'askedUnits', (s.asked * o.lot)::text, 'supplyUnits', o.supply::text, 'allottedUnits', (s.allotted * o.lot)::text,
    'upsizeUsedUnits', greatest(s.allotted * o.lot - o.size_units, 0)::text, 'ceilingUnits', (s.ceiling * o.lot)::text,
    'extraLots', s.extra_lots, 'tickets', s.tickets,
    'sizes', coalesce((select jsonb_agg(jsonb_build_object('toUnits', (b.band * o.lot)::text, 'applicants', b.people, 'askedUnits', (b.lots * o.lot)::text)
                                        order by b.band) from bands b), '[]'::jsonb))
    from o cross join sums s
$$;
