-- What the job worker has to look at across all people. Only ids come out; each is then worked on under that person's row-level security.
create or replace function due_identity_reviews(p_since timestamptz)
returns setof bigint
language sql stable security definer
set search_path = public, pg_temp
as $$
  select i.investor_id from investors i
   cross join lateral (
     select e.at, e.reason from identity_events e where e.investor_id = i.investor_id order by e.sequence desc limit 1
   ) newest
   where i.identity_state = 'IN_REVIEW' and newest.at <= p_since
     -- What was referred to a specialist has no date: checkDueAt of the domain.
     and newest.reason <> 'referred'
    order by i.investor_id
$$;

create or replace function due_suitability_expiries()
returns setof bigint
language sql stable security definer
set search_path = public, pg_temp
as $$
  select i.investor_id from investors i
    where i.status = 'ELIGIBLE' and i.suitability_expires_at <= app_now()
    order by i.investor_id
$$;

-- Offerings whose window has come or passed change their state. The order function checks the window itself; of a sale by window the calls that
-- are inside it end first (subscriptions.sql).
create or replace function advance_offerings()
returns integer
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  v_opened integer;
  v_closed integer;
begin
  update offerings set state = 'OPEN' where state = 'APPROVED' and opens_at <= app_now() and closes_at > app_now();
  get diagnostics v_opened = row_count;
  perform seal_window(id) from offerings
    where method <> 'FIRST_COME' and state in ('APPROVED', 'OPEN') and closes_at <= app_now();
  update offerings set state = 'CLOSED' where state in ('APPROVED', 'OPEN') and closes_at <= app_now();
  get diagnostics v_closed = row_count;
  return v_opened + v_closed;
end
$$;
