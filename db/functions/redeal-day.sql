-- A day whose value was wrong by half a per cent or more is dealt again (docs/decisions/0022): started by the proposal that corrects the value, then advanced
-- step by step as the run of the day was, under a lease of its own. lib/domain/dealing/redeal.ts is what it is held against.
--
--   PRICE  what each order of the day comes to at the corrected price
--   BOOK   a chunk of people at a time: its entries are reversed (TRUST L7), and it is booked, and settled where it was, anew
--   MAIL   everybody whose figures changed is told
--
-- Days after it were dealt at values of their own, and stand.

-- Entries of a batch taken back as a whole: the mirrored postings in a batch that names the one it reverses. Costs of holdings are the caller's.
create or replace function reverse_batch(p_journal bigint) returns bigint
language plpgsql volatile
set search_path = public, pg_temp
set work_mem = '64MB'
as $$
declare
  v_journal constant bigint := open_batch('REVERSAL', p_journal);
begin
  update wallets w
     set available = w.available - p.available, available_version = w.available_version + (p.available <> 0)::integer,
         reserved = w.reserved - p.reserved, reserved_version = w.reserved_version + (p.reserved <> 0)::integer
    from (select investor_id, asset_id, coalesce(sum(amount) filter (where account = 'INVESTOR_AVAILABLE'), 0)::bigint as available,
                 coalesce(sum(amount) filter (where account = 'INVESTOR_RESERVED'), 0)::bigint as reserved
            from postings where journal_id = p_journal and account in ('INVESTOR_AVAILABLE', 'INVESTOR_RESERVED') group by 1, 2) p
   where w.investor_id = p.investor_id and w.asset_id = p.asset_id;
  update holdings h set units = h.units - p.amount, version = h.version + 1, issued_units = h.issued_units + greatest(- p.amount, 0)
    from postings p join unit_classes u on u.unit_asset_id = p.asset_id
   where p.journal_id = p_journal and p.account = 'INVESTOR_UNITS' and h.investor_id = p.investor_id and h.class_id = u.id;
  execute format($post$
    insert into %I (investor_id, asset_id, account, version, journal_id, amount, balance_after)
    select p.investor_id, p.asset_id, p.account,
           case p.account when 'INVESTOR_AVAILABLE' then w.available_version when 'INVESTOR_RESERVED' then w.reserved_version
                          when 'INVESTOR_UNITS' then h.version else $2 end,
           $2, - p.amount,
           case p.account when 'INVESTOR_AVAILABLE' then w.available when 'INVESTOR_RESERVED' then w.reserved when 'INVESTOR_UNITS' then h.units end
      from postings p
      left join wallets w on w.investor_id = p.investor_id and w.asset_id = p.asset_id
      left join unit_classes u on u.unit_asset_id = p.asset_id
      left join holdings h on h.investor_id = p.investor_id and h.class_id = u.id
     where p.journal_id = $1
     order by 1, 2, 3, 4$post$, 'postings_' || v_journal)
  using p_journal, v_journal;
  perform close_batch(v_journal);
  return v_journal;
end
$$;

-- What the orders of a day were dealt at last.
create or replace function price_in_force(p_class smallint, p_date date) returns bigint
language sql stable
set search_path = public, pg_temp
as $$
  select coalesce((select c.price from dealing_corrections c where c.class_id = p_class and c.dealing_date = p_date order by c.revision desc limit 1),
                  (select r.price from dealing_runs r where r.class_id = p_class and r.dealing_date = p_date))
$$;

-- The deals of a day as they hold.
create or replace function deals_in_force(p_class smallint, p_date date) returns setof deals
language sql stable
set search_path = public, pg_temp
as $$
  select d.* from deals d
   where d.class_id = p_class and d.dealing_date = p_date
     and d.revision = (select max(m.revision) from dealing_chunks m where m.class_id = p_class and m.dealing_date = p_date)
$$;

-- What every deal of a day would come to at another price, beside what it came to. Numeric divisions are of whole numbers, as in dealing-plan.sql.
create or replace function redealt(p_class smallint, p_date date, p_price bigint)
returns table (investor_id bigint, order_key uuid, buys boolean, chunk integer, deferred_units bigint, units_before bigint, amount_before bigint,
               units bigint, amount_minor bigint, release_minor bigint, levy_minor bigint)
language sql stable
set search_path = public, pg_temp
set work_mem = '256MB'
set jit = off
as $$
  with terms as materialized (
    select r.levy_e4, power(10::numeric, greatest(a.decimals - u.price_decimals, 0)) as numerator,
           u.quote_units * power(10::numeric, greatest(u.price_decimals - a.decimals, 0)) as denominator,
           u.authorised_units - offered_units(p_class) - dealt_units(p_class) as room
      from dealing_runs r join unit_classes u on u.id = r.class_id join assets a on a.id = u.currency_asset_id
     where r.class_id = p_class and r.dealing_date = p_date
  ), dealt as materialized (
    select d.*, o.number, o.kind, o.asked, o.state = 'LAPSED' as lapsed, d.amount_minor + d.release_minor as reserved
      from deals_in_force(p_class, p_date) d
      join dealing_orders o on o.investor_id = d.investor_id and o.key = d.order_key
  ), affordable as (
    select d.*, case when d.lapsed then 0
                     else least(case d.kind when 'BUY_UNITS' then d.asked end, div(d.reserved * t.denominator, p_price * t.numerator)) end::bigint as wanted
      from dealt d cross join terms t where d.buys
  ), fitting as (
    -- First come first, and nobody overtakes the first that no longer fits: it keeps what it had.
    select a.*, case when a.wanted <= a.units or sum(greatest(a.wanted - a.units, 0)) over (order by a.number) <= t.room then a.wanted else a.units end as fits
      from affordable a cross join terms t
  ), bought as (
    select f.*, ceil(f.fits * p_price * t.numerator / t.denominator)::bigint as cost from fitting f cross join terms t
  )
  select b.investor_id, b.order_key, true, b.chunk, 0::bigint, b.units, b.amount_minor, b.fits, b.cost, b.reserved - b.cost, 0::bigint from bought b
  union all
  select d.investor_id, d.order_key, false, d.chunk, d.deferred_units, d.units, d.amount_minor, d.units, m.payout, 0, m.gross - m.payout
    from dealt d cross join terms t
   cross join lateral (
     select div(d.units * p_price * t.numerator, t.denominator)::bigint as gross,
            div(d.units * (p_price - div(p_price::numeric * t.levy_e4 + 9999, 10000)) * t.numerator, t.denominator)::bigint as payout) m
   where not d.buys
$$;

-- For the executor of a correction, under the lock of valuations: whether the day is dealt again. Below half a per cent it stands.
create or replace function start_redealing(p_class smallint, p_date date, p_price bigint, p_proposal uuid) returns boolean
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_before constant bigint := price_in_force(p_class, p_date);
begin
  if v_before is null or abs(p_price - v_before)::numeric * 200 < v_before then return false; end if;
  insert into dealing_corrections (class_id, dealing_date, revision, price_before, price, proposal_id)
  values (p_class, p_date, coalesce((select max(c.revision) from dealing_corrections c where c.class_id = p_class and c.dealing_date = p_date), 0) + 1,
          v_before, p_price, p_proposal);
  perform enqueue_job('run-due', '{}');
  return true;
end
$$;

-- A day waits for the run of its class that is under way: both change what is in issue.
create or replace function list_unfinished_redealing() returns table (class_id smallint, dealing_date date)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select c.class_id, c.dealing_date from dealing_corrections c
   where c.step <> 'DONE' and not exists (select 1 from dealing_runs r where r.class_id = c.class_id and r.step in ('PRICE', 'REDEEM', 'BUY'))
   order by c.started_at, c.dealing_date, c.class_id
$$;

create or replace function claim_redealing(p_class smallint, p_date date, p_seconds integer) returns integer
language sql volatile security definer
set search_path = public, pg_temp
as $$
  update dealing_corrections set fence = fence + 1, leased_until = clock_timestamp() + make_interval(secs => least(p_seconds, 3600))
   where class_id = p_class and dealing_date = p_date and step <> 'DONE' and (leased_until is null or leased_until <= clock_timestamp())
  returning fence
$$;

create or replace function release_redealing(p_class smallint, p_date date, p_fence integer) returns void
language sql volatile security definer
set search_path = public, pg_temp
as $$
  update dealing_corrections set leased_until = null where class_id = p_class and dealing_date = p_date and fence = p_fence and step <> 'DONE'
$$;

create or replace function write_redeals(c dealing_corrections) returns void
language plpgsql volatile
set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
begin
  -- The lock on the class keeps a new offering and this day from passing each other (U1).
  perform 1 from unit_classes where id = c.class_id for no key update;
  insert into deals (investor_id, order_key, class_id, dealing_date, revision, buys, units, amount_minor, release_minor, levy_minor, deferred_units, chunk)
  select r.investor_id, r.order_key, c.class_id, c.dealing_date, c.revision, r.buys, r.units, r.amount_minor, r.release_minor, r.levy_minor,
         r.deferred_units, r.chunk
    from redealt(c.class_id, c.dealing_date, c.price) r order by r.investor_id;
  perform write_dealing_chunks(c.class_id, c.dealing_date, c.revision);
  update dealing_corrections x
     set step = 'BOOK',
         bought_units = (select coalesce(sum(case d.revision when c.revision then d.units else - d.units end), 0) from deals d
                          where d.class_id = c.class_id and d.dealing_date = c.dealing_date and d.buys and d.revision in (c.revision - 1, c.revision))
   where x.class_id = c.class_id and x.dealing_date = c.dealing_date and x.revision = c.revision;
end
$$;

-- What the people of a chunk are lent, or give back.
create or replace function bridged_in(c dealing_chunks, p_lends boolean) returns table (investor_id bigint, minor bigint, units bigint)
language sql stable
set search_path = public, pg_temp
as $$
  select b.investor_id, case when p_lends then b.lent_minor else - b.returned_minor end, case when p_lends then b.lent_units else - b.returned_units end
    from dealing_bridges b
   where (b.class_id, b.dealing_date, b.revision, b.buys, b.chunk) = (c.class_id, c.dealing_date, c.revision, c.buys, c.chunk)
     and (p_lends or b.returned_minor + b.returned_units > 0)
$$;

-- Books that as one entry; null where it is nothing.
create or replace function bridge_chunk(c dealing_chunks, p_lends boolean) returns bigint
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  u unit_classes;
  v_journal bigint;
begin
  if not exists (select 1 from bridged_in(c, p_lends)) then
    return null;
  end if;
  select * into u from unit_classes where id = c.class_id;
  v_journal := open_batch('DEALING_BRIDGED');
  update wallets w set available = w.available + b.minor, available_version = w.available_version + 1
    from bridged_in(c, p_lends) b where w.investor_id = b.investor_id and w.asset_id = u.currency_asset_id and b.minor <> 0;
  update holdings h set units = h.units + b.units, issued_units = h.issued_units + greatest(b.units, 0), version = h.version + 1
    from bridged_in(c, p_lends) b where h.investor_id = b.investor_id and h.class_id = c.class_id and b.units <> 0;
  execute format($post$
    insert into %I (investor_id, asset_id, account, version, journal_id, amount, balance_after)
    select 0, v.asset_id, v.account, $1, $1, - v.amount, null
      from (select sum(minor)::bigint as minor, sum(units)::bigint as units from bridged_in($3, $4)) s
     cross join lateral (values ($2.currency_asset_id, 'FUND_CASH'::ledger_account, s.minor), ($2.unit_asset_id, 'UNITS_ISSUED', s.units))
       v (asset_id, account, amount)
     where v.amount <> 0
    union all
    select b.investor_id, v.asset_id, v.account, v.version, $1, v.amount, v.balance
      from bridged_in($3, $4) b
      join wallets w on w.investor_id = b.investor_id and w.asset_id = $2.currency_asset_id
      left join holdings h on h.investor_id = b.investor_id and h.class_id = $3.class_id
     cross join lateral (values
       ($2.currency_asset_id, 'INVESTOR_AVAILABLE'::ledger_account, w.available_version, b.minor, w.available),
       ($2.unit_asset_id, 'INVESTOR_UNITS', h.version, b.units, h.units)) v (asset_id, account, version, amount, balance)
     where v.amount <> 0
     order by 1, 2, 3, 4$post$, 'postings_' || v_journal)
  using v_journal, u, c, p_lends;
  perform close_batch(v_journal);
  return v_journal;
end
$$;

-- Takes a chunk of the revision before back, and books it anew; all of it in one transaction, so that nobody sees one without the other.
create or replace function redeal_chunk(c dealing_chunks) returns void
language plpgsql volatile
set search_path = public, pg_temp
set work_mem = '64MB'
as $$
declare
  v_asset constant smallint := (select currency_asset_id from unit_classes where id = c.class_id);
  o dealing_chunks;
  v_lent bigint;
  v_settled bigint;
  v_booked bigint;
  v_returned bigint;
begin
  -- First the chunk, as the day's run does: it is settled or dealt again, not both at once.
  select * into o from dealing_chunks k
   where (k.class_id, k.dealing_date, k.buys, k.chunk, k.revision) = (c.class_id, c.dealing_date, c.buys, c.chunk, c.revision - 1) for no key update;
  perform lock_dealt_wallets(c, v_asset);
  perform free_switched(o);
  -- `bridge` of redeal.ts. Units that another order waits with are not free; of a redemption no units are missing, and no cash before it is paid.
  insert into dealing_bridges (class_id, dealing_date, revision, buys, chunk, investor_id, lent_minor, lent_units, returned_minor, returned_units)
  select c.class_id, c.dealing_date, c.revision, c.buys, c.chunk, x.investor_id, x.lent_minor, x.lent_units, least(x.lent_minor, x.again_minor),
         least(x.lent_units, x.again_units)
    from (select b.investor_id,
                 greatest(case when c.buys then b.release when o.settled_at is not null then b.amount else 0 end - w.available, 0) as lent_minor,
                 case when c.buys then greatest(b.units - free_units(b.investor_id, c.class_id), 0) else 0 end as lent_units,
                 case when c.buys then a.release when o.settled_at is not null then a.amount else 0 end as again_minor,
                 case when c.buys then a.units else 0 end as again_units
            from dealt_in(o) b
            join dealt_in(c) a on a.investor_id = b.investor_id
            join wallets w on w.investor_id = b.investor_id and w.asset_id = v_asset) x
   where x.lent_minor + x.lent_units > 0;
  if c.buys then
    -- `redealtCost`: the part of the difference that falls to units which can still be there, up.
    update holdings h
       set cost_minor = case when x.units_after = 0 then 0
                             else greatest(h.cost_minor + ceil(x.difference::numeric * least(h.units, x.bought) / greatest(x.bought, 1))
                                           + case when x.bought = 0 then x.difference else 0 end, 0) end::bigint
      from (select b.investor_id, b.units as bought, a.amount - b.amount as difference,
                   g.units - b.units + a.units + coalesce(l.lent_units - l.returned_units, 0) as units_after
              from dealt_in(o) b
              join dealt_in(c) a on a.investor_id = b.investor_id
              join holdings g on g.investor_id = b.investor_id and g.class_id = c.class_id
              left join dealing_bridges l
                on (l.investor_id, l.class_id, l.dealing_date, l.revision, l.buys) = (b.investor_id, c.class_id, c.dealing_date, c.revision, true)) x
     where h.investor_id = x.investor_id and h.class_id = c.class_id;
  end if;
  v_lent := bridge_chunk(c, true);
  if o.settled_journal_id is not null then v_settled := reverse_batch(o.settled_journal_id); end if;
  v_booked := reverse_batch(o.journal_id);
  update dealing_chunks k set settled_reversal_id = v_settled, reversal_id = v_booked
   where (k.class_id, k.dealing_date, k.buys, k.chunk, k.revision) = (o.class_id, o.dealing_date, o.buys, o.chunk, o.revision);
  perform post_dealing_chunk(c);
  if o.settled_at is not null then perform settle_dealing_chunk(c); end if;
  v_returned := bridge_chunk(c, false);
  if o.settled_at is not null then perform hold_switched(c); end if;
  update dealing_chunks k set lent_journal_id = v_lent, returned_journal_id = v_returned
   where (k.class_id, k.dealing_date, k.buys, k.chunk, k.revision) = (c.class_id, c.dealing_date, c.buys, c.chunk, c.revision);
end
$$;

-- Takes the next step, or the next chunk of it. 'dealing.fenced': another worker has taken over.
create or replace function advance_redealing(p_class smallint, p_date date, p_fence integer) returns table (code text, step redeal_step)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  c dealing_corrections;
  v_chunk dealing_chunks;
begin
  select * into c from dealing_corrections x
   where x.class_id = p_class and x.dealing_date = p_date order by x.revision desc limit 1 for no key update;
  if not found or c.fence <> p_fence then
    return query select 'dealing.fenced'::text, null::redeal_step;
    return;
  end if;
  if c.step = 'PRICE' then
    perform write_redeals(c);
    c.step := 'BOOK';
  elsif c.step = 'BOOK' then
    -- Redemptions first: what they bring more may be what a purchase needs.
    select * into v_chunk from dealing_chunks k
     where k.class_id = p_class and k.dealing_date = p_date and k.revision = c.revision and k.journal_id is null order by k.buys, k.chunk limit 1;
    if found then
      perform redeal_chunk(v_chunk);
    else
      perform check_dealing_books(p_class, p_date, false, c.revision), check_dealing_books(p_class, p_date, true, c.revision);
      c.step := 'MAIL';
    end if;
  end if;
  update dealing_corrections x set step = c.step, leased_until = greatest(x.leased_until, clock_timestamp() + interval '1 minute')
   where x.class_id = p_class and x.dealing_date = p_date and x.revision = c.revision;
  return query select null::text, c.step;
end
$$;
