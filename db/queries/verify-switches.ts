/** Switches between classes as statements (see verify.ts). */
import type { Check } from './verify-check';

/** Cash that is held for what a switch will buy. */
export const SWITCH_HELD = `
  select p.investor_id, c.currency_asset_id as asset_id, p.amount_minor
    from switch_parts p join unit_classes c on c.id = p.class_id where p.state = 'HELD'`;

/** The changes of a person's accounts that the parts of their switches say they made. */
export const SWITCH_MOVED = `
  select p.investor_id, p.key, v.journal_id, v.kind, v.account, c.currency_asset_id as asset_id, v.amount
    from switch_parts p
    join unit_classes c on c.id = p.class_id
   cross join lateral (values
     (p.held_journal_id, 'SWITCH_HELD', 'INVESTOR_AVAILABLE', - p.amount_minor), (p.held_journal_id, 'SWITCH_HELD', 'INVESTOR_RESERVED', p.amount_minor),
     (p.freed_journal_id, 'SWITCH_FREED', 'INVESTOR_AVAILABLE', p.amount_minor), (p.freed_journal_id, 'SWITCH_FREED', 'INVESTOR_RESERVED', - p.amount_minor))
     v (journal_id, kind, account, amount)
   where v.journal_id is not null`;

export const SWITCH_CHECKS: readonly Check[] = [
  {
    id: 'O13',
    says: 'a switch redeems one class of the fund for another, and each day that it was dealt and paid is held, carried on, or given free, once',
    violations: `
      select format('investor %s, order %s: a switch to class %s of %s units; its order: %s of %s', coalesce(s.investor_id, o.investor_id),
                    coalesce(s.key, o.key), coalesce(s.to_class_id::text, 'none'), coalesce(s.asked::text, 'all'), coalesce(lower(o.kind::text), 'none'),
                    o.asked) as place
        from switches s
        full join (select * from dealing_orders where kind = 'SWITCH') o on o.investor_id = s.investor_id and o.key = s.key
        left join unit_classes c on c.id = o.class_id
        left join unit_classes t on t.id = s.to_class_id
       where c.fund_id is distinct from t.fund_id or c.id = t.id or c.id is null or coalesce(s.asked, o.asked) <> o.asked
      union all
      select format('investor %s, switch %s on %s: paid, and %s parts hold', d.investor_id, d.order_key, d.dealing_date, p.count)
        from deals d
        join switches s on s.investor_id = d.investor_id and s.key = d.order_key
        join dealing_chunks k on k.class_id = d.class_id and k.dealing_date = d.dealing_date and k.buys = d.buys and k.chunk = d.chunk and k.revision = d.revision
       cross join lateral (select count(*) filter (where x.state <> 'REDEALT') as count, count(*) as all from switch_parts x
                            where x.investor_id = d.investor_id and x.key = d.order_key and x.dealing_date = d.dealing_date) p
       where k.reversal_id is null and k.settled_at is not null and d.amount_minor > 0
         -- Of a day that was dealt again the fund can have taken all of it.
         and p.count <> 1 and not (p.count = 0 and p.all > 0)`,
  },
  {
    id: 'O14',
    says: 'each part of a switch was paid by its day, and carried on is an order for the other class of that amount, at the rate of its conversion',
    violations: `
      select format('investor %s, switch %s on %s, revision %s: %s held, %s paid', p.investor_id, p.key, p.dealing_date, p.revision, p.amount_minor,
                    coalesce(d.amount_minor::text, 'nothing')) as place
        from switch_parts p
        left join switches s on s.investor_id = p.investor_id and s.key = p.key
        left join deals d on d.investor_id = p.investor_id and d.order_key = p.key and d.dealing_date = p.dealing_date and d.revision = p.revision
                         and d.class_id = p.class_id and not d.buys
        left join dealing_chunks k on k.class_id = d.class_id and k.dealing_date = d.dealing_date and k.buys = d.buys and k.chunk = d.chunk and k.revision = d.revision
       where s.key is null or d.amount_minor is null or p.amount_minor > d.amount_minor or p.revision = 0 and p.amount_minor <> d.amount_minor
          or k.settled_at is null or k.settled_at > p.held_at or p.state = 'REDEALT' and k.reversal_id is null
      union all
      select format('investor %s, switch %s on %s: %s became %s; order %s of class %s for %s, conversion of %s into %s', p.investor_id, p.key, p.dealing_date,
                    p.amount_minor, p.to_amount_minor, p.order_key, o.class_id, o.asked, m.amount_minor, m.to_amount_minor)
        from switch_parts p
        join switches s on s.investor_id = p.investor_id and s.key = p.key
        join unit_classes c on c.id = p.class_id
        join unit_classes t on t.id = s.to_class_id
        left join dealing_orders o on o.investor_id = p.investor_id and o.key = p.order_key
        left join cash_movements m on m.investor_id = p.investor_id and m.key = p.conversion_key and m.kind = 'CONVERSION'
       where p.state = 'CARRIED'
         and ((o.class_id, o.kind, o.asked, o.placed_at) is distinct from (s.to_class_id, 'BUY_AMOUNT'::dealing_kind, p.to_amount_minor, p.ended_at)
              or case when c.currency_asset_id = t.currency_asset_id then p.conversion_key is not null or p.to_amount_minor <> p.amount_minor
                      else (m.asset_id, m.amount_minor, m.to_asset_id, m.to_amount_minor, m.placed_at)
                           is distinct from (c.currency_asset_id, p.amount_minor, t.currency_asset_id, p.to_amount_minor, p.ended_at) end)`,
  },
];
