/** O1–O4, I1–I5, and the references that carry no constraint, as statements (see verify.ts). */
import type { Check } from './verify-check';
import { DEALING_MOVED, DEALING_RESERVED } from './verify-dealing';
import { SWITCH_HELD, SWITCH_MOVED } from './verify-switches';

const OPEN = `('ACCEPTED', 'CUT_OFF', 'PRICED')`;

/** What waits with cash set aside under a reservation: open orders and pending withdrawals. */
const WAITING = `
  select o.investor_id, o.key, 'ORDER' as purpose, c.currency_asset_id as asset_id, o.amount_minor
    from orders o join unit_classes c on c.id = o.class_id where o.state in ${OPEN}
  union all
  select investor_id, key, 'WITHDRAWAL', asset_id, amount_minor
    from cash_movements where kind = 'WITHDRAWAL' and state = 'PENDING'`;

/** Subscriptions that hold cash themselves: active, and their person not allotted yet. */
const SUBSCRIBED = `
  select s.investor_id, c.currency_asset_id as asset_id, s.reserved_minor as amount_minor
    from subscriptions s
    join unit_classes c on c.id = s.class_id
    left join (allotments a join allotment_chunks j on j.offering_id = a.offering_id and j.chunk = a.chunk and j.journal_id is not null)
      on a.offering_id = s.offering_id and a.investor_id = s.investor_id
   where s.state = 'ACTIVE' and a.investor_id is null`;

/** The price's scale of a class: amount = units × price × numerator ÷ denominator (lib/domain/orders/pricing). */
const PRICED = `
  select o.*, f.lot_units, f.price as offered_price, f.terms_version as offered_terms, f.class_id as offered_class, f.method,
         power(10::numeric, greatest(a.decimals - c.price_decimals, 0)) as numerator,
         c.quote_units * power(10::numeric, greatest(c.price_decimals - a.decimals, 0)) as denominator
    from orders o
    left join offerings f on f.id = o.offering_id
    left join unit_classes c on c.id = o.class_id
    left join assets a on a.id = c.currency_asset_id`;

/** The changes of a person's accounts that a movement of cash says it made: entry, its kind, account, asset, amount. */
const MOVED = `
  select investor_id, key, journal_id, 'DEPOSIT' as kind, 'INVESTOR_AVAILABLE' as account, asset_id, amount_minor as amount
    from cash_movements where kind = 'DEPOSIT'
  union all
  select investor_id, key, journal_id, 'CONVERSION', 'INVESTOR_AVAILABLE', asset_id, - amount_minor
    from cash_movements where kind = 'CONVERSION'
  union all
  select investor_id, key, journal_id, 'CONVERSION', 'INVESTOR_AVAILABLE', to_asset_id, to_amount_minor
    from cash_movements where kind = 'CONVERSION'
  union all
  select investor_id, key, journal_id, 'WITHDRAWAL_RESERVED', account, asset_id,
         case account when 'INVESTOR_AVAILABLE' then - amount_minor else amount_minor end
    from cash_movements cross join (values ('INVESTOR_AVAILABLE'), ('INVESTOR_RESERVED')) v(account) where kind = 'WITHDRAWAL'
  union all
  select investor_id, key, final_journal_id, 'WITHDRAWAL_PAID', 'INVESTOR_RESERVED', asset_id, - amount_minor
    from cash_movements where kind = 'WITHDRAWAL' and state = 'SETTLED'
  union all
  select investor_id, key, final_journal_id, 'WITHDRAWAL_CANCELLED', account, asset_id,
         case account when 'INVESTOR_AVAILABLE' then amount_minor else - amount_minor end
    from cash_movements cross join (values ('INVESTOR_AVAILABLE'), ('INVESTOR_RESERVED')) v(account)
   where kind = 'WITHDRAWAL' and state = 'CANCELLED'
  union all
  select o.investor_id, o.key, o.journal_id, 'OFFERING_SALE', 'INVESTOR_AVAILABLE', c.currency_asset_id, - o.amount_minor
    from orders o join unit_classes c on c.id = o.class_id where o.state = 'SETTLED'
  union all
  select o.investor_id, o.key, o.journal_id, 'OFFERING_SALE', 'INVESTOR_UNITS', c.unit_asset_id, o.units
    from orders o join unit_classes c on c.id = o.class_id where o.state = 'SETTLED'
  union all
  -- A refund needs no key of the person either.
  select r.investor_id, ('00000000-0000-0000-0000-' || lpad(to_hex(r.offering_id), 12, '0'))::uuid, k.journal_id, 'OFFERING_REFUND', v.account,
         case v.account when 'INVESTOR_UNITS' then c.unit_asset_id else c.currency_asset_id end,
         case v.account when 'INVESTOR_UNITS' then - sum(r.units) else sum(r.amount_minor) end
    from sale_refund_chunks k
    join orders r on r.offering_id = k.offering_id and r.investor_id between k.first_investor and k.last_investor and r.state = 'SETTLED'
    join unit_classes c on c.id = r.class_id
   cross join (values ('INVESTOR_AVAILABLE'), ('INVESTOR_UNITS')) v(account)
   group by r.investor_id, r.offering_id, k.journal_id, v.account, c.id
  union all
  select s.investor_id, s.key, s.journal_id,
         case s.act when 'PLACED' then 'SUBSCRIPTION_RESERVED' when 'CHANGED' then 'SUBSCRIPTION_CHANGED' else 'SUBSCRIPTION_RELEASED' end,
         v.account, c.currency_asset_id, case v.account when 'INVESTOR_AVAILABLE' then - s.delta_minor else s.delta_minor end
    from subscription_acts s
    join subscriptions b on b.investor_id = s.investor_id and b.key = s.subscription_key
    join unit_classes c on c.id = b.class_id
   cross join (values ('INVESTOR_AVAILABLE'), ('INVESTOR_RESERVED')) v(account)
   where s.delta_minor <> 0
  union all
  -- An allotment needs no key of the person: the offering, which allots once, is its key.
  select a.investor_id, ('00000000-0000-0000-0000-' || lpad(to_hex(a.offering_id), 12, '0'))::uuid, j.journal_id, 'ALLOTMENT', v.account,
         case v.account when 'INVESTOR_UNITS' then c.unit_asset_id else c.currency_asset_id end, v.amount
    from allotments a
    join allotment_chunks j on j.offering_id = a.offering_id and j.chunk = a.chunk and j.journal_id is not null
    join offerings o on o.id = a.offering_id
    join unit_classes c on c.id = o.class_id
   cross join lateral (values ('INVESTOR_RESERVED', - a.cost_minor - a.refund_minor), ('INVESTOR_AVAILABLE', a.refund_minor),
                              ('INVESTOR_UNITS', a.units)) v(account, amount)
   where v.amount <> 0
  union all ${DEALING_MOVED}
  union all ${SWITCH_MOVED}`;

const POSTED = `
  select p.investor_id, p.journal_id, j.kind::text as kind, p.account::text as account, p.asset_id, p.amount
    from postings p left join journals j on j.id = p.journal_id
   where p.investor_id <> 0 and j.kind is distinct from 'REVERSAL'`;

export const ORDER_CHECKS: readonly Check[] = [
  {
    id: 'O1',
    says: 'each order and movement stands in a declared state that its ledger entries allow',
    violations: `
      select format('investor %s, order %s: %s, entry %s', investor_id, key, state, coalesce(journal_id::text, 'none')) as place
        from (${PRICED}) o
       where (state = 'SETTLED') <> (journal_id is not null)
          or (state = 'SETTLED') <> (settled_at is not null)
          or settled_at < placed_at
          -- A first-come order passes through its states within one transaction: none is ever seen half way.
          or (method = 'FIRST_COME' and state <> 'SETTLED')
      union all
      select format('investor %s, %s %s: %s, last entry %s', investor_id, lower(kind::text), key, state,
                    coalesce(final_journal_id::text, 'none'))
        from cash_movements
       where journal_id is null
          or (kind <> 'WITHDRAWAL' and (state <> 'SETTLED' or final_journal_id is not null))
          or (kind = 'WITHDRAWAL' and (state = 'PENDING') <> (final_journal_id is null))
          or (state = 'PENDING') <> (finished_at is null)
          or finished_at < placed_at`,
  },
  {
    id: 'O2',
    says: 'each open order or withdrawal has exactly one reservation of its amount, and reserved cash is what they, subscriptions, orders at NAV and switches need',
    violations: `
      select format('investor %s, %s %s: %s open, %s reserved', w.investor_id, lower(w.purpose), w.key, w.amount_minor,
                    coalesce(sum(r.amount_minor)::text, 'nothing')) as place
        from (${WAITING}) w
        left join reservations r on r.investor_id = w.investor_id and r.key = w.key and r.purpose = w.purpose
       group by w.investor_id, w.key, w.purpose, w.asset_id, w.amount_minor
      having count(r.key) <> 1 or max(r.amount_minor) <> w.amount_minor or max(r.asset_id) <> w.asset_id
      union all
      select format('investor %s, asset %s: %s reserved in the wallet, %s waiting', investor_id, asset_id,
                    coalesce(w.reserved, 0), coalesce(o.amount, 0))
        from (select investor_id, asset_id, reserved from wallets where reserved <> 0) w
        full join (select investor_id, asset_id, sum(amount_minor) as amount
                     from (select investor_id, asset_id, amount_minor from (${WAITING}) w union all ${SUBSCRIBED} union all ${DEALING_RESERVED} union all ${SWITCH_HELD}) w group by 1, 2) o
       using (investor_id, asset_id)
       where coalesce(w.reserved, 0) <> coalesce(o.amount, 0)`,
  },
  {
    id: 'O3',
    says: 'nothing that is finished has a reservation',
    violations: `
      select format('investor %s, %s %s: %s reserved for nothing that waits', investor_id, lower(purpose), key, amount_minor) as place
        from reservations r
       where not exists (select 1 from (${WAITING}) w
                          where w.investor_id = r.investor_id and w.key = r.key and w.purpose = r.purpose)`,
  },
  {
    id: 'O4',
    says: 'each order keeps the class, the price and the terms that it was accepted under',
    violations: `
      select format('investor %s, order %s: class %s, price %s, terms %s; offered: class %s, price %s, terms %s', investor_id, key,
                    class_id, price, terms_version, offered_class, offered_price, offered_terms) as place
        from (${PRICED}) o
       where class_id is distinct from offered_class
          or terms_version not between 1 and coalesce(offered_terms, 0)
          or (terms_version = offered_terms and price <> offered_price)
          or amount_minor is distinct from ceil(units * price * numerator / denominator)`,
  },
  {
    id: 'O6',
    says: 'a first-come offering that was called off gives every buyer everything back, once, and no other does',
    violations: `
      select format('offering %s: %s, buyer %s in %s refunds', f.id, lower(f.state::text), r.investor_id, count(k.chunk)) as place
        from offerings f
        join (select distinct offering_id, investor_id from orders
               where state = 'SETTLED'
                 and offering_id in (select id from offerings where state = 'CANCELLED' union select offering_id from sale_refund_chunks)) r
          on r.offering_id = f.id
        left join sale_refunds s on s.offering_id = f.id
        left join sale_refund_chunks k on k.offering_id = f.id and r.investor_id between k.first_investor and k.last_investor
       where f.method = 'FIRST_COME'
       group by f.id, r.investor_id, s.offering_id
      having count(k.chunk) > 1 or (count(k.chunk) = 1 and f.state <> 'CANCELLED')
          or (count(k.chunk) = 0 and f.state = 'CANCELLED' and (s.offering_id is null or max(s.finished_at) is not null))
      union all
      select format('offering %s: refunded %s of %s units and %s of %s; its chunks: %s and %s', s.offering_id, s.refunded_units, s.units,
                    s.refunded_minor, s.amount_minor, c.units, c.amount)
        from sale_refunds s
       cross join lateral (
         select coalesce(sum(r.units), 0) as units, coalesce(sum(r.amount_minor), 0) as amount
           from sale_refund_chunks k
           join orders r on r.offering_id = k.offering_id and r.investor_id between k.first_investor and k.last_investor and r.state = 'SETTLED'
          where k.offering_id = s.offering_id) c
       where (s.refunded_units, s.refunded_minor) is distinct from (c.units, c.amount)
          or (s.finished_at is not null and (s.units, s.amount_minor) is distinct from (c.units, c.amount))`,
  },
  {
    id: 'I1',
    says: 'a key of a person has at most one effect',
    violations: `
      select format('investor %s, key %s: %s orders', investor_id, key, count(*)) as place
        from orders group by investor_id, key having count(*) > 1
      union all
      select format('investor %s, key %s: %s movements of cash', investor_id, key, count(*))
        from cash_movements group by investor_id, key having count(*) > 1
      union all
      select format('investor %s, key %s: %s acts on subscriptions', investor_id, key, count(*))
        from subscription_acts group by investor_id, key having count(*) > 1
      union all
      select format('investor %s, key %s: %s acts on orders at NAV', investor_id, key, count(*))
        from dealing_acts group by investor_id, key having count(*) > 1
      union all
      select format('investor %s, %s, key %s: %s answers', investor_id, operation, key, count(*))
        from idempotency_keys group by investor_id, operation, key having count(*) > 1
      union all
      select format('investor %s, entry %s: named by %s keys', investor_id, journal_id, count(distinct key))
        from (${MOVED}) m where journal_id is not null
       group by investor_id, journal_id having count(distinct key) > 1`,
  },
  {
    id: 'I2',
    says: 'the stored answer of an order is the one that its stored request gives',
    violations: `
      select format('investor %s, order %s: %s of %s answered with %s units for %s', investor_id, key, lower(kind::text), asked,
                    units, amount_minor) as place
        from (${PRICED}) o
       where case kind when 'BUY_UNITS' then units <> asked
             else amount_minor > asked
               or units is distinct from div(div(asked * denominator, price * numerator), lot_units) * lot_units end`,
  },
  {
    id: 'I3',
    says: 'each key is kept with its request, so that another request under it is seen',
    violations: `
      select format('investor %s, order %s: its request is not whole', investor_id, key) as place
        from orders
       where num_nulls(offering_id, kind, asked, price, terms_version) > 0 or asked <= 0
      union all
      select format('investor %s, %s, key %s: a hash of %s bytes', investor_id, operation, key, length(body_sha256))
        from idempotency_keys where length(body_sha256) is distinct from 32`,
  },
  {
    id: 'I4',
    says: 'a request in flight waits: no data shows it, the race tests of orders do',
    violations: null,
  },
  {
    id: 'I5',
    says: 'no effect is without its key, and no key without its effect',
    violations: `
      select format('investor %s, entry %s, %s %s asset %s: %s', investor_id, journal_id, kind, account, asset_id,
                    case when m.amount is null then 'posted ' || p.amount || ', no key'
                         else 'key ' || m.key || ' for ' || m.amount || ', not posted' end) as place
        from (${POSTED}) p
        full join (${MOVED}) m using (investor_id, journal_id, kind, account, asset_id, amount)
       where p.amount is null or m.key is null`,
  },
  {
    // A foreign key of these would lock a row that all orders share, so nothing but this line holds them.
    id: 'R1',
    says: 'what a row of a person names is there: class, offering, asset, document and the hash of its text',
    violations: `
      select format('investor %s, holding: no class %s', investor_id, class_id) as place
        from holdings h where not exists (select 1 from unit_classes c where c.id = h.class_id)
      union all
      select format('investor %s, order %s: no offering %s', investor_id, key, offering_id)
        from orders o where not exists (select 1 from offerings f where f.id = o.offering_id)
      union all
      select format('investor %s, subscription %s: no offering %s of class %s', investor_id, key, offering_id, class_id)
        from subscriptions s where not exists (select 1 from offerings f where f.id = s.offering_id and f.class_id = s.class_id)
      union all
      select format('investor %s, entry %s: no asset %s', investor_id, journal_id, asset_id)
        from postings p where not exists (select 1 from assets a where a.id = p.asset_id)
      union all
      select format('investor %s, %s: no document %s in %s with the hash %s', investor_id, lower(act), document_version_id, locale, sha256)
        from consents s
       where not exists (select 1 from document_texts t where t.document_version_id = s.document_version_id
                            and t.locale = s.locale and t.sha256 = s.sha256)`,
  },
];
