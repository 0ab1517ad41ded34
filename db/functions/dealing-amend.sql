-- Amending 訂正 an order at NAV before its cut-off (DOMAIN §6): the order is cancelled and another takes its place, in one transaction and under one key,
-- or nothing happens. Thereby no order ever changes, and one that asks for more has no older place in line than its own. The rules are those of
-- cancelling and of placing (dealing-orders.sql), with what the old order had set aside free for the new one.

-- The key of the cancellation that belongs to an amendment: nobody can have chosen it, and it tells which order took the place of which.
create or replace function amendment_key(p_key uuid) returns uuid
language sql immutable
as $$ select md5('amends ' || p_key)::uuid $$;

create or replace function amend_dealing_order(
  p_investor bigint, p_key uuid, p_order uuid, p_kind dealing_kind, p_asked bigint, p_date date, p_locale locale, p_consent boolean)
returns table (code text, figure bigint, replayed boolean, number bigint, reserved_minor bigint, reserved_units bigint, dealing_date date,
               cut_off_at timestamptz, at timestamptz)
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  v_class smallint;
  c record;
  p record;
begin
  -- A switch is cancelled and placed anew: nothing that is amended here says into which class it goes.
  select o.class_id into v_class from dealing_orders o where o.investor_id = p_investor and o.key = p_order and o.kind <> 'SWITCH';
  if not found then
    return query select * from refuse_dealing('order.not-found');
    return;
  end if;
  -- A key that placed an order without amending this one has done something else.
  if exists (select 1 from dealing_acts a where a.investor_id = p_investor and a.key = p_key)
     and not exists (select 1 from dealing_acts a
                      where a.investor_id = p_investor and a.key = amendment_key(p_key) and a.act = 'CANCELLED' and a.order_key = p_order) then
    return query select * from refuse_dealing('order.key-reused');
    return;
  end if;
  begin
    select * into c from cancel_dealing_order(p_investor, amendment_key(p_key), p_order);
    if c.code is null then
      select * into p from place_dealing_order(p_investor, p_key, v_class, p_kind, p_asked, p_date, p_locale, p_consent);
      -- What was cancelled stands again.
      if p.code is not null then raise exception using errcode = 'WK001'; end if;
    end if;
  exception when sqlstate 'WK001' then
    return query select * from refuse_dealing(p.code, p.figure);
    return;
  end;
  if c.code is not null then
    return query select * from refuse_dealing(c.code);
    return;
  end if;
  return query select p.code, p.figure, p.replayed, p.number, p.reserved_minor, p.reserved_units, p.dealing_date, p.cut_off_at, p.at;
end
$$;
