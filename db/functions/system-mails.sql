-- The outbox. Mails belong to people; the worker that sends them and the testers' page see them through these alone.
-- `p_search` is a part of an address; empty for everybody's.
drop function if exists list_outbox(integer);
create or replace function list_outbox(p_limit integer, p_search text)
returns table (id bigint, kind text, recipient text, locale locale, subject text, body text, created_at timestamptz, sent_at timestamptz)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select m.id, m.kind, m.recipient, m.locale, m.subject, m.body, m.created_at, m.sent_at
    from mails m where position(lower(p_search) in lower(m.recipient)) > 0 order by m.id desc limit least(p_limit, 200)
$$;

-- The same mail to each of these people, in the language that each reads. The arrays of texts run in step: a language has a subject and a body.
create or replace function write_same_mail(p_people bigint[], p_kind text, p_locales locale[], p_subjects text[], p_bodies text[])
returns void
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_mails integer;
begin
  insert into mails (user_id, kind, recipient, locale, subject, body)
  select u.id, p_kind, u.email, u.locale, t.subject, t.body
    from unnest(p_people) p (id)
    join users u on u.id = p.id
    join unnest(p_locales, p_subjects, p_bodies) as t (locale, subject, body) on t.locale = u.locale
   order by u.id;
  get diagnostics v_mails = row_count;
  if v_mails <> cardinality(p_people) then
    raise exception 'Of % people who are to have a mail of kind %, % have one.', cardinality(p_people), p_kind, v_mails;
  end if;
  if v_mails > 0 then perform enqueue_job('send-mails', '{}'); end if;
end
$$;

-- Claims the next waiting mail for one sender: a row that another worker holds is skipped. It stays locked until the transaction ends.
create or replace function claim_mail(p_after bigint)
returns table (id bigint, recipient text, subject text, body text)
language sql volatile security definer
set search_path = public, pg_temp
as $$
  select m.id, m.recipient, m.subject, m.body from mails m
    where m.sent_at is null and m.id > p_after order by m.id limit 1 for update skip locked
$$;

create or replace function settle_mail(p_id bigint, p_failure text)
returns void
language sql volatile security definer
set search_path = public, pg_temp
as $$
  update mails set sent_at = case when p_failure is null then statement_timestamp() end, failure = p_failure
    where id = p_id and sent_at is null
$$;

-- A job in the caller's transaction (graphile-worker), so that it exists only if the effect does. Without the worker's schema nothing is
-- queued; the worker's timetable finds the same work when it starts.
create or replace function enqueue_job(p_task text, p_payload json)
returns void
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
begin
  if to_regproc('graphile_worker.add_job') is not null then
    perform graphile_worker.add_job(p_task, p_payload, job_key := p_task, job_key_mode := 'preserve_run_at');
  end if;
end
$$;
