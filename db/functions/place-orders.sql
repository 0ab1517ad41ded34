-- Settles up to 100 first-come orders in one round trip: one order is an array of one. Gives one answer for each, never an exception for an
-- expected refusal. The rules and their order are those of lib/domain/orders/decide.ts, and tests hold the two together.
--
-- Locks, always in this order, so that no two calls can wait for each other: wallets by (investor, asset), then offering slots by (offering, slot).
-- A buyer's wallet is the lock of all their orders in its currency: what is read after it (keys, earlier orders, balance) cannot change any more.
-- Slots are what all buyers share. A call takes its units from one slot that nobody else holds, its backend's own if it can; only when no slot
-- has enough does it wait for all of them, and then each order is decided by itself, in the order of arrival (settle_from_all_slots).
create or replace function place_orders(
  p_investors bigint[],
  p_keys uuid[],
  p_offerings integer[],
  p_kinds order_kind[],
  p_asked bigint[],
  p_prices bigint[],
  p_terms integer[],
  p_locales locale[],
  p_consents boolean[]
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
set enable_mergejoin = off
set jit = off
as $$
#variable_conflict use_column
declare
  v_count constant integer := cardinality(p_investors);
  v_now constant timestamptz := app_now();
  v_codes text[];
  v_units bigint[];
  v_amounts bigint[];
  v_figures bigint[];
  v_classes smallint[];
  v_cash_assets smallint[];
  v_unit_assets smallint[];
  v_consents boolean[];
  v_offering integer;
  v_wanted bigint;
  v_journal bigint;
begin
  if v_count not between 1 and 100
    or (select count(distinct i) from unnest(p_investors) i) <> v_count then
    raise exception 'A call takes 1 to 100 orders, each investor once.';
  end if;

  perform 1
    from unnest(p_investors, p_offerings) as a (investor_id, offering_id)
    join offerings o on o.id = a.offering_id
    join unit_classes c on c.id = o.class_id
    join wallets w on w.investor_id = a.investor_id and w.asset_id = c.currency_asset_id
   order by w.investor_id, w.asset_id
     for no key update of w;

  with terms as materialized (
    select o.id, o.class_id, c.country, c.currency_asset_id, c.unit_asset_id, o.price, o.terms_version, o.prospectus_id,
           o.lot_units, o.min_units, o.max_units,
           -- amount = units × price × numerator ÷ denominator (lib/domain/orders/pricing.ts)
           power(10::numeric, greatest(d.decimals - c.price_decimals, 0))::bigint as numerator,
           c.quote_units * power(10::numeric, greatest(c.price_decimals - d.decimals, 0))::bigint as denominator,
           -- lib/domain/offerings/phase.ts
           case
             when o.method <> 'FIRST_COME' or o.state in ('DRAFT', 'IN_APPROVAL') then 'order.not-open'
             when o.state not in ('APPROVED', 'OPEN') then 'order.closed'
             when v_now < o.opens_at then 'order.not-open'
             when v_now >= o.closes_at then 'order.closed'
           end as shut,
           (select coalesce(sum(s.remaining), 0)::bigint from offering_slots s where s.offering_id = o.id) as remaining
      from offerings o
      join unit_classes c on c.id = o.class_id
      join assets d on d.id = c.currency_asset_id
     where o.id = any (p_offerings)
  ), decided as (
    select a.position, z.units, m.amount, t.class_id, t.currency_asset_id, t.unit_asset_id, t.remaining,
           b.bought, coalesce(w.available, 0) as available,
           a.consent and not coalesce(k.agreed, false) as consents,
           case
             when e.investor_id is not null then
               case when (e.offering_id, e.kind, e.asked, e.price, e.terms_version)
                       = (a.offering_id, a.kind, a.asked, a.price, a.terms_version)
                    then 'replayed' else 'order.key-reused' end
             when t.id is null then 'order.not-found'
             when i.status is distinct from 'ELIGIBLE' then 'order.not-eligible'
             when i.country <> t.country then 'order.other-country'
             when i.suitability_expires_at <= v_now then 'order.suitability-expired'
             when t.shut is not null then t.shut
             when t.price <> a.price or t.terms_version <> a.terms_version then 'order.terms-changed'
             when not coalesce(k.opened, false) then 'order.prospectus-not-opened'
             when not (coalesce(k.agreed, false) or a.consent) then 'order.consent-missing'
             when a.asked <= 0 then 'amount.zero'
             when a.asked > 10000000000000 then 'amount.too-large'
             when z.units % t.lot_units <> 0 then 'order.not-a-lot'
             when z.units < t.min_units or z.units = 0 then 'order.below-minimum'
             when b.bought + z.units > t.max_units then 'order.above-maximum'
             when m.amount > coalesce(w.available, 0) then 'order.insufficient-cash'
             when z.units > t.remaining then 'order.sold-out'
           end as code
      from unnest(p_investors, p_keys, p_offerings, p_kinds, p_asked, p_prices, p_terms, p_consents)
             with ordinality as a (investor_id, key, offering_id, kind, asked, price, terms_version, consent, position)
      left join terms t on t.id = a.offering_id
      left join investors i on i.investor_id = a.investor_id
      left join wallets w on w.investor_id = a.investor_id and w.asset_id = t.currency_asset_id
      left join orders e on e.investor_id = a.investor_id and e.key = a.key
      left join lateral (
        select bool_or(s.act = 'OPENED') as opened, bool_or(s.act = 'AGREED') as agreed
          from consents s
         where s.investor_id = a.investor_id and s.document_version_id = t.prospectus_id
      ) k on true
      left join lateral (
        select coalesce(sum(r.units), 0)::bigint as bought
          from orders r
         where r.investor_id = a.investor_id and r.offering_id = a.offering_id
           and r.state not in ('REJECTED', 'CANCELLED', 'LAPSED')
      ) b on true
      -- OFFSET 0 keeps each figure from being worked out again wherever it is used. An amount is floored to units in whole lots; units
      -- past any maximum are not priced, since their product could leave int8.
      cross join lateral (
        select case
                 when a.kind = 'BUY_UNITS' then a.asked
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
  )
  select array_agg(d.code order by d.position), array_agg(d.units order by d.position),
         array_agg(d.amount order by d.position), array_agg(d.class_id order by d.position),
         array_agg(d.currency_asset_id order by d.position), array_agg(d.unit_asset_id order by d.position),
         array_agg(d.consents order by d.position),
         array_agg(case d.code when 'order.above-maximum' then d.bought when 'order.insufficient-cash' then d.available
                     when 'order.sold-out' then d.remaining end order by d.position)
    into v_codes, v_units, v_amounts, v_classes, v_cash_assets, v_unit_assets, v_consents, v_figures
    from decided d;

  for v_offering, v_wanted in
    select a.offering_id, sum(a.units)::bigint
      from unnest(p_offerings, v_codes, v_units) as a (offering_id, code, units)
     where a.code is null group by a.offering_id order by a.offering_id
  loop
    if not take_from_one_slot(v_offering, v_wanted) then
      select s.codes, s.figures into v_codes, v_figures
        from settle_from_all_slots(v_offering, p_offerings, v_codes, v_units, v_figures) s;
    end if;
  end loop;

  if array_position(v_codes, null) is not null then
    insert into journals (kind, at) values ('OFFERING_SALE', v_now) returning id into v_journal;

    if true = any (v_consents) then
      insert into consents (investor_id, document_version_id, act, locale, sha256, at)
      select a.investor_id, o.prospectus_id, 'AGREED', a.locale, x.sha256, v_now
        from unnest(p_investors, p_offerings, p_locales, v_codes, v_consents)
               as a (investor_id, offering_id, locale, code, consents)
        join offerings o on o.id = a.offering_id
        join document_texts x on x.document_version_id = o.prospectus_id and x.locale = a.locale
       where a.code is null and a.consents
          on conflict do nothing;
    end if;

    return query
    with accepted as materialized (
      select *
        from unnest(p_investors, p_keys, p_offerings, p_kinds, p_asked, p_prices, p_terms, p_locales, v_codes, v_units,
                    v_amounts, v_classes, v_cash_assets, v_unit_assets)
               with ordinality as a (investor_id, key, offering_id, kind, asked, price, terms_version, locale, code,
                                     units, amount, class_id, cash_asset_id, unit_asset_id, position)
       where code is null
    ), paid as (
      update wallets w
         set available = w.available - a.amount, available_version = w.available_version + 1
        from accepted a
       where w.investor_id = a.investor_id and w.asset_id = a.cash_asset_id
      returning w.investor_id, w.asset_id, w.available, w.available_version, a.amount
    ), held as (
      insert into holdings as h (investor_id, class_id, units, version, cost_minor)
      select a.investor_id, a.class_id, a.units, 1, a.amount from accepted a
          on conflict (investor_id, class_id) do update
             set units = h.units + excluded.units, version = h.version + 1, cost_minor = h.cost_minor + excluded.cost_minor
      returning h.investor_id, h.units, h.version
    ), ordered as (
      insert into orders (investor_id, key, asked, amount_minor, units, price, placed_at, settled_at, journal_id,
                          offering_id, terms_version, kind, state, locale, class_id)
      select a.investor_id, a.key, a.asked, a.amount, a.units, a.price, v_now, v_now, v_journal,
             a.offering_id, a.terms_version, a.kind, 'SETTLED', a.locale, a.class_id
        from accepted a
      returning investor_id, number
    ), posted as (
      -- The contra postings of control accounts are sums of the call: no row is shared by all orders (SPEED).
      insert into postings (investor_id, asset_id, account, version, journal_id, amount, balance_after)
      select p.investor_id, p.asset_id, 'INVESTOR_AVAILABLE'::ledger_account, p.available_version, v_journal, -p.amount, p.available
        from paid p
      union all
      select a.investor_id, a.unit_asset_id, 'INVESTOR_UNITS', h.version, v_journal, a.units, h.units
        from held h join accepted a on a.investor_id = h.investor_id
      union all
      select 0, a.cash_asset_id, 'FUND_CASH', v_journal, v_journal, sum(a.amount)::bigint, null
        from accepted a group by a.cash_asset_id
      union all
      select 0, a.unit_asset_id, 'UNITS_ISSUED', v_journal, v_journal, -sum(a.units)::bigint, null
        from accepted a group by a.unit_asset_id
    )
    select a.position::integer, null::text, false, r.number, a.units, a.amount, a.price, v_now, null::bigint
      from accepted a join ordered r on r.investor_id = a.investor_id;
  end if;

  if cardinality(array_remove(v_codes, null)) > 0 then
    return query
    select a.position::integer, nullif(a.code, 'replayed'), a.code = 'replayed', e.number, e.units,
           coalesce(e.amount_minor, a.amount), e.price, e.placed_at, a.figure
      from unnest(p_investors, p_keys, v_codes, v_amounts, v_figures)
             with ordinality as a (investor_id, key, code, amount, figure, position)
      left join orders e on a.code = 'replayed' and e.investor_id = a.investor_id and e.key = a.key
     where a.code is not null;
  end if;
end
$$;

-- Takes `p_units` from one slot that has them and that nobody holds, the backend's own first. Never waits. False if there is no such slot.
create or replace function take_from_one_slot(p_offering integer, p_units bigint) returns boolean
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_own constant smallint := pg_backend_pid() % 64;
  v_slot smallint;
begin
  select slot into v_slot from offering_slots
   where offering_id = p_offering and slot = v_own and remaining >= p_units
     for no key update skip locked;
  if not found then
    select slot into v_slot from offering_slots
     where offering_id = p_offering and remaining >= p_units
     order by (slot - v_own + 64) % 64 limit 1
       for no key update skip locked;
  end if;
  if not found then
    return false;
  end if;
  update offering_slots set remaining = remaining - p_units where offering_id = p_offering and slot = v_slot;
  return true;
end
$$;

-- The exact form: waits for every slot of the offering, then lets each open order of the call have its units or refuses it, by itself, in the
-- order of arrival. What is left is spread anew over as many slots as hold several calls each, so that the next calls need not wait.
create or replace function settle_from_all_slots(
  p_offering integer,
  p_offerings integer[],
  p_codes text[],
  p_units bigint[],
  p_figures bigint[],
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
  v_slots integer;
begin
  codes := p_codes;
  figures := p_figures;
  perform 1 from offering_slots where offering_id = p_offering order by slot for no key update;
  select coalesce(sum(remaining), 0) into v_left from offering_slots where offering_id = p_offering;
  for n in 1 .. cardinality(p_codes) loop
    continue when p_codes[n] is not null or p_offerings[n] <> p_offering;
    v_wanted := v_wanted + p_units[n];
    if p_units[n] <= v_left then
      v_left := v_left - p_units[n];
    else
      codes[n] := 'order.sold-out';
      figures[n] := v_left;
    end if;
  end loop;
  select lot_units into v_lot from offerings where id = p_offering;
  v_slots := least(64, greatest(1, v_left / greatest(8 * v_wanted, v_lot)));
  perform spread_over_slots(p_offering, v_left, v_lot, v_slots);
end
$$;
