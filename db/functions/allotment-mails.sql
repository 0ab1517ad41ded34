-- The last step of a run: a mail to each applicant, in the language that they read. The texts are rendered by the caller once an outcome, of which
-- there are few; the rows are one INSERT a chunk, in the transaction that counts the chunk as done, so that nobody gets two.

-- The outcomes of the chunk that comes next, and the languages that their people read.
create or replace function list_allotment_outcomes(p_offering integer, p_fence integer)
returns table (locale locale, asked_units bigint, units bigint, cost_minor bigint, refund_minor bigint)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select distinct u.locale, p.subscribed_units, a.units, a.cost_minor, a.refund_minor
    from allotment_runs r
    join allotment_chunks c on c.offering_id = r.offering_id and c.chunk = r.chunks_done
    join allotments a on a.offering_id = r.offering_id and a.investor_id between c.first_investor and c.last_investor
    join applicants p on p.offering_id = r.offering_id and p.investor_id = a.investor_id
    join users u on u.id = a.investor_id
   where r.offering_id = p_offering and r.fence = p_fence and r.step = 'MAIL'
$$;

-- Writes the mails of the chunk that comes next. Arrays run in step: outcome n has text n.
create or replace function write_allotment_mails(
  p_offering integer, p_fence integer, p_kind text, p_locales locale[], p_asked bigint[], p_units bigint[], p_refunds bigint[], p_subjects text[],
  p_bodies text[])
returns table (code text, step allotment_step, chunks_done integer, chunks integer)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  r allotment_runs;
  v_people bigint;
  v_mails bigint;
begin
  select * into r from allotment_runs where offering_id = p_offering for no key update;
  if not found or r.fence <> p_fence or r.step <> 'MAIL' then
    return query select 'allotment.fenced'::text, null::allotment_step, null::integer, null::integer;
    return;
  end if;
  with people as materialized (
    select a.investor_id, p.subscribed_units, a.units, a.refund_minor
      from allotment_chunks c
      join allotments a on a.offering_id = p_offering and a.investor_id between c.first_investor and c.last_investor
      join applicants p on p.offering_id = p_offering and p.investor_id = a.investor_id
     where c.offering_id = p_offering and c.chunk = r.chunks_done
  ), written as (
    insert into mails (user_id, kind, recipient, locale, subject, body)
    select u.id, p_kind, u.email, u.locale, t.subject, t.body
      from people a
      join users u on u.id = a.investor_id
      join unnest(p_locales, p_asked, p_units, p_refunds, p_subjects, p_bodies) as t (locale, asked, units, refund, subject, body)
        on t.locale = u.locale and t.asked = a.subscribed_units and t.units = a.units and t.refund = a.refund_minor
     order by u.id
    returning 1
  )
  select (select count(*) from people), (select count(*) from written) into v_people, v_mails;
  if v_people <> v_mails then
    raise exception 'Of % applicants in chunk % of offering %, % have a mail.', v_people, r.chunks_done, p_offering, v_mails;
  end if;
  perform enqueue_job('send-mails', '{}');
  return query
    update allotment_runs a
       set chunks_done = a.chunks_done + 1,
           step = case when a.chunks_done + 1 = a.chunks then 'DONE' else 'MAIL' end::allotment_step,
           finished_at = case when a.chunks_done + 1 = a.chunks then app_now() end,
           leased_until = greatest(a.leased_until, clock_timestamp() + interval '1 minute')
     where a.offering_id = p_offering
    returning null::text, a.step, a.chunks_done, a.chunks;
end
$$;
