-- A first-come offering that has sold is called off (DOMAIN §5): everybody's units go back and everybody's cash comes back. A sale is not reversed entry
-- by entry, since one entry holds the orders of many people, also of other offerings; it is undone by its own opposite, one entry a chunk of people.
-- Orders stay as they were settled (DOMAIN §6: an order is cancelled before its cut-off only); the chunk that a buyer is in says that they were
-- refunded.
--
-- The run is started by the proposal that both sides signed, and taken on by the job worker: by ascending id, so many people in one transaction with
-- their mails. Whatever is killed is as if it had not begun. A worker takes a lease, whose number fences.

-- Buyers who no longer have all the units that they bought here, or have ordered to redeem them: they cannot be asked to give back what is not theirs to
-- give any more.
create or replace function have_units_moved(p_offering integer) returns boolean
language sql stable
set search_path = public, pg_temp
as $$
  select exists (
    select 1
      from (select investor_id, class_id, sum(units) as units from orders where offering_id = p_offering and state = 'SETTLED' group by 1, 2) b
      left join holdings h on h.investor_id = b.investor_id and h.class_id = b.class_id
      left join (select investor_id, class_id, sum(reserved_units) as units from dealing_orders where reserved_units > 0 group by 1, 2) d
        on d.investor_id = b.investor_id and d.class_id = b.class_id
     where b.units > coalesce(h.units, 0) - coalesce(d.units, 0))
$$;

-- For the executor, when the offering is cancelled: its slots are gone by then (offering-slots.sql), so that whoever bought has bought, and nobody
-- follows. Nothing to do where nothing was sold.
create or replace function start_sale_refund(p_offering integer, p_proposal uuid, p_chunk_people integer default 5000) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
begin
  -- Redemptions that were under way when the proposal was checked have been accepted by now, or see the refund.
  perform seal_dealing((select class_id from offerings where id = p_offering));
  if have_units_moved(p_offering) then
    raise exception 'Units of offering % have been ordered to be redeemed.', p_offering;
  end if;
  insert into sale_refunds (offering_id, proposal_id, chunk_people, buyers, units, amount_minor)
  select p_offering, p_proposal, p_chunk_people, count(distinct r.investor_id), sum(r.units)::bigint, sum(r.amount_minor)::bigint
    from orders r where r.offering_id = p_offering and r.state = 'SETTLED'
  having count(*) > 0;
  if found then perform enqueue_job('refund-sales', '{}'); end if;
end
$$;

create or replace function list_unfinished_refunds() returns setof integer
language sql stable security definer
set search_path = public, pg_temp
as $$
  select offering_id from sale_refunds where finished_at is null order by started_at, offering_id
$$;

-- The lease of a run for so many seconds of real time; null where another worker holds it, or nothing is left to do.
create or replace function claim_sale_refund(p_offering integer, p_seconds integer) returns integer
language sql volatile security definer
set search_path = public, pg_temp
as $$
  update sale_refunds set fence = fence + 1, leased_until = clock_timestamp() + make_interval(secs => least(p_seconds, 3600))
   where offering_id = p_offering and finished_at is null and (leased_until is null or leased_until <= clock_timestamp())
  returning fence
$$;

create or replace function release_sale_refund(p_offering integer, p_fence integer) returns void
language sql volatile security definer
set search_path = public, pg_temp
as $$
  update sale_refunds set leased_until = null where offering_id = p_offering and fence = p_fence
$$;

-- The buyers of the chunk that comes next. Their orders change no more, so it is the same whoever asks, and however often.
create or replace function next_refunds(p_offering integer)
returns table (investor_id bigint, units bigint, amount_minor bigint)
language sql stable
set search_path = public, pg_temp
set enable_hashagg = off
as $$
  select r.investor_id, sum(r.units)::bigint, sum(r.amount_minor)::bigint
    from sale_refunds f
    join orders r on r.offering_id = f.offering_id and r.investor_id > f.refunded_up_to and r.state = 'SETTLED'
   where f.offering_id = p_offering
   group by r.investor_id order by r.investor_id
   limit (select chunk_people from sale_refunds where offering_id = p_offering)
$$;

-- What the mails of the next chunk have to say, each outcome once.
create or replace function list_refund_outcomes(p_offering integer) returns table (units bigint, amount_minor bigint)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select distinct n.units, n.amount_minor from next_refunds(p_offering) n
$$;

-- Refunds the next chunk, and writes its mails: outcome n in language n has text n. Wallets are locked in the order in which orders lock them.
create or replace function refund_sales(
  p_offering integer, p_fence integer, p_kind text, p_locales locale[], p_units bigint[], p_amounts bigint[], p_subjects text[], p_bodies text[])
returns table (code text, people integer, finished boolean)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  f sale_refunds;
  o record;
  v_investors bigint[];
  v_units bigint[];
  v_amounts bigint[];
  v_journal bigint;
  v_done bigint[];
  v_people integer;
begin
  select * into f from sale_refunds where offering_id = p_offering for no key update;
  if not found or f.fence <> p_fence or f.finished_at is not null then
    return query select 'refund.fenced'::text, 0, f.finished_at is not null;
    return;
  end if;
  select c.id as class_id, c.currency_asset_id, c.unit_asset_id into o
    from offerings g join unit_classes c on c.id = g.class_id where g.id = p_offering;
  select array_agg(n.investor_id), array_agg(n.units), array_agg(n.amount_minor) into v_investors, v_units, v_amounts from next_refunds(p_offering) n;
  v_people := coalesce(cardinality(v_investors), 0);
  if v_people > 0 then
    perform 1 from wallets where investor_id = any (v_investors) and asset_id = o.currency_asset_id order by investor_id for no key update;
    insert into journals (kind, at) values ('OFFERING_REFUND', app_now()) returning id into v_journal;
    insert into sale_refund_chunks (offering_id, chunk, first_investor, last_investor, journal_id)
    values (p_offering, f.chunks_done, v_investors[1], v_investors[v_people], v_journal);
    with due as materialized (
      select * from unnest(v_investors, v_units, v_amounts) as d (investor_id, units, amount)
    ), paid as (
      update wallets w set available = w.available + d.amount, available_version = w.available_version + 1
        from due d where w.investor_id = d.investor_id and w.asset_id = o.currency_asset_id
      returning w.investor_id, w.available, w.available_version, d.amount
    ), taken as (
      -- The cost goes as it came: what was paid for these units, whatever was bought elsewhere.
      update holdings h set units = h.units - d.units, version = h.version + 1, cost_minor = h.cost_minor - d.amount
        from due d where h.investor_id = d.investor_id and h.class_id = o.class_id
      returning h.investor_id, h.units as left_units, h.version, d.units
    ), posted as (
      insert into postings_live (investor_id, asset_id, account, version, journal_id, amount, balance_after)
      select p.investor_id, o.currency_asset_id, 'INVESTOR_AVAILABLE'::ledger_account, p.available_version, v_journal, p.amount, p.available from paid p
      union all
      select t.investor_id, o.unit_asset_id, 'INVESTOR_UNITS', t.version, v_journal, -t.units, t.left_units from taken t
      union all
      select 0, o.currency_asset_id, 'FUND_CASH', v_journal, v_journal, -sum(d.amount)::bigint, null from due d
      union all
      select 0, o.unit_asset_id, 'UNITS_ISSUED', v_journal, v_journal, sum(d.units)::bigint, null from due d
    ), written as (
      insert into mails (user_id, kind, recipient, locale, subject, body)
      select u.id, p_kind, u.email, u.locale, t.subject, t.body
        from due d
        join users u on u.id = d.investor_id
        join unnest(p_locales, p_units, p_amounts, p_subjects, p_bodies) as t (locale, units, amount, subject, body)
          on t.locale = u.locale and t.units = d.units and t.amount = d.amount
       order by u.id
      returning 1
    )
    select array[(select count(*) from paid), (select count(*) from taken), (select count(*) from written)] into v_done;
    if v_done <> array_fill(v_people::bigint, array[3]) then
      raise exception 'Of % buyers in chunk % of offering %, wallets, holdings and mails are %.', v_people, f.chunks_done, p_offering, v_done;
    end if;
    perform enqueue_job('send-mails', '{}');
  end if;
  update sale_refunds s
     set refunded_up_to = coalesce(v_investors[v_people], s.refunded_up_to), chunks_done = s.chunks_done + (v_people > 0)::integer,
         refunded_buyers = s.refunded_buyers + v_people,
         refunded_units = s.refunded_units + coalesce((select sum(n) from unnest(v_units) n), 0)::bigint,
         refunded_minor = s.refunded_minor + coalesce((select sum(n) from unnest(v_amounts) n), 0)::bigint,
         leased_until = greatest(s.leased_until, clock_timestamp() + interval '1 minute')
   where s.offering_id = p_offering returning * into f;
  -- Finished is what gave everybody everything back, and nothing else.
  if v_people < f.chunk_people then
    if (f.refunded_buyers, f.refunded_units, f.refunded_minor) is distinct from (f.buyers, f.units, f.amount_minor) then
      raise exception 'The refund of offering % gave back % units and %, not % and %.', p_offering, f.refunded_units, f.refunded_minor, f.units,
        f.amount_minor using errcode = 'check_violation', constraint = 'sale_refunds_whole';
    end if;
    update sale_refunds s set finished_at = app_now() where s.offering_id = p_offering;
  end if;
  return query select null::text, v_people, v_people < f.chunk_people;
end
$$;
