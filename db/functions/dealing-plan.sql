-- What each order of a class and day comes to (dealing-run.sql), set-based: the arithmetic of lib/domain/dealing. Numeric divisions are of whole numbers,
-- with a named direction each; int8 products could overflow.

-- The chunks of the deals that have just been written. These have no figures yet, and the steps to come would be planned as for a few rows: many are looked
-- at first.
create or replace function write_dealing_chunks(p_class smallint, p_date date, p_revision integer) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
begin
  insert into dealing_chunks (class_id, dealing_date, revision, buys, chunk, first_investor, last_investor, units, amount_minor)
  select p_class, p_date, p_revision, d.buys, d.chunk, min(d.investor_id), max(d.investor_id), sum8(d.units), sum8(d.amount_minor)
    from deals d where d.class_id = p_class and d.dealing_date = p_date and d.revision = p_revision group by d.buys, d.chunk;
  if exists (select 1 from deals where class_id = p_class and dealing_date = p_date and revision = p_revision offset 1000) then
    analyze deals;
  end if;
end
$$;

-- Purchases of a class that wait to be dealt, with the units that their reservations pay for; `p_price` and `p_quote` are cash and units in smallest parts that
-- are worth the same. A day's purchases are dealt or lapse on it, so none is older than the day that was dealt last. The same quotient twice: in int8 where
-- the product fits into it. Without settings of its own the function becomes a part of the query that asks.
create or replace function waiting_purchases(p_class smallint, p_after date, p_date date, p_price bigint, p_quote bigint)
returns table (investor_id bigint, key uuid, number bigint, reserved_minor bigint, units bigint)
language sql stable
as $$
  select o.investor_id, o.key, o.number, o.reserved_minor,
         least(case o.kind when 'BUY_UNITS' then o.asked end,
               case when o.reserved_minor <= 9000000000000000000 / p_quote then o.reserved_minor * p_quote / p_price
                    else div(o.reserved_minor::numeric * p_quote, p_price)::bigint end)
    from dealing_orders o
   where o.class_id = p_class and o.dealing_date > p_after and o.dealing_date <= p_date and o.state in ('ACCEPTED', 'CUT_OFF') and o.reserved_minor > 0
$$;

create or replace function write_deals(p_class smallint, p_date date) returns void
language plpgsql volatile
set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan
set work_mem = '256MB'
set jit = off
as $$
declare
  v_now constant timestamptz := app_now();
  r dealing_runs;
  c record;
  v_gate bigint;
  v_redeemed bigint;
  v_bought bigint;
  v_deferred bigint;
  v_room bigint;
  v_after date;
  v_price bigint;
  v_last bigint := 9223372036854775807;
begin
  select * into r from dealing_runs where class_id = p_class and dealing_date = p_date;
  select u.authorised_units, power(10::numeric, greatest(d.decimals - u.price_decimals, 0)) as numerator,
         (u.quote_units * power(10::numeric, greatest(u.price_decimals - d.decimals, 0)))::bigint as denominator
    into c from unit_classes u join assets d on d.id = u.currency_asset_id where u.id = p_class;
  -- gate.ts: never nothing, otherwise the last units of a class could not leave.
  v_gate := greatest(div(r.issued_units::numeric * r.gate_e4, 10000), least(r.issued_units, 1))::bigint;

  -- Earlier days go first; within a day in proportion, the remainders by size and then by acceptance.
  insert into deals (investor_id, order_key, class_id, dealing_date, buys, units, amount_minor, release_minor, levy_minor, deferred_units, chunk)
  with waiting as (
    select o.investor_id, o.key, o.number, o.dealing_date as since, o.reserved_units as units
      from dealing_orders o
     where o.class_id = p_class and o.state in ('ACCEPTED', 'CUT_OFF') and o.dealing_date <= p_date and o.reserved_units > 0
  ), days as (
    select since, sum(units) as wanted, sum(sum(units)) over (order by since) as upto from waiting group by since
  ), supplies as (
    select since, wanted, least(wanted, greatest(v_gate - (upto - wanted), 0)) as supply from days
  ), shares as (
    select w.*, s.supply, div(w.units * s.supply, s.wanted) as floor, mod(w.units * s.supply, s.wanted) as remainder
      from waiting w join supplies s on s.since = w.since
  ), ranked as (
    select x.*, row_number() over (partition by x.since order by x.remainder desc, x.number) as place,
           x.supply - sum(x.floor) over (partition by x.since) as left_over
      from shares x
  ), dealt as (
    select k.investor_id, k.key, k.units as wanted, (k.floor + (k.place <= k.left_over)::integer)::bigint as units from ranked k
  )
  select d.investor_id, d.key, p_class, p_date, false, d.units, m.payout, 0, m.gross - m.payout, d.wanted - d.units,
         ((dense_rank() over (order by d.investor_id) - 1) / r.chunk_people)::integer
    from dealt d
   cross join lateral (
     select div(d.units * r.price * c.numerator, c.denominator)::bigint as gross,
            div(d.units * (r.price - div(r.price::numeric * r.levy_e4 + 9999, 10000)) * c.numerator, c.denominator)::bigint as payout) m
   where d.units > 0
   order by d.investor_id;
  select coalesce(sum(units), 0) into v_redeemed from deals where class_id = p_class and dealing_date = p_date and not buys;
  -- What is deferred, as a whole or in part, is past its cut-off now.
  update dealing_orders o set state = 'CUT_OFF', changed_at = v_now
   where o.class_id = p_class and o.state = 'ACCEPTED' and o.dealing_date <= p_date and o.reserved_units > 0
     and not exists (select 1 from deals d where d.investor_id = o.investor_id and d.order_key = o.key and d.dealing_date = p_date and d.deferred_units = 0);

  -- First come first, and nobody overtakes the first that no longer fits. What is promised to offerings is theirs; the lock on the class keeps a new one
  -- and this run from passing each other.
  perform 1 from unit_classes where id = p_class for no key update;
  v_room := c.authorised_units - offered_units(p_class) - dealt_units(p_class) + v_redeemed;
  select coalesce(max(d.dealing_date), '-infinity') into v_after from dealing_runs d where d.class_id = p_class and d.dealing_date < p_date;
  v_price := r.price * c.numerator;
  if (select sum(w.units) from waiting_purchases(p_class, v_after, p_date, v_price, c.denominator) w) > v_room then
    select coalesce(max(w.number), 0) into v_last
      from (select q.number, sum(q.units) over (order by q.number) as upto from waiting_purchases(p_class, v_after, p_date, v_price, c.denominator) q) w
     where w.upto <= v_room;
  end if;
  insert into deals (investor_id, order_key, class_id, dealing_date, buys, units, amount_minor, release_minor, levy_minor, deferred_units, chunk)
  with fitting as (
    select w.investor_id, w.key, w.reserved_minor, case when w.number <= v_last then w.units else 0 end as units
      from waiting_purchases(p_class, v_after, p_date, v_price, c.denominator) w
  ), priced as (
    select f.*, case when f.reserved_minor <= 9000000000000000000 / c.denominator then (f.units * v_price + c.denominator - 1) / c.denominator
                     else ceil(f.units::numeric * v_price / c.denominator)::bigint end as cost
      from fitting f
  )
  select p.investor_id, p.key, p_class, p_date, true, p.units, p.cost, p.reserved_minor - p.cost, 0, 0,
         ((dense_rank() over (order by p.investor_id) - 1) / r.chunk_people)::integer
    from priced p order by p.investor_id;
  perform write_dealing_chunks(p_class, p_date, 0);
  select coalesce(sum(units), 0) into v_bought from dealing_chunks where class_id = p_class and dealing_date = p_date and buys;
  select coalesce(sum(o.reserved_units), 0) - v_redeemed into v_deferred
    from dealing_orders o
   where o.class_id = p_class and o.state in ('ACCEPTED', 'CUT_OFF') and o.dealing_date <= p_date and o.reserved_units > 0;
  if v_redeemed <> least(v_gate, v_redeemed + v_deferred) then
    raise exception 'The gate of class % on % lets % units pass, and % would.', p_class, p_date, v_gate, v_redeemed
      using errcode = 'check_violation', constraint = 'deals_gate';
  end if;
  update dealing_runs set redeemed_units = v_redeemed, bought_units = v_bought, deferred_units = v_deferred, step = 'REDEEM'
   where class_id = p_class and dealing_date = p_date;
end
$$;
