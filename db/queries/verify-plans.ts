/** Monthly plans as statements (see verify.ts). */
import type { Check } from './verify-check';

export const PLAN_CHECKS: readonly Check[] = [
  {
    id: 'O11',
    says: 'a plan orders once a month at most, at its hour or later: an order at NAV of its amount, or one that lapsed with nothing set aside',
    violations: `
      select format('investor %s, plan %s, %s: order %s is %s for %s', t.investor_id, t.plan_key, t.month, t.order_key, coalesce(lower(o.state::text), 'not there'),
                    coalesce(o.asked::text, 'nothing')) as place
        from savings_plan_turns t
        left join savings_plans p on p.investor_id = t.investor_id and p.key = t.plan_key
        left join dealing_orders o on o.investor_id = t.investor_id and o.key = t.order_key
        left join dealing_acts a on a.investor_id = t.investor_id and a.key = t.order_key and a.act = 'PLACED'
       where (o.class_id, o.kind, o.asked, o.placed_at) is distinct from (p.class_id, 'BUY_AMOUNT'::dealing_kind, t.amount_minor, t.at)
          or t.lapse is not null and o.state <> 'LAPSED'
          or a.delta_minor is distinct from case when t.lapse is null then t.amount_minor else 0 end
          or t.lapse is null and t.available_minor < t.amount_minor
          or t.lapse = 'order.insufficient-cash' and t.available_minor >= t.amount_minor
          or t.at < plan_turn_at(p.class_id, t.planned_date)
          or o.dealing_date < t.planned_date
      union all
      select format('investor %s, order %s: nothing set aside, and no lapse of a plan', a.investor_id, a.key)
        from dealing_acts a
        left join savings_plan_turns t on t.investor_id = a.investor_id and t.order_key = a.key
       where a.delta_minor = 0 and a.delta_units = 0 and t.lapse is null
      union all
      select format('investor %s, plan %s: %s comes again', p.investor_id, p.key, p.next_month)
        from savings_plans p
        join savings_plan_turns t on t.investor_id = p.investor_id and t.plan_key = p.key and t.month >= p.next_month`,
  },
  {
    id: 'O12',
    says: 'each plan is what its acts and turns made of it: its terms, its lapses in a row, and after the third a pause',
    violations: `
      select format('investor %s, plan %s: %s, %s on day %s, %s lapses; its newest act: %s %s on day %s; its newest turn: %s lapses', p.investor_id, p.key,
                    lower(p.state::text), p.amount_minor, p.day_of_month, p.lapses, coalesce(lower(a.act::text), 'none'), a.amount_minor, a.day_of_month,
                    coalesce(t.lapses::text, 'no')) as place
        from savings_plans p
        left join lateral (select * from savings_plan_acts x where x.investor_id = p.investor_id and x.plan_key = p.key order by x.sequence desc limit 1) a
          on true
        -- A change leaves the state as it was.
        left join lateral (select x.act, x.at from savings_plan_acts x
                            where x.investor_id = p.investor_id and x.plan_key = p.key and x.act <> 'CHANGED' order by x.sequence desc limit 1) s on true
        left join lateral (select * from savings_plan_turns x where x.investor_id = p.investor_id and x.plan_key = p.key order by x.month desc limit 1) t
          on true
       where (a.class_id, a.amount_minor, a.day_of_month) is distinct from (p.class_id, p.amount_minor, p.day_of_month)
          or p.lapses not in (coalesce(t.lapses, 0), case when exists (
               select 1 from savings_plan_acts x
                where x.investor_id = p.investor_id and x.plan_key = p.key and x.act = 'RESUMED' and (t.at is null or x.at >= t.at)) then 0
               else coalesce(t.lapses, 0) end)
          or p.state <> case when s.act = 'ENDED' then 'ENDED' when s.act = 'PAUSED' or p.lapses = 3 then 'PAUSED' else 'ACTIVE' end::plan_state
      union all
      select format('investor %s, plan %s, %s: lapse number %s after number %s', w.investor_id, w.plan_key, w.month, w.lapses, w.before)
        from (select t.*, coalesce(lag(t.lapses) over turns, 0) as before, lag(t.at) over turns as since
                from savings_plan_turns t window turns as (partition by t.investor_id, t.plan_key order by t.month)) w
       where w.lapse is not null and w.lapses <> w.before + 1
         and not (w.lapses = 1 and exists (select 1 from savings_plan_acts x
                                            where x.investor_id = w.investor_id and x.plan_key = w.plan_key and x.act = 'RESUMED'
                                              and x.at >= w.since and x.at <= w.at))`,
  },
];
