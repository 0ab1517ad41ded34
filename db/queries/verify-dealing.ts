/** Orders at NAV as statements (see verify.ts). */
import type { Check } from './verify-check';

/** Cash that orders at NAV hold themselves: what waits, and the cost of what is priced and not settled. */
export const DEALING_RESERVED = `
  select d.investor_id, c.currency_asset_id as asset_id, d.reserved_minor as amount_minor
    from dealing_orders d join unit_classes c on c.id = d.class_id where d.reserved_minor <> 0`;

/** The chunk of a deal, of the same revision of its day. */
const CHUNK = `
    k.class_id = d.class_id and k.dealing_date = d.dealing_date and k.buys = d.buys and k.chunk = d.chunk and k.revision = d.revision`;

const DAY_KEY = `('00000000-0000-0000-' || lpad(to_hex(d.class_id::integer), 4, '0') || '-' || lpad(to_hex(d.revision::integer), 4, '0')
         || to_char(d.dealing_date, 'YYYYMMDD'))::uuid`;

/** The changes of a person's accounts that their acts on orders at NAV say they made, and their days' deals. */
export const DEALING_MOVED = `
  select a.investor_id, a.key, a.journal_id, case a.act when 'PLACED' then 'DEALING_RESERVED' else 'DEALING_RELEASED' end as kind, v.account,
         c.currency_asset_id as asset_id, case v.account when 'INVESTOR_AVAILABLE' then - a.delta_minor else a.delta_minor end as amount
    from dealing_acts a
    join unit_classes c on c.id = a.class_id
   cross join (values ('INVESTOR_AVAILABLE'), ('INVESTOR_RESERVED')) v(account)
   where a.delta_minor <> 0
  union all
  -- What was dealt needs no key of the person: the class, the day and the revision are its key.
  select d.investor_id, ${DAY_KEY},
         v.journal_id, v.kind, v.account, case v.account when 'INVESTOR_UNITS' then c.unit_asset_id else c.currency_asset_id end, sum(v.amount)
    from deals d
    join dealing_chunks k on ${CHUNK}
    join unit_classes c on c.id = d.class_id
   cross join lateral (values
     (k.journal_id, 'DEALING_BOUGHT', 'INVESTOR_RESERVED', - d.release_minor, d.buys), (k.journal_id, 'DEALING_BOUGHT', 'INVESTOR_AVAILABLE', d.release_minor, d.buys),
     (k.journal_id, 'DEALING_BOUGHT', 'INVESTOR_UNITS', d.units, d.buys), (k.journal_id, 'DEALING_REDEEMED', 'INVESTOR_UNITS', - d.units, not d.buys),
     (k.settled_journal_id, 'DEALING_SETTLED', 'INVESTOR_RESERVED', - d.amount_minor, d.buys),
     (k.settled_journal_id, 'DEALING_SETTLED', 'INVESTOR_AVAILABLE', d.amount_minor, not d.buys)) v (journal_id, kind, account, amount, here)
   where v.here and v.amount <> 0 and v.journal_id is not null
   group by 1, 2, 3, 4, 5, 6
  union all
  select d.investor_id, ${DAY_KEY}, v.journal_id, 'DEALING_BRIDGED', v.account,
         case v.account when 'INVESTOR_UNITS' then c.unit_asset_id else c.currency_asset_id end, v.amount
    from dealing_bridges d
    join dealing_chunks k on ${CHUNK}
    join unit_classes c on c.id = d.class_id
   cross join lateral (values
     (k.lent_journal_id, 'INVESTOR_AVAILABLE', d.lent_minor), (k.lent_journal_id, 'INVESTOR_UNITS', d.lent_units),
     (k.returned_journal_id, 'INVESTOR_AVAILABLE', - d.returned_minor), (k.returned_journal_id, 'INVESTOR_UNITS', - d.returned_units))
     v (journal_id, account, amount)
   where v.amount <> 0 and v.journal_id is not null`;

/** Units that dealing has moved, with the entries that did; what was reversed since among them. */
export const DEALT = `
  select d.investor_id, k.journal_id, d.class_id, case when d.buys then d.units else - d.units end as units
    from deals d join dealing_chunks k on ${CHUNK}
   where k.journal_id is not null and d.units > 0`;

/** What the fund lent of units where a day was dealt again, and got back, with the entries that did. */
export const BRIDGED = `
  select d.investor_id, v.journal_id, d.class_id, v.units
    from dealing_bridges d join dealing_chunks k on ${CHUNK}
   cross join lateral (values (k.lent_journal_id, d.lent_units), (k.returned_journal_id, - d.returned_units)) v (journal_id, units)
   where v.journal_id is not null and v.units <> 0`;

/** Units of the deals that hold, by class. */
export const DEALT_IN_FORCE = `
  select d.class_id, case when d.buys then d.units else - d.units end as units
    from deals d join dealing_chunks k on ${CHUNK}
   where k.journal_id is not null and k.reversal_id is null
  union all
  select class_id, units from (${BRIDGED}) b`;

/** A day and each time that it was dealt again, with its price's scale: amount = units × price × numerator ÷ denominator (lib/domain/orders/pricing). */
const RUNS = `
  select r.class_id, r.dealing_date, p.revision, p.price, r.step, r.redeemed_units, r.bought_units, r.deferred_units, power(10::numeric, greatest(a.decimals - c.price_decimals, 0)) as numerator,
         c.quote_units * power(10::numeric, greatest(c.price_decimals - a.decimals, 0)) as denominator,
         greatest(div(r.issued_units::numeric * r.gate_e4, 10000), least(r.issued_units, 1)) as gate,
         p.price - ceil(p.price::numeric * r.levy_e4 / 10000) as paid_price
    from dealing_runs r
    join (select class_id, dealing_date, 0 as revision, price from dealing_runs
          union all select class_id, dealing_date, revision, price from dealing_corrections) p
      on p.class_id = r.class_id and p.dealing_date = r.dealing_date
    join unit_classes c on c.id = r.class_id
    join assets a on a.id = c.currency_asset_id`;

export const DEALING_CHECKS: readonly Check[] = [
  {
    id: 'O7',
    says: 'each order at NAV is what its acts made of it, for the day and prospectus that it was accepted with, before its cut-off',
    violations: `
      select format('investor %s, order %s: %s, %s and %s units set aside; its acts: %s and %s units', d.investor_id, d.key, lower(d.state::text),
                    d.reserved_minor, d.reserved_units, coalesce(a.minor::text, 'none'), coalesce(a.units::text, 'none')) as place
        from dealing_orders d
        left join (select investor_id, order_key, sum(minor) as minor, sum(units) as units, bool_or(cancelled_at is not null) as cancelled,
                          max(cancelled_at) as cancelled_at
                     from (select investor_id, order_key, delta_minor as minor, delta_units as units, case act when 'CANCELLED' then at end as cancelled_at
                             from dealing_acts
                           union all
                           select e.investor_id, e.order_key,
                                  case when e.buys then - e.release_minor - case when k.settled_at is null then 0 else e.amount_minor end else 0 end,
                                  case when e.buys then 0 else - e.units end, null
                             from deals e
                             join dealing_chunks k on k.class_id = e.class_id and k.dealing_date = e.dealing_date and k.buys = e.buys and k.chunk = e.chunk
                              and k.revision = e.revision
                            where k.journal_id is not null and k.reversal_id is null) x
                    group by 1, 2) a
          on a.investor_id = d.investor_id and a.order_key = d.key
       where (d.reserved_minor, d.reserved_units) is distinct from (a.minor::bigint, a.units::bigint)
          or (d.state = 'CANCELLED') is distinct from a.cancelled
          or a.cancelled_at >= d.cut_off_at
      union all
      select format('investor %s, order %s: its first act says otherwise', d.investor_id, d.key)
        from dealing_orders d
        left join dealing_acts a on a.investor_id = d.investor_id and a.key = d.key and a.act = 'PLACED' and a.order_key = d.key
       where (a.class_id, a.kind, a.asked, a.at) is distinct from (d.class_id, d.kind, d.asked, d.placed_at)
          -- Its day is the one that it was accepted for, or the first dealing day after that, where both sides have changed the holidays since.
          or d.dealing_date <> a.dealing_date and d.dealing_date <> dealing_day_from(a.dealing_date)
      union all
      select format('investor %s, order %s: %s closes at %s', d.investor_id, d.key, d.dealing_date, d.cut_off_at)
        from dealing_orders d
        left join unit_classes c on c.id = d.class_id
        left join document_versions p on p.id = d.prospectus_id
       where d.cut_off_at is distinct from (d.dealing_date + c.cut_off::time) at time zone c.time_zone
          or p.kind is distinct from 'PROSPECTUS' or p.published_at > d.placed_at`,
  },
  {
    id: 'O8',
    says: 'nobody has set aside more units than they hold',
    violations: `
      select format('investor %s, class %s: %s units set aside, %s held', d.investor_id, d.class_id, sum(d.reserved_units), coalesce(max(h.units), 0))
             as place
        from dealing_orders d
        left join holdings h on h.investor_id = d.investor_id and h.class_id = d.class_id
       where d.reserved_units > 0
       group by d.investor_id, d.class_id
      having sum(d.reserved_units) > coalesce(max(h.units), 0)`,
  },
  {
    id: 'O9',
    says: 'a day deals each order once, at its one price of after the cut-off, and within the gate',
    violations: `
      select format('class %s on %s: redeemed %s, bought %s, deferred %s; its deals: %s and %s; the gate: %s', r.class_id, r.dealing_date, r.redeemed_units,
                    r.bought_units, r.deferred_units, d.redeemed, d.bought, r.gate) as place
        from (${RUNS}) r
       cross join lateral (select coalesce(sum(units) filter (where not buys), 0) as redeemed, coalesce(sum(units) filter (where buys), 0) as bought
                             from deals d where d.class_id = r.class_id and d.dealing_date = r.dealing_date and d.revision = 0) d
       where r.step <> 'PRICE' and r.revision = 0
         and ((r.redeemed_units, r.bought_units) is distinct from (d.redeemed::bigint, d.bought::bigint)
              or r.redeemed_units <> least(r.gate, r.redeemed_units + r.deferred_units))
      union all
      select format('investor %s, order %s on %s: %s units for %s, %s back, %s in the fund', d.investor_id, d.order_key, d.dealing_date, d.units,
                    d.amount_minor, d.release_minor, d.levy_minor)
        from deals d
        left join (${RUNS}) r on r.class_id = d.class_id and r.dealing_date = d.dealing_date and r.revision = d.revision
       where r.class_id is null
          or d.buys and d.amount_minor <> ceil(d.units * r.price * r.numerator / r.denominator)
          or not d.buys and (d.amount_minor <> div(d.units * r.paid_price * r.numerator, r.denominator)
                             or d.levy_minor <> div(d.units * r.price * r.numerator, r.denominator) - d.amount_minor)
      union all
      select format('class %s on %s: struck at %s, closed at %s', class_id, dealing_date, struck_at, cut_off_at)
        from dealing_runs where struck_at < cut_off_at or started_at < cut_off_at`,
  },
  {
    id: 'O10',
    says: 'a day whose value was wrong by half a per cent is dealt again as a whole, by joint approval; the fund bears what it could not take back',
    violations: `
      select format('class %s on %s, revision %s: %s after %s, by proposal %s', c.class_id, c.dealing_date, c.revision, c.price, c.price_before, p.number)
             as place
        from dealing_corrections c
        left join proposals p on p.id = c.proposal_id and p.state = 'EXECUTED' and p.kind = 'NAV_CORRECTION'
        left join (${RUNS}) b on b.class_id = c.class_id and b.dealing_date = c.dealing_date and b.revision = c.revision - 1
       where p.id is null or b.price is distinct from c.price_before or abs(c.price - c.price_before)::numeric * 200 < c.price_before
      union all
      select format('investor %s, order %s on %s, revision %s: %s units for %s, %s back', n.investor_id, n.order_key, n.dealing_date, n.revision, n.units,
                    n.amount_minor, n.release_minor)
        from deals n
        left join deals d on d.investor_id = n.investor_id and d.order_key = n.order_key and d.dealing_date = n.dealing_date and d.revision = n.revision - 1
       where n.revision > 0
         and ((d.class_id, d.buys, d.chunk, d.deferred_units) is distinct from (n.class_id, n.buys, n.chunk, n.deferred_units)
              or n.buys and d.amount_minor + d.release_minor <> n.amount_minor + n.release_minor
              or not n.buys and d.units <> n.units)
      union all
      select format('class %s on %s, %s %s: %s of %s revisions hold', k.class_id, k.dealing_date, case when k.buys then 'purchases' else 'redemptions' end,
                    k.chunk, count(*) filter (where k.journal_id is not null and k.reversal_id is null), count(*))
        from dealing_chunks k
       group by k.class_id, k.dealing_date, k.buys, k.chunk
      having count(*) filter (where k.journal_id is not null and k.reversal_id is null) > 1
          or count(*) filter (where k.journal_id is not null and k.reversal_id is null) = 0 and bool_or(k.reversal_id is not null)
      union all
      select format('class %s on %s, chunk %s, revision %s: its entries are not reversed as it says', k.class_id, k.dealing_date, k.chunk, k.revision)
        from dealing_chunks k
        left join journals b on b.id = k.reversal_id
        left join journals s on s.id = k.settled_reversal_id
       where k.reversal_id is not null
         and (b.reverses is distinct from k.journal_id or s.reverses is distinct from k.settled_journal_id)
      union all
      select format('class %s on %s, revision %s: through, and chunk %s still holds', c.class_id, c.dealing_date, c.revision, k.chunk)
        from dealing_corrections c
        join dealing_chunks k on k.class_id = c.class_id and k.dealing_date = c.dealing_date and k.revision < c.revision
       where c.step in ('MAIL', 'DONE') and k.reversal_id is null
      union all
      select format('investor %s, class %s on %s, revision %s: lent %s and %s units, in no entry', d.investor_id, d.class_id, d.dealing_date, d.revision,
                    d.lent_minor, d.lent_units)
        from dealing_bridges d
        left join dealing_chunks k on ${CHUNK}
       where k.journal_id is null or k.lent_journal_id is null or (d.returned_minor + d.returned_units > 0 and k.returned_journal_id is null)`,
  },
];
