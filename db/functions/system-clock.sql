-- Internal: sets the one clock (DOMAIN §12). A step or a freeze names an instant; a shift an interval; REAL neither. The site moves it by a run alone.
create or replace function set_clock(p_mode clock_mode, p_at timestamptz, p_shift interval)
returns timestamptz
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
begin
  insert into clock (one, mode, at, shift) values (true, p_mode, p_at, coalesce(p_shift, '0'))
    on conflict (one) do update set mode = excluded.mode, at = excluded.at, shift = excluded.shift;
  return app_now();
end
$$;
revoke all on function set_clock(clock_mode, timestamptz, interval) from public, wakachi_app;
