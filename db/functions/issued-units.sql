-- Units of a class in issue, of all holders together: what first-come offerings have sold, 64 slots each (of one that was called off, what its refund
-- has not reached yet), what windows have allotted, and what dealing has issued less what it has redeemed, with what the fund bears of days
-- that were dealt again, however many holders there are.
create or replace function issued_units(p_class smallint) returns bigint
language sql stable security definer
set search_path = public, pg_temp
as $$
  select (coalesce((select sum(o.size_units - s.remaining)
                      from offerings o
                      join (select offering_id, sum(remaining) as remaining from offering_slots group by 1) s on s.offering_id = o.id
                     where o.class_id = p_class), 0)
          + coalesce((select sum(r.units - r.refunded_units) from offerings o join sale_refunds r on r.offering_id = o.id where o.class_id = p_class), 0)
          + coalesce((select sum(r.allotted_units)
                        from offerings o join allotment_runs r on r.offering_id = o.id
                       where o.class_id = p_class and r.step in ('MAIL', 'DONE')), 0)
          + coalesce((select sum(case when k.buys then k.units else - k.units end)
                        from dealing_chunks k where k.class_id = p_class and k.journal_id is not null and k.reversal_id is null), 0)
          + coalesce((select sum(b.lent_units - b.returned_units) from dealing_bridges b where b.class_id = p_class), 0))::bigint
$$;
