-- What a run writes to the ledger (allotment-run.sql): per person the end of the reservation, the refund and the units; of the control accounts the
-- sums of a chunk, since no row is shared by all (SPEED).

-- The balances of one chunk of people: reservation, refund, units; answers how many wallets there are. Each posting is written from the balance as its
-- change leaves it, so that nothing is looked up twice. Wallets are visited in the order of (investor), as orders lock them, so that nobody waits in a
-- circle: hence indexes are walked, and nothing is hashed. The bounds stand for each table: a merge would walk its index from the first person on.
create or replace function pay_allotment_chunk(p_chunk allotment_chunks, p_class smallint, p_cash smallint, p_units smallint) returns bigint
language plpgsql volatile
set search_path = public, pg_temp
set enable_hashjoin = off
set enable_mergejoin = on
set enable_nestloop = on
set enable_seqscan = off
set enable_bitmapscan = off
set work_mem = '64MB'
as $$
declare
  v_part constant text := 'postings_' || p_chunk.journal_id;
  v_paid bigint;
begin
  execute format($wallets$
    with paid as (
      update wallets w
         set reserved = w.reserved - a.cost_minor - a.refund_minor, reserved_version = w.reserved_version + 1,
             available = w.available + a.refund_minor, available_version = w.available_version + (a.refund_minor > 0)::integer
        from allotments a
       where a.offering_id = $2 and a.investor_id between $3 and $4
         and w.investor_id = a.investor_id and w.asset_id = $5 and w.investor_id between $3 and $4
      returning w.investor_id, a.cost_minor, a.refund_minor, w.available, w.available_version, w.reserved, w.reserved_version
    ), posted as (
      insert into %I (investor_id, asset_id, account, version, journal_id, amount, balance_after)
      select p.investor_id, $5, v.account, v.version, $1, v.amount, v.balance
        from paid p
       cross join lateral (values ('INVESTOR_AVAILABLE'::ledger_account, p.available_version, p.refund_minor, p.available),
                                  ('INVESTOR_RESERVED', p.reserved_version, - p.cost_minor - p.refund_minor, p.reserved))
                          v (account, version, amount, balance)
       where v.amount <> 0
    )
    select count(*) from paid$wallets$, v_part)
  into v_paid using p_chunk.journal_id, p_chunk.offering_id, p_chunk.first_investor, p_chunk.last_investor, p_cash;
  -- Nobody else adds or changes a holding of theirs now: whoever does locks the wallet first.
  execute format($holdings$
    with added as (
      update holdings h
         set units = h.units + a.units, issued_units = h.issued_units + a.units, version = h.version + 1, cost_minor = h.cost_minor + a.cost_minor
        from allotments a
       where a.offering_id = $2 and a.investor_id between $3 and $4 and a.units > 0
         and h.investor_id = a.investor_id and h.class_id = $5 and h.investor_id between $3 and $4
      returning h.investor_id, h.version, a.units, h.units as held
    ), opened as (
      insert into holdings (investor_id, class_id, units, issued_units, version, cost_minor)
      select a.investor_id, $5, a.units, a.units, 1, a.cost_minor
        from allotments a
        left join holdings h on h.investor_id = a.investor_id and h.class_id = $5 and h.investor_id between $3 and $4
       where a.offering_id = $2 and a.investor_id between $3 and $4 and a.units > 0 and h.investor_id is null
       order by a.investor_id
      returning investor_id, version, units
    )
    insert into %I (investor_id, asset_id, account, version, journal_id, amount, balance_after)
    select investor_id, $6, 'INVESTOR_UNITS'::ledger_account, version, $1, units, held from added
    union all
    select investor_id, $6, 'INVESTOR_UNITS', version, $1, units, units from opened$holdings$, v_part)
  using p_chunk.journal_id, p_chunk.offering_id, p_chunk.first_investor, p_chunk.last_investor, p_class, p_units;
  return v_paid;
end
$$;

-- One chunk of people, in a batch of its own (ledger-batches.sql). The control accounts, which are nobody's, have the sums of the chunk.
create or replace function post_allotment_chunk(p_offering integer, p_chunk integer) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  o record;
  c allotment_chunks;
  v_journal bigint;
  v_due record;
  v_paid bigint;
begin
  select f.class_id, u.currency_asset_id, u.unit_asset_id into o
    from offerings f join unit_classes u on u.id = f.class_id where f.id = p_offering;
  v_journal := open_batch('ALLOTMENT');
  update allotment_chunks set journal_id = v_journal where offering_id = p_offering and chunk = p_chunk returning * into strict c;
  select count(*) as people, coalesce(sum(cost_minor), 0)::bigint as cost, coalesce(sum(units), 0)::bigint as units into v_due
    from allotments where offering_id = p_offering and investor_id between c.first_investor and c.last_investor;
  v_paid := pay_allotment_chunk(c, o.class_id, o.currency_asset_id, o.unit_asset_id);
  if v_due.people <> v_paid then
    raise exception 'Of % applicants in chunk % of offering %, % have a wallet.', v_due.people, p_chunk, p_offering, v_paid;
  end if;
  execute format($control$
    insert into %I (investor_id, asset_id, account, version, journal_id, amount)
    select 0, v.asset_id, v.account, $1, $1, v.amount
      from (values ($2, 'FUND_CASH'::ledger_account, $4), ($3, 'UNITS_ISSUED', - $5)) v (asset_id, account, amount)
     where v.amount <> 0$control$, 'postings_' || v_journal)
  using v_journal, o.currency_asset_id, o.unit_asset_id, v_due.cost, v_due.units;
  perform close_batch(v_journal);
end
$$;

-- The books against the allotments: nothing is settled that does not add up.
create or replace function check_allotment_books(p_offering integer) returns void
language plpgsql volatile
set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan
set max_parallel_workers_per_gather = 2
as $$
declare
  v_journals constant bigint[] := array(select journal_id from allotment_chunks where offering_id = p_offering);
  v_wrong text;
begin
  -- EXECUTE … INTO lets workers of the database share it.
  execute $books$
  with booked as (
    -- Named as values, the journals lead to their partitions, and no other is read.
    select p.account, sum(p.amount) as amount from postings p where p.journal_id = any ($1) group by 1
  ), due as (
    select v.account, v.amount
      from (select coalesce(sum(cost_minor), 0) as cost, coalesce(sum(refund_minor), 0) as refund, coalesce(sum(units), 0) as units
              from allotments where offering_id = $2) a
     cross join lateral (values ('INVESTOR_RESERVED'::ledger_account, - a.cost - a.refund), ('INVESTOR_AVAILABLE', a.refund),
                                ('INVESTOR_UNITS', a.units), ('FUND_CASH', a.cost), ('UNITS_ISSUED', - a.units)) v (account, amount)
  )
  select string_agg(format('%s %s, due %s', d.account, coalesce(b.amount, 0), d.amount), '; ')
    from due d full join booked b on b.account = d.account
   where coalesce(b.amount, 0) <> coalesce(d.amount, 0)$books$
  into v_wrong using v_journals, p_offering;
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
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  v_figures jsonb;
begin
  -- EXECUTE … INTO lets workers of the database share it.
  execute $figures$
  with o as (
    select lot_units as lot, size_units from offerings where id = $1
  ), fates as (
    select p.units as asked, a.units as got, count(*) as people
      from applicants p join allotments a on a.offering_id = $1 and a.investor_id = p.investor_id
     where p.offering_id = $1 and p.units > 0 group by 1, 2
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
  select preview_allotment($1)
         || jsonb_build_object(
              'allottedUnits', s.allotted::text, 'upsizeUsedUnits', greatest(s.allotted - o.size_units, 0)::text,
              'full', s.all_of_it, 'part', s.a_part, 'none', s.nothing,
              'sizes', coalesce((select jsonb_agg(jsonb_build_object(
                'toUnits', (b.band * o.lot)::text, 'applicants', b.people, 'askedUnits', b.asked::text, 'allottedUnits', b.allotted::text,
                'full', b.all_of_it, 'part', b.a_part, 'none', b.nothing) order by b.band) from bands b), '[]'::jsonb))
    from o cross join sums s$figures$
  into v_figures using p_offering;
  return v_figures;
end
$$;
