-- Mails of a dealing day (DOMAIN §6, §7): what each order came to, what the gate left for the next day, and when its cash changed hands. The run only
-- opens a notice of each; the mails are the job worker's, so many people in one transaction, which also moves the notice on: nobody is told twice or
-- left out, wherever the worker is killed. Each order has figures of its own, so the caller renders the texts.

create or replace function give_dealing_notice(p_class smallint, p_date date, p_about text, p_buys boolean) returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
begin
  insert into dealing_notices (class_id, dealing_date, about, buys) values (p_class, p_date, p_about, p_buys) on conflict do nothing;
  perform enqueue_job('tell-dealing', '{}');
end
$$;

create or replace function list_dealing_notices()
returns table (class_id smallint, dealing_date date, about text, buys boolean, price bigint, settlement_date date, payout_date date, next_date date)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select n.class_id, n.dealing_date, n.about, n.buys,
         coalesce((select c.price from dealing_corrections c where c.class_id = r.class_id and c.dealing_date = r.dealing_date order by c.revision desc limit 1),
                  r.price),
         r.settlement_date, r.payout_date, working_day_after(n.dealing_date, 1)
    from dealing_notices n
    join dealing_runs r on r.class_id = n.class_id and r.dealing_date = n.dealing_date
   where n.finished_at is null
   order by n.dealing_date, n.class_id, n.about, n.buys
$$;

-- What people within a chunk of deals, or past the last one where it is null, are to be told: `p_people` of them at most, an order a row. A redemption that the
-- gate left out as a whole has no deal of the day: it is one that waited for it, and waits still or was dealt later.
create or replace function dealing_mails_between(
  p_class smallint, p_date date, p_about text, p_buys boolean, p_chunk integer, p_above bigint, p_up_to bigint, p_people integer)
returns table (investor_id bigint, order_key uuid, number bigint, kind dealing_kind, asked bigint, locale locale, units bigint,
               amount_minor bigint, release_minor bigint, levy_minor bigint, deferred_units bigint)
language sql stable
as $$
  with left_out as (
    select o.investor_id, o.key from dealing_orders o
     where o.class_id = p_class and o.dealing_date <= p_date and o.reserved_units > 0 and o.state = 'CUT_OFF'
    union
    select e.investor_id, e.order_key from current_deals e where e.class_id = p_class and e.dealing_date > p_date and not e.buys
  ), told as (
    select d.investor_id, d.order_key, d.units, d.amount_minor, d.release_minor, d.levy_minor, d.deferred_units
      from current_deals d
     where d.class_id = p_class and d.dealing_date = p_date and d.buys = p_buys and d.chunk = p_chunk and (p_about = 'DEALT' or d.units > 0)
       -- What a switch was paid is told of when it is carried on (switches.sql).
       and (p_about = 'DEALT' or not exists (select 1 from switches s where s.investor_id = d.investor_id and s.key = d.order_key))
       and d.investor_id > p_above and d.investor_id <= p_up_to
    union all
    select o.investor_id, o.key, 0, 0, 0, 0,
           o.reserved_units + coalesce((select sum(e.units) from current_deals e
                                         where e.investor_id = o.investor_id and e.order_key = o.key and e.dealing_date > p_date), 0)::bigint
      from left_out l
      join dealing_orders o on o.investor_id = l.investor_id and o.key = l.key
     where p_about = 'DEALT' and not p_buys and o.dealing_date <= p_date and o.investor_id > p_above and o.investor_id <= p_up_to
       and not exists (select 1 from current_deals e where e.investor_id = o.investor_id and e.order_key = o.key and e.dealing_date = p_date)
  ), next_people as (
    -- Counted, not looked up: figures of what has just been written say that nobody is to be told, and a join would look at all of them for each.
    select t.*, dense_rank() over (order by t.investor_id) as person from told t
  )
  select t.investor_id, t.order_key, o.number, o.kind, o.asked, u.locale, t.units, t.amount_minor, t.release_minor, t.levy_minor, t.deferred_units
    from next_people t
    join dealing_orders o on o.investor_id = t.investor_id and o.key = t.order_key
    join users u on u.id = t.investor_id
   where t.person <= p_people
   order by t.investor_id, o.number
$$;

-- What the next `p_people` at most are to be told, after whoever was told last. A chunk of the run's people at a time, so that each call reads no more than
-- that; a chunk of which nobody is to be told is passed by.
create or replace function next_dealing_mails(p_class smallint, p_date date, p_about text, p_buys boolean, p_people integer)
returns table (after bigint, investor_id bigint, order_key uuid, number bigint, kind dealing_kind, asked bigint, locale locale, units bigint,
               amount_minor bigint, release_minor bigint, levy_minor bigint, deferred_units bigint)
language plpgsql stable security definer
set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  v_after bigint;
  v_above bigint;
  k record;
begin
  select n.told_up_to into v_after from dealing_notices n
   where n.class_id = p_class and n.dealing_date = p_date and n.about = p_about and n.buys = p_buys and n.finished_at is null;
  if not found then return; end if;
  v_above := v_after;
  for k in
    select c.chunk, c.last_investor from dealing_chunks c
     where c.class_id = p_class and c.dealing_date = p_date and c.buys = p_buys and c.revision = 0 and c.last_investor > v_after
    union all
    select null, 9223372036854775807 order by 2
  loop
    return query
      select v_after, m.* from dealing_mails_between(p_class, p_date, p_about, p_buys, k.chunk, v_above, k.last_investor, p_people) m;
    exit when found;
    v_above := k.last_investor;
  end loop;
end
$$;

-- Writes the mails of those people and moves the notice on; answers how many, or null where somebody else has. Arrays run in step. Without any the
-- notice is through: whoever else has moved it meanwhile found nobody left either.
create or replace function write_dealing_mails(
  p_class smallint, p_date date, p_about text, p_buys boolean, p_after bigint, p_people bigint[], p_kinds text[], p_subjects text[], p_bodies text[])
returns integer
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  v_now constant timestamptz := app_now();
  v_mails integer;
begin
  perform 1 from dealing_notices n
    where n.class_id = p_class and n.dealing_date = p_date and n.about = p_about and n.buys = p_buys and n.finished_at is null
      and (p_after is null or n.told_up_to = p_after) for no key update;
  if not found then return null; end if;
  insert into mails (user_id, kind, recipient, locale, subject, body, created_at)
  select u.id, t.kind, u.email, u.locale, t.subject, t.body, v_now
    from unnest(p_people, p_kinds, p_subjects, p_bodies) with ordinality as t (investor, kind, subject, body, n)
    join users u on u.id = t.investor
   order by t.n;
  get diagnostics v_mails = row_count;
  if v_mails <> cardinality(p_people) then
    raise exception 'Of % mails of class % on %, % were written.', cardinality(p_people), p_class, p_date, v_mails;
  end if;
  if v_mails > 0 then perform enqueue_job('send-mails', '{}'); end if;
  update dealing_notices n
     set told_up_to = coalesce((select max(x) from unnest(p_people) x), n.told_up_to), told = n.told + v_mails,
         finished_at = case when v_mails = 0 then app_now() end
   where n.class_id = p_class and n.dealing_date = p_date and n.about = p_about and n.buys = p_buys;
  return v_mails;
end
$$;
