/** Monthly plans that are broken on purpose, and what `npm run verify` says of them. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { PLAN_LAPSES } from '@/lib/domain/states';
import { actOnPlan, listDuePlans, startPlan, takePlanTurns } from '../commands/savings-plans';
import type { Sql } from '../connect';
import type { Break } from '../test-breaks';
import { addInvestors, fund } from '../test-scene';

/** Somebody whose plan has ordered once, and somebody whose plan has lapsed once. Dealing ends again with it, and the clock stands where it stood. */
export async function planHistory(sql: Sql): Promise<void> {
  const [paying = 0n, broke = 0n] = await addInvestors(sql, 2);
  await sql`insert into consents (investor_id, document_version_id, act, locale, sha256)
    select i, t.document_version_id, a, t.locale, t.sha256
      from document_texts t join document_versions d on d.id = t.document_version_id
     cross join unnest(array[${paying}, ${broke}]::bigint[]) i
     cross join unnest(array['OPENED', 'AGREED']) a where d.kind = 'PROSPECTUS' on conflict do nothing`;
  await fund(sql, [paying], 'USD', 100_000n);
  const [clock] = await sql<{ mode: string; at: Date | null }[]>`select mode, at from clock`;
  await sql`update unit_classes set dealing_from = '2000-01-01' where code = 'US'`;
  const [us] = await sql<{ id: number }[]>`select id from unit_classes where code = 'US'`;
  for (const investorId of [paying, broke]) {
    const plan = randomUUID();
    const call = { investorId, locale: 'en', consent: false } as const;
    const terms = { classId: us?.id ?? 0, amountMinor: 5_000n, dayOfMonth: 10 };
    expect(await startPlan(sql, { ...call, ...terms, key: plan })).toMatchObject({ ok: true });
    const change = { act: 'CHANGED', amountMinor: 6_000n, dayOfMonth: 11 } as const;
    expect(await actOnPlan(sql, { ...call, plan, key: randomUUID(), ...change })).toMatchObject({ ok: true });
  }
  const [turn] = await sql<{ at: Date }[]>`
    select max(plan_turn_at(class_id, plan_date(next_month, day_of_month))) as at from savings_plans where state = 'ACTIVE'`;
  await sql`update clock set mode = 'STEPPED', at = ${turn?.at ?? null}`;
  const [due] = await listDuePlans(sql);
  const outcomes = [{ reason: null, lapses: 0 }, ...PLAN_LAPSES.map((reason) => ({ reason, lapses: 1 }))];
  const mails = outcomes.map((one) => ({ ...one, locale: 'en', kind: 'plan', subject: '-', body: '-' }) as const);
  if (!due) throw new Error('No plan is due.');
  expect(await takePlanTurns(sql, due, 10, mails)).toEqual({ turns: 2, finished: true });
  await sql`update unit_classes set dealing_from = null where code = 'US'`;
  await sql`update clock set mode = ${clock?.mode ?? 'REAL'}, at = ${clock?.at ?? null}`;
}

const ordered = `(investor_id, key) in (select investor_id, order_key from savings_plan_turns where lapse is null)`;
const lapsed = `(investor_id, key) in (select investor_id, order_key from savings_plan_turns where lapse is not null)`;

export const PLAN_BREAKS: Break[] = [
  {
    name: 'a plan comes to a month again that it has had',
    statements: [`update savings_plans set next_month = (next_month - interval '1 month')::date`],
    red: ['O11'],
  },
  {
    name: 'a turn is lost',
    statements: ['delete from savings_plan_turns where lapse is not null'],
    red: ['O11', 'O12'],
  },
  {
    name: 'the order of a plan is for another amount',
    statements: [`update dealing_orders set asked = asked + 1 where ${lapsed}`],
    red: ['O7', 'O11'],
  },
  {
    name: 'a plan lapsed although the cash was there',
    statements: ['update savings_plan_turns set available_minor = amount_minor where lapse is not null'],
    red: ['O11'],
  },
  {
    name: 'a turn came before its hour',
    statements: [
      `update savings_plan_turns set at = at - interval '1 second' where lapse is null`,
      `update dealing_orders set placed_at = placed_at - interval '1 second' where ${ordered}`,
      `update dealing_acts set at = at - interval '1 second' where ${ordered}`,
    ],
    red: ['O11'],
  },
  {
    name: 'a plan buys for more than its owner said',
    statements: [`update savings_plans set amount_minor = amount_minor + 1`],
    red: ['O12'],
  },
  {
    name: 'a plan forgets a lapse',
    statements: ['update savings_plans set lapses = 0 where lapses = 1'],
    red: ['O12'],
  },
  {
    name: 'a lapse is counted that was none',
    statements: [
      'update savings_plans set lapses = 2 where lapses = 1',
      'update savings_plan_turns set lapses = 2 where lapses = 1',
    ],
    red: ['O12'],
  },
  {
    name: 'a plan stands still and nobody has paused it',
    statements: [`update savings_plans set state = 'PAUSED', next_month = null where lapses = 0`],
    red: ['O12'],
  },
];
