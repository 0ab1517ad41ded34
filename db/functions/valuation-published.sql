-- What of the valuations everybody may see, and what holds for them whoever writes (TRUST L6).

-- Published by now, the newest revision of each day: what is dealt at and shown.
create or replace view current_prices as
  select p.class_id, p.nav_date, p.revision, p.price, p.net_assets_minor, p.published_at
    from nav_prices p
   where p.published_at <= app_now()
     and not exists (select 1 from nav_prices n
                      where n.class_id = p.class_id and n.nav_date = p.nav_date and n.revision > p.revision and n.published_at <= app_now());

-- Days whose dealing stands still, and why. The figures that were stopped stay the staff's. A plain view reads as its owner.
create or replace view public_holds as
  select v.fund_id, v.nav_date, v.hold_reason as reason, v.checked_at as since from valuations v where v.state = 'HELD' and v.checked_at <= app_now();

-- Where the published value of a day comes from, and when it was last corrected.
create or replace view public_valuations as
  select v.fund_id, v.nav_date, v.revision, v.source, v.published_at, v.proposal_id is not null as jointly_approved,
         v.jpy_per_usd_e4, v.portfolio_usd_minor, v.cash_usd_minor + v.citizens_usd_minor + div(v.citizens_jpy_minor::numeric * 1000000, v.jpy_per_usd_e4)::bigint as cash_usd_minor,
         v.debt_usd_minor, v.fees_usd_minor, v.net_assets_usd_minor
    from valuations v where v.state = 'PUBLISHED';

do $$
declare
  v_table text;
begin
  foreach v_table in array array['valuation_marks', 'valuation_classes']
  loop
    execute format(
      'create or replace trigger %I before update or delete or truncate on %I for each statement execute function refuse_change()',
      v_table || '_append_only', v_table);
  end loop;
end
$$;
create or replace trigger valuations_stay before delete or truncate on valuations for each statement execute function refuse_change();

-- A revision's figures stay; its state goes forward alone.
create or replace trigger valuations_change after update on valuations for each row
when ((old.state, new.state) not in (('STRUCK', 'CHECKED'), ('STRUCK', 'HELD'), ('STRUCK', 'PUBLISHED'), ('STRUCK', 'SUPERSEDED'), ('CHECKED', 'PUBLISHED'),
                                     ('CHECKED', 'SUPERSEDED'), ('HELD', 'PUBLISHED'), ('HELD', 'SUPERSEDED'), ('PUBLISHED', 'SUPERSEDED'))
  or old.published_at is distinct from new.published_at and old.published_at is not null
  or (new.fund_id, new.nav_date, new.revision, new.source, new.model, new.rule_version, new.as_of, new.jpy_per_usd_e4, new.portfolio_usd_minor,
      new.cash_usd_minor, new.citizens_usd_minor, new.citizens_jpy_minor, new.debt_usd_minor, new.fees_usd_minor, new.net_assets_usd_minor,
      new.owners_usd_minor, new.base_id, new.struck_at)
     is distinct from
     (old.fund_id, old.nav_date, old.revision, old.source, old.model, old.rule_version, old.as_of, old.jpy_per_usd_e4, old.portfolio_usd_minor,
      old.cash_usd_minor, old.citizens_usd_minor, old.citizens_jpy_minor, old.debt_usd_minor, old.fees_usd_minor, old.net_assets_usd_minor,
      old.owners_usd_minor, old.base_id, old.struck_at))
execute function refuse_change();

-- A published price stays as it is; only the demonstration's past gets its net assets afterwards, when the past has been played.
create or replace trigger nav_prices_stay before delete or truncate on nav_prices for each statement execute function refuse_change();
create or replace trigger nav_prices_change after update on nav_prices for each row
when (old.net_assets_minor <> 0 or (new.class_id, new.nav_date, new.revision, new.price, new.published_at)
      is distinct from (old.class_id, old.nav_date, old.revision, old.price, old.published_at))
execute function refuse_change();

do $$
declare
  t text;
begin
  foreach t in array array['valuations', 'valuation_marks', 'valuation_classes']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('drop policy if exists staff_rows on %I', t);
    execute format('create policy staff_rows on %I for select using ((select is_staff()))', t);
    execute format('revoke all on %I from wakachi_app', t);
    execute format('grant select on %I to wakachi_app', t);
  end loop;
end
$$;
revoke all on current_prices, public_holds, public_valuations from wakachi_app;
grant select on current_prices, public_holds, public_valuations to wakachi_app;

-- The books behind published values, for whoever strikes the next one.
create or replace view published_books as
  select v.id, v.nav_date, f.trust_fee_e6, v.jpy_per_usd_e4, v.cash_usd_minor, v.debt_usd_minor, v.fees_usd_minor, v.net_assets_usd_minor
    from valuations v join funds f on f.id = v.fund_id where v.state = 'PUBLISHED';
create or replace view published_marks as
  select m.* from valuation_marks m join valuations v on v.id = m.valuation_id where v.state = 'PUBLISHED';
create or replace view published_class_prices as
  select c.* from valuation_classes c join valuations v on v.id = c.valuation_id where v.state = 'PUBLISHED';
revoke all on published_books, published_marks, published_class_prices from wakachi_app;
grant select on published_books, published_marks, published_class_prices to wakachi_app;
