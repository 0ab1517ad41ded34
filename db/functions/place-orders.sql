-- Settles up to 128 first-come orders in one round trip: one order is an array of one. Gives one answer for each, never an exception for an
-- expected refusal. The rules and their order are those of lib/domain/orders/decide.ts, and tests hold the two together.
--
-- A buyer's wallet is the lock of all their orders in its currency: whatever changes an order, a holding or a balance steps its version. So the fast
-- form decides without locks, and then updates the wallets where the version is still the one it decided upon; an order whose wallet has moved
-- meanwhile is answered with 'retry', and so is one whose units the free slots do not have. The exact form (p_exact) locks first and decides then; it
-- never answers 'retry'.
--
-- Slots are what all buyers share. The fast form takes the units of a call from slots that nobody holds, its backend's own if it can, and waits
-- for none. The exact form waits for all of them by (offering, slot), holding nothing yet. Both then wait for wallets by (investor, asset), and
-- whoever holds one waits for no slot: so no calls can wait for each other in a circle.
create or replace function place_orders(
  p_investors bigint[],
  p_keys uuid[],
  p_offerings integer[],
  p_kinds order_kind[],
  p_asked bigint[],
  p_prices bigint[],
  p_terms integer[],
  p_locales locale[],
  p_consents boolean[],
  p_exact boolean default false
)
returns table (
  "position" integer,
  code text,
  replayed boolean,
  number bigint,
  units bigint,
  amount_minor bigint,
  price bigint,
  placed_at timestamptz,
  figure bigint
)
language plpgsql volatile security definer
set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
#variable_conflict use_column
declare
  v_count constant integer := cardinality(p_investors);
  v_now constant timestamptz := app_now();
  v_positions integer[];
  v_codes text[];
  v_numbers bigint[];
  v_units bigint[];
  v_amounts bigint[];
  v_figures bigint[];
  v_classes smallint[];
  v_cash_assets smallint[];
  v_unit_assets smallint[];
  v_consents boolean[];
  v_available bigint[];
  v_available_versions bigint[];
  v_held bigint[];
  v_held_versions bigint[];
  v_wallets tid[];
  v_holdings tid[];
  v_paid bigint[];
  v_slots smallint[];
  v_slot_offerings integer[];
  v_wallet record;
  v_offering integer;
  v_wanted bigint;
  v_journal bigint;
begin
  if v_count not between 1 and 128
    or (select count(distinct i) from unnest(p_investors) i) <> v_count then
    raise exception 'A call takes 1 to 128 orders, each investor once.';
  end if;

  if p_exact then
    perform 1 from offering_slots where offering_id = any (p_offerings) order by offering_id, slot for no key update;
    for v_wallet in
      select a.investor_id, c.currency_asset_id as asset_id
        from unnest(p_investors, p_offerings) as a (investor_id, offering_id)
        join offerings o on o.id = a.offering_id
        join unit_classes c on c.id = o.class_id
       order by a.investor_id, c.currency_asset_id
    loop
      perform 1 from wallets where investor_id = v_wallet.investor_id and asset_id = v_wallet.asset_id for no key update;
    end loop;
  end if;

  with terms as materialized (
    select o.id, o.class_id, c.country, c.currency_asset_id, c.unit_asset_id, o.price, o.terms_version, o.prospectus_id,
           o.lot_units, o.min_units, o.max_units,
           -- amount = units × price × numerator ÷ denominator (lib/domain/orders/pricing.ts)
           (10::float8 ^ greatest(d.decimals - c.price_decimals, 0))::bigint as numerator,
           c.quote_units * (10::float8 ^ greatest(c.price_decimals - d.decimals, 0))::bigint as denominator,
           -- lib/domain/offerings/phase.ts
           case
             when o.method <> 'FIRST_COME' or o.state in ('DRAFT', 'IN_APPROVAL') then 'order.not-open'
             when o.state not in ('APPROVED', 'OPEN') then 'order.closed'
             when v_now < o.opens_at then 'order.not-open'
             when v_now >= o.closes_at then 'order.closed'
           end as shut
      from offerings o
      join unit_classes c on c.id = o.class_id
      join assets d on d.id = c.currency_asset_id
     where o.id = any (p_offerings)
  ), decided as (
    select a.position, z.units, m.amount, t.class_id, t.currency_asset_id, t.unit_asset_id,
           coalesce(b.bought, 0) as bought, coalesce(w.available, 0) as available, w.available_version,
           coalesce(h.units, 0) as held, coalesce(h.version, 0) as held_version, w.ctid as wallet, h.ctid as holding,
           a.consent and k.act is distinct from 'AGREED' as consents,
           case
             when e.offering_id is not null then
               case when (e.offering_id, e.kind, e.asked, e.price, e.terms_version)
                       = (a.offering_id, a.kind, a.asked, a.price, a.terms_version)
                    then 'replayed' else 'order.key-reused' end
             when t.id is null then 'order.not-found'
             when i.status is distinct from 'ELIGIBLE' then 'order.not-eligible'
             when i.country <> t.country then 'order.other-country'
             when i.suitability_expires_at <= v_now then 'order.suitability-expired'
             when t.shut is not null then t.shut
             when t.price <> a.price or t.terms_version <> a.terms_version then 'order.terms-changed'
             when k.act is null then 'order.prospectus-not-opened'
             when k.act <> 'AGREED' and not a.consent then 'order.consent-missing'
             when a.asked <= 0 then 'amount.zero'
             when a.asked > 10000000000000 then 'amount.too-large'
             when z.units % t.lot_units <> 0 then 'order.not-a-lot'
             when z.units < t.min_units or z.units = 0 then 'order.below-minimum'
             when coalesce(b.bought, 0) + z.units > t.max_units then 'order.above-maximum'
             when m.amount > coalesce(w.available, 0) then 'order.insufficient-cash'
           end as code
      -- Arrays are unnested side by side in a target list, here and below: in FROM each would be copied into a store of its own first.
      from (
        select unnest(p_investors) as investor_id, unnest(p_keys) as key, unnest(p_offerings) as offering_id, unnest(p_kinds) as kind,
               unnest(p_asked) as asked, unnest(p_prices) as price, unnest(p_terms) as terms_version, unnest(p_consents) as consent,
               generate_subscripts(p_investors, 1) as position
      ) a
      left join terms t on t.id = a.offering_id
      -- Each of these is a look into an index for one buyer. OFFSET 0 keeps the planner from joining whole tables, which seems cheap to it as long as
      -- they are empty: the plan is kept for the life of the connection.
      left join lateral (
        select n.status, n.country, n.suitability_expires_at from investors n where n.investor_id = a.investor_id offset 0
      ) i on true
      left join lateral (
        select n.ctid, n.available, n.available_version
          from wallets n where n.investor_id = a.investor_id and n.asset_id = t.currency_asset_id offset 0
      ) w on true
      left join lateral (
        select n.ctid, n.units, n.version, n.issued_units
          from holdings n where n.investor_id = a.investor_id and n.class_id = t.class_id offset 0
      ) h on true
      left join lateral (
        select n.offering_id, n.kind, n.asked, n.price, n.terms_version
          from orders n where n.investor_id = a.investor_id and n.key = a.key offset 0
      ) e on true
      left join lateral (
        -- AGREED comes before OPENED in the index, and nobody agrees to what they have not opened.
        select s.act from consents s
         where s.investor_id = a.investor_id and s.document_version_id = t.prospectus_id order by s.act limit 1
      ) k on true
      -- OFFSET 0 keeps each figure from being worked out again wherever it is used. An amount is floored to units in whole lots; units
      -- past any maximum are not priced, since their product could leave int8.
      cross join lateral (
        select case
                 when a.kind = 'BUY_UNITS' then a.asked
                 -- The same quotient twice: in int8 where the product fits into it, which costs a tenth.
                 when a.asked between 1 and least(10000000000000, 9000000000000000000 / t.denominator) then
                   a.asked * t.denominator / (t.price * t.numerator) / t.lot_units * t.lot_units
                 when a.asked between 1 and 10000000000000 then
                   least(div(a.asked::numeric * t.denominator, t.price::numeric * t.numerator),
                         9000000000000000000)::bigint / t.lot_units * t.lot_units
               end as units
        offset 0
      ) z
      cross join lateral (
        select case when z.units between 1 and t.max_units
                 then (z.units * t.price * t.numerator + t.denominator - 1) / t.denominator end as amount
        offset 0
      ) m
      -- Whoever was never issued more than the maximum in all has not bought more of this offering: then their orders need no look.
      left join lateral (
        select sum(r.units)::bigint as bought
          from orders r
         where h.issued_units + z.units > t.max_units and r.investor_id = a.investor_id and r.offering_id = a.offering_id
           and r.state not in ('REJECTED', 'CANCELLED', 'LAPSED')
      ) b on true
  )
  select array_agg(d.position), array_agg(d.code), array_agg(d.units), array_agg(d.amount), array_agg(d.class_id),
         array_agg(d.currency_asset_id), array_agg(d.unit_asset_id), array_agg(d.consents), array_agg(d.available),
         array_agg(d.available_version), array_agg(d.held), array_agg(d.held_version), array_agg(d.wallet), array_agg(d.holding),
         array_agg(case d.code when 'order.above-maximum' then d.bought when 'order.insufficient-cash' then d.available end)
    into v_positions, v_codes, v_units, v_amounts, v_classes, v_cash_assets, v_unit_assets, v_consents, v_available, v_available_versions,
         v_held, v_held_versions, v_wallets, v_holdings, v_figures
    from decided d;
  -- Nested loops keep the order of the arrays, and sorting them would cost more than this look.
  if v_positions <> array(select generate_series(1, v_count)) then
    raise exception 'The orders of a call lost their order.';
  end if;

  for v_offering, v_wanted in
    select a.offering_id, sum(a.units)::bigint
      from unnest(p_offerings, v_codes, v_units) as a (offering_id, code, units)
     where a.code is null group by a.offering_id order by a.offering_id
  loop
    v_slot_offerings := v_slot_offerings || v_offering;
    v_slots := v_slots || take_from_free_slots(v_offering, v_wanted);
    if v_slots[cardinality(v_slots)] is null then
      select s.codes, s.figures into v_codes, v_figures
        from take_from_all_slots(v_offering, p_offerings, v_codes, v_units, v_figures, p_exact) s;
      v_slots[cardinality(v_slots)] := pg_backend_pid() % 64;
    end if;
  end loop;

  if array_position(v_codes, null) is not null then
    -- Wallets are found again by where they lay, in the order of (investor, asset); one that lies elsewhere by now has changed.
    with paid as (
      update wallets w
         set available = w.available - a.amount, available_version = w.available_version + 1
        from (
          select * from (
            select unnest(p_investors) as investor_id, unnest(v_cash_assets) as asset_id, unnest(v_codes) as code,
                   unnest(v_amounts) as amount, unnest(v_available_versions) as available_version, unnest(v_wallets) as place
          ) a
           where a.code is null order by a.investor_id, a.asset_id
        ) a
       where w.ctid = a.place and w.investor_id = a.investor_id and w.asset_id = a.asset_id
         and w.available_version = a.available_version and w.available >= a.amount
      returning w.investor_id
    )
    select array_agg(investor_id) into v_paid from paid;
    if coalesce(cardinality(v_paid), 0) < cardinality(v_codes) - cardinality(array_remove(v_codes, null)) then
      for n in 1 .. v_count loop
        if v_codes[n] is null and array_position(v_paid, p_investors[n]) is null then
          v_codes[n] := 'retry';
          -- Back into a slot that this transaction holds: one that they came from, or its own when it holds them all.
          update offering_slots set remaining = remaining + v_units[n]
           where offering_id = p_offerings[n] and slot = v_slots[array_position(v_slot_offerings, p_offerings[n])];
        end if;
      end loop;
    end if;
  end if;

  if array_position(v_codes, null) is not null then
    insert into journals (kind, at) values ('OFFERING_SALE', v_now) returning id into v_journal;

    if true = any (v_consents) then
      insert into consents (investor_id, document_version_id, act, locale, sha256, at)
      -- Agreed to is the text that was opened, in the order's language if it was opened in both.
      select a.investor_id, o.prospectus_id, 'AGREED', x.locale, x.sha256, v_now
        from unnest(p_investors, p_offerings, p_locales, v_codes, v_consents)
               as a (investor_id, offering_id, locale, code, consents)
        join offerings o on o.id = a.offering_id
       cross join lateral (
         select s.locale, s.sha256 from consents s
          where s.investor_id = a.investor_id and s.document_version_id = o.prospectus_id and s.act = 'OPENED'
          order by s.locale = a.locale desc limit 1
       ) x
       where a.code is null and a.consents
          on conflict do nothing;
    end if;

    -- Under the lock every new balance is known beforehand, so that nothing has to be joined to what another part returns; the guards of
    -- the ledger compare the postings with the balances once more.
    update holdings h
       set units = h.units + a.units, issued_units = h.issued_units + a.units, version = h.version + 1,
           cost_minor = h.cost_minor + a.amount
      from (
        select unnest(p_investors) as investor_id, unnest(v_classes) as class_id, unnest(v_codes) as code, unnest(v_units) as units,
               unnest(v_amounts) as amount, unnest(v_holdings) as place
      ) a
     where a.code is null and h.ctid = a.place and h.investor_id = a.investor_id and h.class_id = a.class_id;

    if 0 = any (v_held_versions) then
      insert into holdings (investor_id, class_id, units, issued_units, version, cost_minor)
      select a.investor_id, a.class_id, a.units, a.units, 1, a.amount
        from unnest(p_investors, v_classes, v_codes, v_units, v_amounts, v_held_versions)
               as a (investor_id, class_id, code, units, amount, held_version)
       where a.code is null and a.held_version = 0;
    end if;

    v_numbers := array(select case when a.code is null then nextval('orders_number_seq') end from (select unnest(v_codes) as code) a);
    insert into orders (investor_id, key, number, asked, amount_minor, units, price, placed_at, settled_at, journal_id, offering_id,
                        terms_version, kind, state, locale, class_id)
    overriding system value
    select a.investor_id, a.key, a.number, a.asked, a.amount, a.units, a.price, v_now, v_now, v_journal, a.offering_id,
           a.terms_version, a.kind, 'SETTLED', a.locale, a.class_id
      from (
        select unnest(p_investors) as investor_id, unnest(p_keys) as key, unnest(v_numbers) as number, unnest(p_asked) as asked,
               unnest(v_amounts) as amount, unnest(v_units) as units, unnest(p_prices) as price, unnest(p_offerings) as offering_id,
               unnest(p_terms) as terms_version, unnest(p_kinds) as kind, unnest(p_locales) as locale, unnest(v_classes) as class_id,
               unnest(v_codes) as code
      ) a
     where a.code is null;

    -- Contra postings of control accounts are sums of the call: no row is shared by all orders (SPEED).
    insert into postings_live (investor_id, asset_id, account, version, journal_id, amount, balance_after)
    select a.investor_id, a.asset_id, 'INVESTOR_AVAILABLE'::ledger_account, a.available_version + 1, v_journal, -a.amount,
           a.available - a.amount
      from (
        select unnest(p_investors) as investor_id, unnest(v_cash_assets) as asset_id, unnest(v_codes) as code, unnest(v_amounts) as amount,
               unnest(v_available) as available, unnest(v_available_versions) as available_version
      ) a
     where a.code is null
    union all
    select a.investor_id, a.asset_id, 'INVESTOR_UNITS', a.held_version + 1, v_journal, a.units, a.held + a.units
      from (
        select unnest(p_investors) as investor_id, unnest(v_unit_assets) as asset_id, unnest(v_codes) as code, unnest(v_units) as units,
               unnest(v_held) as held, unnest(v_held_versions) as held_version
      ) a
     where a.code is null
    union all
    select 0, a.asset_id, 'FUND_CASH', v_journal, v_journal, sum(a.amount)::bigint, null
      from (select unnest(v_cash_assets) as asset_id, unnest(v_amounts) as amount, unnest(v_codes) as code) a
     where a.code is null group by a.asset_id
    union all
    select 0, a.asset_id, 'UNITS_ISSUED', v_journal, v_journal, -sum(a.units)::bigint, null
      from (select unnest(v_unit_assets) as asset_id, unnest(v_units) as units, unnest(v_codes) as code) a
     where a.code is null group by a.asset_id;

    return query
    select a.position, null::text, false, a.number, a.units, a.amount, a.price, v_now, null::bigint
      from (
        select generate_subscripts(v_codes, 1) as position, unnest(v_codes) as code, unnest(v_numbers) as number, unnest(v_units) as units,
               unnest(v_amounts) as amount, unnest(p_prices) as price
      ) a
     where a.code is null;
  end if;

  if cardinality(array_remove(v_codes, null)) > 0 then
    return query
    select a.position::integer, nullif(a.code, 'replayed'), a.code = 'replayed', e.number, e.units,
           coalesce(e.amount_minor, a.amount), e.price, e.placed_at, a.figure
      from unnest(p_investors, p_keys, v_codes, v_amounts, v_figures)
             with ordinality as a (investor_id, key, code, amount, figure, position)
      left join lateral (
        select n.number, n.units, n.amount_minor, n.price, n.placed_at
          from orders n where a.code = 'replayed' and n.investor_id = a.investor_id and n.key = a.key offset 0
      ) e on true
     where a.code is not null;
  end if;
end
$$;
