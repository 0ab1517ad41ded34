/** L1–L8 and U1–U3 as statements (see verify.ts). Investor 0 holds the control accounts. */
import { APP_ROLE } from '../../scripts/lib/app-role.mjs';
import type { Check } from './verify-check';
import { BRIDGED, DEALT, DEALT_IN_FORCE } from './verify-dealing';

/** The logs, which are only ever added to, and the tables that functions of the owner alone write. */
const NOT_THE_SITES_TO_CHANGE = [
  'journals',
  'postings',
  'wallets',
  'holdings',
  'orders',
  'reservations',
  'cash_movements',
  'offering_slots',
  'identity_events',
  'suitability_answers',
  'consents',
  'eligibility_appeals',
  'idempotency_keys',
  'operator_log',
  'log_checkpoints',
  'proposals',
  'proposal_revisions',
  'proposal_signatures',
  'covenant_limits',
  'subscriptions',
  'subscription_acts',
  'draws',
  'draw_commitments',
  'applicants',
  'allotment_runs',
  'allotments',
  'allotment_chunks',
  'document_notices',
  'sale_refunds',
  'sale_refund_chunks',
  'dealing_orders',
  'dealing_acts',
  'dealing_runs',
  'deals',
  'dealing_chunks',
  'dealing_corrections',
  'dealing_bridges',
  'switches',
  'switch_parts',
];

/** Every stored balance of a person, account by account, with the version of its last posting. */
const STORED = `
  select investor_id, asset_id, 'INVESTOR_AVAILABLE'::ledger_account as account, available as balance,
         available_version as version
    from wallets
  union all
  select investor_id, asset_id, 'INVESTOR_RESERVED', reserved, reserved_version from wallets
  union all
  select h.investor_id, c.unit_asset_id, 'INVESTOR_UNITS', h.units, h.version
    from holdings h join unit_classes c on c.id = h.class_id`;

/** The refund of an order `r`, where there is one. */
const REFUNDED = `
  select 1 from sale_refund_chunks k where k.offering_id = r.offering_id and r.investor_id between k.first_investor and k.last_investor`;

export const LEDGER_CHECKS: readonly Check[] = [
  {
    id: 'L1',
    says: 'each entry balances per asset and has at least two postings',
    violations: `
      with sums as materialized (
        select journal_id, asset_id, sum(amount) as amount, count(*) as postings from postings group by 1, 2
      ), counts as (
        select journal_id, sum(postings) as postings from sums group by 1
      )
      select format('entry %s, asset %s: off by %s', journal_id, asset_id, amount) as place from sums where amount <> 0
      union all
      select format('entry %s: %s postings', id, coalesce(postings, 0))
        from journals left join counts on journal_id = id where coalesce(postings, 0) < 2
      union all
      select format('entry %s: postings without an entry', journal_id)
        from counts where not exists (select 1 from journals where id = journal_id)`,
  },
  {
    id: 'L2',
    says: 'all accounts of an asset sum to zero',
    violations: `
      select format('asset %s: off by %s', asset_id, sum(amount)) as place
        from (select asset_id, balance as amount from (${STORED}) s
              union all
              select asset_id, amount from postings where investor_id = 0) a
       group by asset_id having sum(amount) <> 0`,
  },
  {
    id: 'L3',
    says: 'each stored balance is the sum of its postings',
    violations: `
      select format('investor %s, asset %s, %s: stored %s, posted %s', investor_id, asset_id, account,
                    coalesce(s.balance, 0), coalesce(p.amount, 0)) as place
        from (${STORED}) s
        full join (select investor_id, asset_id, account, sum(amount) as amount
                     from postings where investor_id <> 0 group by 1, 2, 3) p
       using (investor_id, asset_id, account)
       where coalesce(s.balance, 0) <> coalesce(p.amount, 0)`,
  },
  {
    id: 'L4',
    says: 'each posting follows from the one before it, versions without gaps',
    violations: `
      with chain as (
        select investor_id, asset_id, account, version, amount, balance_after,
               lag(version, 1, 0::bigint) over previous as version_before,
               lag(balance_after, 1, 0::bigint) over previous as balance_before,
               lead(version) over previous is null as last
          from postings where investor_id <> 0
        window previous as (partition by investor_id, asset_id, account order by version)
      ), stored as (${STORED})
      select format('investor %s, asset %s, %s, version %s: %s and %s do not make %s after version %s',
                    investor_id, asset_id, account, version, balance_before, amount, balance_after, version_before) as place
        from chain
       where version <> version_before + 1 or balance_before + amount is distinct from balance_after
      union all
      select format('investor %s, asset %s, %s: stored version %s, last posting %s', investor_id, asset_id, account,
                    coalesce(s.version, 0), coalesce(c.version, 0))
        from stored s full join (select * from chain where last) c using (investor_id, asset_id, account)
       where coalesce(s.version, 0) <> coalesce(c.version, 0)`,
  },
  {
    id: 'L5',
    says: 'no cash of a person, available or reserved, is or was below zero',
    violations: `
      select format('investor %s, asset %s: available %s, reserved %s', investor_id, asset_id, available, reserved) as place
        from wallets where available < 0 or reserved < 0
      union all
      select format('investor %s, asset %s, %s: %s at version %s', investor_id, asset_id, account, balance_after, version)
        from postings
       where balance_after < 0 and account in ('INVESTOR_AVAILABLE', 'INVESTOR_RESERVED')`,
  },
  {
    id: 'L6',
    says: `the site's role ${APP_ROLE} may not change or remove what was recorded`,
    violations: `
      with recorded as (
        select name::regclass as oid, name from unnest('{${NOT_THE_SITES_TO_CHANGE.join(',')}}'::text[]) as name
        union all
        select i.inhrelid, c.relname
          from unnest('{${NOT_THE_SITES_TO_CHANGE.join(',')}}'::text[]) as name
          join pg_inherits i on i.inhparent = name::regclass join pg_class c on c.oid = i.inhrelid
      )
      select format('%s may %s on %s', rolname, act, name) as place
        from pg_roles
       cross join recorded
       cross join unnest('{UPDATE,DELETE,TRUNCATE}'::text[]) as act
       where rolname = '${APP_ROLE}'
         and (has_table_privilege(rolname, recorded.oid, act)
              or (act = 'UPDATE' and has_any_column_privilege(rolname, recorded.oid, act)))
      union all
      select format('%s: superuser, exempt from row-level security, or of the owner''s role', rolname)
        from pg_roles
       where rolname = '${APP_ROLE}'
         and (rolsuper or rolbypassrls
              or pg_has_role(oid, (select relowner from pg_class where oid = 'postings'::regclass), 'MEMBER'))`,
  },
  {
    id: 'L7',
    says: 'a correction is a whole reversal of an earlier entry, at most one an entry',
    violations: `
      select format('entry %s: %s, reverses %s', id, kind, coalesce(reverses::text, 'nothing')) as place
        from journals j
       where (kind = 'REVERSAL') <> (reverses is not null)
          or (reverses is not null
              and not exists (select 1 from journals r where r.id = j.reverses and r.id < j.id and r.kind <> 'REVERSAL'))
      union all
      select format('entry %s: reversed %s times', reverses, count(*))
        from journals where reverses is not null group by reverses having count(*) > 1
      union all
      select format('entry %s: does not undo entry %s for investor %s, asset %s, %s', j.id, j.reverses, investor_id, asset_id, account)
        from journals j join postings p on p.journal_id in (j.id, j.reverses)
       where j.reverses is not null
       group by j.id, j.reverses, investor_id, asset_id, account having sum(amount) <> 0`,
  },
  {
    id: 'L8',
    says: 'a conversion is two balanced legs at a stored rate: the mid rate of its day and the spread',
    violations: `
      with legs as (
        select p.journal_id, p.asset_id, max(p.investor_id) as investor_id,
               sum(p.amount) filter (where p.account = 'INVESTOR_AVAILABLE') as own,
               sum(p.amount) filter (where p.account = 'FX_DESK') as desk
          from postings p join journals j on j.id = p.journal_id and j.kind = 'CONVERSION' group by 1, 2
      ), priced as (
        select m.*, f.jpy_per_usd_e4 as published,
               case a.code when 'JPY' then m.mid_rate_e4 + 100 * f.spread_sen else m.mid_rate_e4 - 100 * f.spread_sen end as dealt,
               case a.code when 'JPY' then div(m.amount_minor::numeric * 1000000, m.rate_e4)
                           else div(m.amount_minor::numeric * m.rate_e4, 1000000) end as due
          from cash_movements m
          join assets a on a.id = m.asset_id
          left join fx_rates f on f.rate_date = m.rate_date
         where m.kind = 'CONVERSION'
      )
      select format('investor %s, conversion %s: rate %s of mid %s on %s gives %s, not %s', investor_id, key, rate_e4,
                    mid_rate_e4, rate_date, due, to_amount_minor) as place
        from priced
       where mid_rate_e4 is distinct from published or rate_e4 is distinct from dealt or to_amount_minor is distinct from due
      union all
      select format('investor %s, conversion %s: entry %s has not its two legs', m.investor_id, m.key, m.journal_id)
        from priced m
       where not exists (select 1 from legs l where l.journal_id = m.journal_id and l.investor_id = m.investor_id
                            and l.asset_id = m.asset_id and l.own = - m.amount_minor and l.desk = m.amount_minor)
          or not exists (select 1 from legs l where l.journal_id = m.journal_id and l.investor_id = m.investor_id
                            and l.asset_id = m.to_asset_id and l.own = m.to_amount_minor and l.desk = - m.to_amount_minor)
      union all
      select format('entry %s: %s legs of a conversion, %s conversions', journal_id, count(*), max(named))
        from legs l
       cross join lateral (select count(*) as named from priced m where m.journal_id = l.journal_id) n
       group by journal_id having count(*) <> 2 or max(named) <> 1`,
  },
  {
    id: 'U1',
    says: 'units held are the units issued are the units sold, allotted or dealt, and at most those authorised',
    violations: `
      with held as (
        select class_id, sum(units) as units from holdings group by 1
      ), issued as (
        select asset_id, - sum(amount) as units from postings where account = 'UNITS_ISSUED' group by 1
      ), offered as (
        select o.id, o.class_id, o.size_units, coalesce(a.units, 0) as allotted, coalesce(b.units, 0) as ordered,
               -- One that was called off has no slots: what is left of its sales is what is not refunded.
               coalesce(s.remaining, o.size_units - case when o.state = 'CANCELLED' then coalesce(b.units, 0) else 0 end) as remaining
          from offerings o
          left join (select r.offering_id, sum(r.units) as units from orders r
                      where r.state = 'SETTLED' and not exists (${REFUNDED}) group by 1) b on b.offering_id = o.id
          left join (select b.offering_id, sum(b.units) as units
                       from allotments b join allotment_chunks j on j.offering_id = b.offering_id and j.chunk = b.chunk and j.journal_id is not null group by 1) a
            on a.offering_id = o.id
          left join (select offering_id, sum(remaining) as remaining from offering_slots group by 1) s on s.offering_id = o.id
      ), sold as (
        select class_id, sum(units) as units
          from (select class_id, size_units - remaining + allotted as units from offered union all ${DEALT_IN_FORCE}) s
         group by 1
      )
      select format('class %s: held %s, issued %s, sold %s, authorised %s', c.code, coalesce(h.units, 0),
                    coalesce(i.units, 0), coalesce(s.units, 0), c.authorised_units) as place
        from unit_classes c
        left join held h on h.class_id = c.id
        left join issued i on i.asset_id = c.unit_asset_id
        left join sold s on s.class_id = c.id
       where coalesce(h.units, 0) <> coalesce(i.units, 0) or coalesce(h.units, 0) <> coalesce(s.units, 0)
          or coalesce(h.units, 0) > c.authorised_units
      union all
      select format('offering %s: size %s, left %s, ordered %s', id, size_units, remaining, ordered)
        from offered
       where remaining < 0 or remaining > size_units or size_units - remaining <> ordered`,
  },
  {
    id: 'U2',
    says: 'no holding is or was below zero',
    violations: `
      select format('investor %s, class %s: %s units', investor_id, class_id, units) as place from holdings where units < 0
      union all
      select format('investor %s, asset %s: %s units at version %s', investor_id, asset_id, balance_after, version)
        from postings where account = 'INVESTOR_UNITS' and balance_after < 0`,
  },
  {
    id: 'U3',
    says: 'each change of units is that of one order, of one allotment, of one refund, of one dealing day, or of a reversal',
    violations: `
      with named as (
        select investor_id, journal_id, class_id, units from orders
        union all
        select r.investor_id, k.journal_id, r.class_id, - sum(r.units)
          from sale_refund_chunks k
          join orders r on r.offering_id = k.offering_id and r.investor_id between k.first_investor and k.last_investor and r.state = 'SETTLED'
         group by r.investor_id, k.journal_id, r.class_id
        union all
        select a.investor_id, j.journal_id, o.class_id, a.units
          from allotments a
          join allotment_chunks j on j.offering_id = a.offering_id and j.chunk = a.chunk and j.journal_id is not null
          join offerings o on o.id = a.offering_id
        union all
        select investor_id, journal_id, class_id, sum(units) from (${DEALT}) d group by 1, 2, 3
        union all ${BRIDGED}
      )
      select format('investor %s, asset %s: %s units in entry %s, named by %s orders or allotments', p.investor_id, p.asset_id, p.amount,
                    p.journal_id, count(o.units)) as place
        from postings p
        left join journals j on j.id = p.journal_id
        left join (named o join unit_classes c on c.id = o.class_id)
          on o.investor_id = p.investor_id and o.journal_id = p.journal_id
         and c.unit_asset_id = p.asset_id and o.units = p.amount
       where p.account = 'INVESTOR_UNITS' and j.kind is distinct from 'REVERSAL'
       group by p.investor_id, p.asset_id, p.version, p.amount, p.journal_id
      having count(o.units) <> 1`,
  },
];
