-- What people and those who sign are told of a day that is dealt again (redeal-day.sql).

-- What the people of the chunk whose mails come next had and have now, each outcome once. `borne`: what the fund did not take back of them.
create or replace function next_redealt(p_class smallint, p_date date)
returns table (investor_id bigint, buys boolean, units_before bigint, units bigint, minor_before bigint, minor bigint, borne_minor bigint, borne_units bigint)
language sql stable
set search_path = public, pg_temp
as $$
  select d.investor_id, d.buys, sum(d.units) filter (where d.revision < c.revision)::bigint, sum(d.units) filter (where d.revision = c.revision)::bigint,
         sum(d.amount_minor) filter (where d.revision < c.revision)::bigint, sum(d.amount_minor) filter (where d.revision = c.revision)::bigint,
         coalesce(max(b.lent_minor - b.returned_minor), 0), coalesce(max(b.lent_units - b.returned_units), 0)
    from dealing_corrections c
   cross join lateral (select k.buys, k.chunk from dealing_chunks k
                        where k.class_id = c.class_id and k.dealing_date = c.dealing_date and k.revision = c.revision
                        order by k.buys, k.chunk offset c.chunks_done limit 1) k
    join deals d on d.class_id = c.class_id and d.dealing_date = c.dealing_date and d.buys = k.buys and d.chunk = k.chunk
                and d.revision in (c.revision - 1, c.revision)
    left join dealing_bridges b
      on (b.investor_id, b.class_id, b.dealing_date, b.revision, b.buys) = (d.investor_id, c.class_id, c.dealing_date, c.revision, k.buys)
   where c.class_id = p_class and c.dealing_date = p_date and c.step = 'MAIL'
   group by d.investor_id, d.buys
  having (sum(d.units) filter (where d.revision < c.revision), sum(d.amount_minor) filter (where d.revision < c.revision))
         <> (sum(d.units) filter (where d.revision = c.revision), sum(d.amount_minor) filter (where d.revision = c.revision))
$$;

-- What the mails of the next chunk have to say, each outcome once; nothing where the lease is another's.
create or replace function list_redealt_outcomes(p_class smallint, p_date date, p_fence integer)
returns table (buys boolean, units_before bigint, units bigint, minor_before bigint, minor bigint, borne_minor bigint, borne_units bigint)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select distinct n.buys, n.units_before, n.units, n.minor_before, n.minor, n.borne_minor, n.borne_units
    from next_redealt(p_class, p_date) n
   where exists (select 1 from dealing_corrections c where c.class_id = p_class and c.dealing_date = p_date and c.fence = p_fence and c.step = 'MAIL')
$$;

-- Writes the mails of the next chunk: outcome n of `p_outcomes` in a language has text n.
create or replace function write_redealing_mails(p_class smallint, p_date date, p_fence integer, p_kind text, p_texts jsonb)
returns table (code text, step redeal_step)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  c dealing_corrections;
  v_people bigint;
  v_mails bigint;
  v_chunks integer;
begin
  select * into c from dealing_corrections x
   where x.class_id = p_class and x.dealing_date = p_date order by x.revision desc limit 1 for no key update;
  if not found or c.fence <> p_fence or c.step <> 'MAIL' then
    return query select 'dealing.fenced'::text, null::redeal_step;
    return;
  end if;
  with people as materialized (
    select * from next_redealt(p_class, p_date)
  ), written as (
    insert into mails (user_id, kind, recipient, locale, subject, body)
    select u.id, p_kind, u.email, u.locale, t.subject, t.body
      from people n
      join users u on u.id = n.investor_id
      join jsonb_to_recordset(p_texts) as t (locale locale, buys boolean, "unitsBefore" bigint, units bigint, "minorBefore" bigint, minor bigint,
                                             "borneMinor" bigint, "borneUnits" bigint, subject text, body text)
        on (t.locale, t.buys, t."unitsBefore", t.units, t."minorBefore", t.minor, t."borneMinor", t."borneUnits")
         = (u.locale, n.buys, n.units_before, n.units, n.minor_before, n.minor, n.borne_minor, n.borne_units)
     order by u.id
    returning 1
  )
  select (select count(*) from people), (select count(*) from written) into v_people, v_mails;
  if v_people <> v_mails then
    raise exception 'Of % people of chunk % of class % on %, % have a mail.', v_people, c.chunks_done, p_class, p_date, v_mails;
  end if;
  if v_mails > 0 then perform enqueue_job('send-mails', '{}'); end if;
  select count(*) into v_chunks from dealing_chunks k where k.class_id = p_class and k.dealing_date = p_date and k.revision = c.revision;
  return query
    update dealing_corrections x
       set chunks_done = least(x.chunks_done + 1, v_chunks),
           step = case when x.chunks_done + 1 >= v_chunks then 'DONE' else 'MAIL' end::redeal_step,
           finished_at = case when x.chunks_done + 1 >= v_chunks then app_now() end,
           leased_until = greatest(x.leased_until, clock_timestamp() + interval '1 minute')
     where x.class_id = p_class and x.dealing_date = p_date and x.revision = c.revision
    returning null::text, x.step;
end
$$;

-- What a correction of a day would do to what was dealt, for whoever is asked to sign it; the staff's alone. No row for a class that has not dealt the day.
-- Once it is executed, its own prices are those in force, and nothing is left to do: the executor writes this down beforehand.
create or replace function redealing_effects(p_date text, p_prices jsonb) returns jsonb
language plpgsql stable
set search_path = public, pg_temp
as $$
begin
  return (
  select coalesce(jsonb_object_agg(u.code, jsonb_build_object(
           'dealtAt', price_text(f.price, u.price_decimals), 'apartE4', apart_e4(n.price, f.price)::text,
           'redealt', x.again, 'orders', e.orders::text, 'unitDecimals', u.unit_decimals::text, 'currency', u.currency,
           'units', e.units::text, 'toHoldersMinor', e.more::text, 'fromHoldersMinor', e.less::text)), '{}')
    from dealing_runs r
    join unit_classes u on u.id = r.class_id
   cross join lateral (select price_in_force(r.class_id, r.dealing_date) as price) f
   cross join lateral (select round((p_prices -> u.code ->> 'price')::numeric * power(10::numeric, u.price_decimals))::bigint as price) n
   cross join lateral (select abs(n.price - f.price)::numeric * 200 >= f.price as again) x
   cross join lateral (
     select count(*) filter (where (d.units, d.amount_minor) <> (d.units_before, d.amount_before)) as orders,
            coalesce(sum(d.units - d.units_before), 0) as units,
            coalesce(sum(greatest(m.gain, 0)), 0) as more, coalesce(sum(greatest(- m.gain, 0)), 0) as less
       from redealt(r.class_id, r.dealing_date, n.price) d
      cross join lateral (select case when d.buys then d.amount_before - d.amount_minor else d.amount_minor - d.amount_before end as gain) m
      where x.again) e
   where r.dealing_date::text = p_date and r.step <> 'PRICE' and n.price > 0);
end
$$;

create or replace function staff_redealing(p_date text, p_prices jsonb) returns jsonb
language sql stable security definer
set search_path = public, pg_temp
as $$
  select case when is_staff() then redealing_effects(p_date, p_prices) end
$$;
