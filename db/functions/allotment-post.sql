-- What a run writes to the ledger (allotment-run.sql): per person the end of the reservation, the refund and the units; of the control accounts the
-- sums of a chunk, since no row is shared by all (SPEED).

-- One chunk of people. Rows are visited in the order of (investor), as orders lock them, so that nobody waits in a circle.
create or replace function post_allotment_chunk(p_offering integer, p_chunk integer) returns void
language plpgsql volatile
set search_path = public, pg_temp
set enable_hashjoin = off
as $$
declare
  v_now constant timestamptz := app_now();
  o record;
  c allotment_chunks;
  v_journal bigint;
  v_people bigint;
  v_paid bigint;
begin
  select f.class_id, u.currency_asset_id, u.unit_asset_id into o
    from offerings f join unit_classes u on u.id = f.class_id where f.id = p_offering;
  insert into journals (kind, at) values ('ALLOTMENT', v_now) returning id into v_journal;
  update allotment_chunks set journal_id = v_journal where offering_id = p_offering and chunk = p_chunk returning * into strict c;
  with due as materialized (
    select a.investor_id, a.units, a.cost_minor, a.refund_minor
      from allotments a
     where a.offering_id = p_offering and a.investor_id between c.first_investor and c.last_investor
     order by a.investor_id
  ), paid as (
    update wallets w
       set reserved = w.reserved - d.cost_minor - d.refund_minor, reserved_version = w.reserved_version + 1,
           available = w.available + d.refund_minor, available_version = w.available_version + (d.refund_minor > 0)::integer
      from due d
     where w.investor_id = d.investor_id and w.asset_id = o.currency_asset_id
    returning w.investor_id, w.reserved, w.reserved_version, w.available, w.available_version, d.cost_minor, d.refund_minor
  ), gained as (
    insert into holdings as h (investor_id, class_id, units, issued_units, version, cost_minor)
    select d.investor_id, o.class_id, d.units, d.units, 1, d.cost_minor from due d where d.units > 0 order by d.investor_id
        on conflict (investor_id, class_id)
        do update set units = h.units + excluded.units, issued_units = h.issued_units + excluded.units, version = h.version + 1,
                      cost_minor = h.cost_minor + excluded.cost_minor
    returning h.investor_id, h.units, h.version
  ), posted as (
    insert into postings (investor_id, asset_id, account, version, journal_id, amount, balance_after)
    select p.investor_id, o.currency_asset_id, 'INVESTOR_AVAILABLE'::ledger_account, p.available_version, v_journal, p.refund_minor, p.available
      from paid p where p.refund_minor > 0
    union all
    select p.investor_id, o.currency_asset_id, 'INVESTOR_RESERVED', p.reserved_version, v_journal, -p.cost_minor - p.refund_minor, p.reserved
      from paid p
    union all
    select g.investor_id, o.unit_asset_id, 'INVESTOR_UNITS', g.version, v_journal, d.units, g.units
      from gained g join due d on d.investor_id = g.investor_id
    union all
    select 0, o.currency_asset_id, 'FUND_CASH', v_journal, v_journal, sum(d.cost_minor)::bigint, null from due d having sum(d.cost_minor) > 0
    union all
    select 0, o.unit_asset_id, 'UNITS_ISSUED', v_journal, v_journal, -sum(d.units)::bigint, null from due d having sum(d.units) > 0
  )
  select (select count(*) from due), (select count(*) from paid) into v_people, v_paid;
  if v_people <> v_paid then
    raise exception 'Of % applicants in chunk % of offering %, % have a wallet.', v_people, p_chunk, p_offering, v_paid;
  end if;
end
$$;

-- The books against the allotments: nothing is settled that does not add up.
create or replace function check_allotment_books(p_offering integer) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_wrong text;
begin
  with booked as (
    select p.account, sum(p.amount) as amount
      from postings p join allotment_chunks c on c.offering_id = p_offering and c.journal_id = p.journal_id group by 1
  ), due as (
    select v.account, v.amount
      from (select coalesce(sum(cost_minor), 0) as cost, coalesce(sum(refund_minor), 0) as refund, coalesce(sum(units), 0) as units
              from allotments where offering_id = p_offering) a
     cross join lateral (values ('INVESTOR_RESERVED'::ledger_account, - a.cost - a.refund), ('INVESTOR_AVAILABLE', a.refund),
                                ('INVESTOR_UNITS', a.units), ('FUND_CASH', a.cost), ('UNITS_ISSUED', - a.units)) v (account, amount)
  )
  select string_agg(format('%s %s, due %s', d.account, coalesce(b.amount, 0), d.amount), '; ') into v_wrong
    from due d full join booked b on b.account = d.account
   where coalesce(b.amount, 0) <> coalesce(d.amount, 0);
  if v_wrong is null then
    select format('reserved %s', sum(p.reserved_minor)) into v_wrong
      from applicants p where p.offering_id = p_offering
    having coalesce(sum(p.reserved_minor), 0)
           <> (select coalesce(sum(a.cost_minor + a.refund_minor), 0) from allotments a where a.offering_id = p_offering);
  end if;
  if v_wrong is not null then
    raise exception 'The books of offering % are not its allotment: %.', p_offering, v_wrong
      using errcode = 'check_violation', constraint = 'allotment_booked';
  end if;
end
$$;

-- The figures of the result notice, as lib/domain/allotment/figures.ts gives them; counts of units are texts.
create or replace function allotment_figures(p_offering integer) returns jsonb
language sql stable
set search_path = public, pg_temp
as $$
  with o as (
    select lot_units as lot, size_units from offerings where id = p_offering
  ), fates as (
    select p.units as asked, a.units as got, count(*) as people
      from applicants p join allotments a on a.offering_id = p_offering and a.investor_id = p.investor_id
     where p.offering_id = p_offering and p.units > 0 group by 1, 2
  ), bands as (
    select band_end(f.asked / o.lot) as band, sum(f.people) as people, sum(f.asked * f.people) as asked, sum(f.got * f.people) as allotted,
           coalesce(sum(f.people) filter (where f.got = f.asked), 0) as all_of_it,
           coalesce(sum(f.people) filter (where f.got > 0 and f.got < f.asked), 0) as a_part,
           coalesce(sum(f.people) filter (where f.got = 0), 0) as nothing
      from fates f cross join o group by 1
  ), sums as (
    select coalesce(sum(b.allotted), 0) as allotted, coalesce(sum(b.all_of_it), 0) as all_of_it, coalesce(sum(b.a_part), 0) as a_part,
           coalesce(sum(b.nothing), 0) as nothing from bands b
  )
  select preview_allotment(p_offering)
         || jsonb_build_object(
              'allottedUnits', s.allotted::text, 'upsizeUsedUnits', greatest(s.allotted - o.size_units, 0)::text,
              'full', s.all_of_it, 'part', s.a_part, 'none', s.nothing,
              'sizes', coalesce((select jsonb_agg(jsonb_build_object(
                'toUnits', (b.band * o.lot)::text, 'applicants', b.people, 'askedUnits', b.asked::text, 'allottedUnits', b.allotted::text,
                'full', b.all_of_it, 'part', b.a_part, 'none', b.nothing) order by b.band) from bands b), '[]'::jsonb))
    from o cross join sums s
$$;
