-- The time of the whole system (DOMAIN §12). Everything that asks for the time asks this function; process clocks decide nothing.
-- It is applied before the migrations, since column defaults call it; plpgsql binds the table when it first runs.
-- REAL: the statement's clock. SHIFTED: that plus a shift. FROZEN and STEPPED: the stored instant.
create or replace function app_now() returns timestamptz
language plpgsql stable parallel safe
set search_path = public
as $$
declare
  c record;
begin
  select mode, at, shift into c from clock;
  if not found or c.mode = 'REAL' then
    return statement_timestamp();
  elsif c.mode = 'SHIFTED' then
    return statement_timestamp() + c.shift;
  end if;
  return c.at;
end
$$;
