-- What is left of a first-come offering lies in 64 slots (SPEED): made with the offering, refilled when its size changes. Σ remaining + sold = size.
-- A window has none: what it sells, its one allotment says. An offering that is called off loses them, and nothing of it can be bought from then on,
-- not even by a call that has seen it open.

-- Writes `p_units` into the first `p_slots` slots, counted from this backend's own, as evenly as whole lots allow; the others become empty.
-- The caller holds all slots of the offering, or they are not there yet.
create or replace function spread_over_slots(p_offering integer, p_units bigint, p_lot bigint, p_slots integer)
returns void
language sql volatile
set search_path = public, pg_temp
as $$
  insert into offering_slots as s (offering_id, slot, remaining)
  select p_offering, (n + pg_backend_pid()) % 64,
         case when n < p_slots then
           (p_units / p_lot / p_slots + case when n < p_units / p_lot % p_slots then 1 else 0 end) * p_lot
           -- Less than a lot can be left only when the size was no multiple of it.
           + case when n = 0 then p_units % p_lot else 0 end
         else 0 end
    from generate_series(0, 63) n
      on conflict (offering_id, slot) do update set remaining = excluded.remaining where s.remaining <> excluded.remaining
$$;

-- Units of a class that are sold or promised through offerings.
create or replace function offered_units(p_class smallint) returns bigint
language sql stable
set search_path = public, pg_temp
as $$
  select coalesce(sum(size_units + upsize_units), 0)::bigint from offerings o
   where class_id = p_class
     and (state <> 'CANCELLED' or exists (select 1 from sale_refunds r where r.offering_id = o.id and r.finished_at is null))
$$;

-- What dealing has issued, or is about to, less what it has redeemed: below nothing where holders redeem what they bought in an offering.
create or replace function dealt_units(p_class smallint) returns bigint
language sql stable
set search_path = public, pg_temp
as $$
  select (coalesce((select sum(bought_units - case step when 'REDEEM' then 0 else redeemed_units end)
                      from dealing_runs where class_id = p_class and step <> 'PRICE'), 0)
          -- A day that is being dealt again takes nothing back before it is through.
          + coalesce((select sum(case step when 'BOOK' then greatest(bought_units, 0) else bought_units end)
                        from dealing_corrections where class_id = p_class), 0)
          + coalesce((select sum(lent_units - returned_units) from dealing_bridges where class_id = p_class), 0))::bigint
$$;

create or replace function keep_offering_slots() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_sold bigint := 0;
  v_authorised bigint;
  v_offered numeric;
begin
  -- U1: offerings of a class and what is dealt stay within its authorised units, and no offering sells more than its size. The lock on the class
  -- keeps two new offerings from passing each other.
  select authorised_units into v_authorised from unit_classes where id = new.class_id for no key update;
  v_offered := offered_units(new.class_id);
  if v_offered + dealt_units(new.class_id) > v_authorised then
    raise exception 'The offerings of class % would be % units, of % authorised.', new.class_id, v_offered, v_authorised
      using errcode = 'check_violation', constraint = 'offerings_within_authorised';
  end if;
  if new.method <> 'FIRST_COME' or new.state = 'CANCELLED' then
    -- In the order in which orders lock them: those that hold one end first.
    perform 1 from offering_slots where offering_id = new.id order by slot for update;
    delete from offering_slots where offering_id = new.id;
    return null;
  end if;
  if tg_op = 'UPDATE' and old.method = 'FIRST_COME' then
    if new.size_units = old.size_units and new.lot_units = old.lot_units then
      return null;
    end if;
    perform 1 from offering_slots where offering_id = new.id order by slot for no key update;
    select old.size_units - coalesce(sum(remaining), 0) into v_sold from offering_slots where offering_id = new.id;
    if new.size_units < v_sold then
      raise exception 'Offering % has sold % units and cannot shrink to %.', new.slug, v_sold, new.size_units
        using errcode = 'check_violation', constraint = 'offerings_size_not_below_sold';
    end if;
  end if;
  perform spread_over_slots(new.id, new.size_units - v_sold, new.lot_units, 64);
  return null;
end
$$;

create or replace trigger offerings_slots
after insert or update of size_units, upsize_units, lot_units, class_id, method, state on offerings
for each row execute function keep_offering_slots();

-- Functions cannot be replaced by ones that answer or ask otherwise.
drop function if exists take_from_one_slot(integer, bigint);
drop function if exists take_from_all_slots(integer, integer[], text[], bigint[], bigint[]);

-- Takes `p_units` from slots that nobody holds: the backend's own if it has them, otherwise the fullest, and the next ones for what that lacks. Never waits.
-- Answers a slot that it has taken from; null where eight do not have as much. A slot whose units went to somebody else at this very moment may stay
-- locked though it is not taken.
create or replace function take_from_free_slots(p_offering integer, p_units bigint) returns smallint
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_own constant smallint := pg_backend_pid() % 64;
  v_slot smallint;
  v_has bigint;
  v_left bigint := p_units;
  v_slots smallint[] := '{}';
  v_taken bigint[] := '{}';
begin
  select slot into v_slot from offering_slots
   where offering_id = p_offering and slot = v_own and remaining >= p_units
     for no key update skip locked;
  if found then
    update offering_slots set remaining = remaining - p_units where offering_id = p_offering and slot = v_slot;
    return v_slot;
  end if;
  for n in 1 .. 8 loop
    select slot, remaining into v_slot, v_has from offering_slots
     where offering_id = p_offering and remaining > 0 and slot <> all (v_slots)
     order by remaining desc limit 1
       for no key update skip locked;
    exit when not found;
    v_slots := v_slots || v_slot;
    v_taken := v_taken || least(v_has, v_left);
    v_left := v_left - least(v_has, v_left);
    if v_left = 0 then
      update offering_slots s set remaining = s.remaining - t.units
        from unnest(v_slots, v_taken) as t (slot, units) where s.offering_id = p_offering and s.slot = t.slot;
      return v_slot;
    end if;
  end loop;
  return null;
end
$$;

-- Where free slots have not what a call wants. An order for more than all slots have is refused in either form: once all is sold, nobody waits to be told.
-- The fast form may hold slots and so must not wait for others: it leaves the rest to the exact one. That holds every slot: each order has its
-- units or is refused by itself, in the order of arrival, and what is left is spread over as many slots as hold several calls each.
create or replace function take_from_all_slots(
  p_offering integer,
  p_offerings integer[],
  p_codes text[],
  p_units bigint[],
  p_figures bigint[],
  p_exact boolean,
  out codes text[],
  out figures bigint[]
)
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_left bigint;
  v_wanted bigint := 0;
  v_lot bigint;
begin
  codes := p_codes;
  figures := p_figures;
  select coalesce(sum(remaining), 0) into v_left from offering_slots where offering_id = p_offering;
  for n in 1 .. cardinality(p_codes) loop
    continue when p_codes[n] is not null or p_offerings[n] <> p_offering;
    v_wanted := v_wanted + p_units[n];
    if p_units[n] > v_left then
      codes[n] := 'order.sold-out';
      figures[n] := v_left;
    elsif p_exact then
      v_left := v_left - p_units[n];
    else
      codes[n] := 'retry';
    end if;
  end loop;
  if p_exact then
    select lot_units into v_lot from offerings where id = p_offering;
    perform spread_over_slots(p_offering, v_left, v_lot, least(64, greatest(1, v_left / greatest(8 * v_wanted, v_lot)))::integer);
  end if;
end
$$;
