import { read, withInvestor } from '@/db/client';
import { actOnPlan as command, type PlanChange } from '@/db/commands/savings-plans';
import { listPlans } from '@/db/queries/savings-plans';
import { parseAmount } from '@/lib/domain/money/parse';
import type { PlanAct } from '@/lib/domain/states';
import { type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { byKey } from './by-key';
import { isKey } from './key';
import { type PlanResult, planResult } from './plan-result';
import { refuseWhenAway } from './refusals';

export type PlanActInput = { plan: string; key: string; consent?: boolean } & (
  | { act: 'CHANGED'; amount: string; day: number }
  | { act: Exclude<PlanAct, 'STARTED' | 'CHANGED'> }
);

/** Changes the amount or the day of a plan, pauses, resumes or ends it; with `consent` a newer prospectus is agreed to by it. A month that has had its turn stays as it is. */
export async function actOnPlan(actor: Actor, input: PlanActInput): Promise<Result<PlanResult>> {
  if (!isKey(input.key)) return refuse('form.invalid');
  if (!isKey(input.plan)) return refuse('plan.not-found');
  const [key, plan] = [input.key.toLowerCase(), input.plan.toLowerCase()];
  const { investorId } = actor;
  try {
    const plans = await withInvestor(investorId, (db) => listPlans(db, investorId));
    const found = plans.find((one) => one.key === plan);
    if (!found) return refuse('plan.not-found');
    const { currency } = found.unitClass;
    let change: PlanChange;
    if (input.act === 'CHANGED') {
      const amount = parseAmount(input.amount, currency, 'amount');
      if (!amount.ok) return amount;
      change = { act: input.act, amountMinor: amount.value, dayOfMonth: input.day };
    } else change = { act: input.act };
    const answer = await byKey(() =>
      read((_, sql) => command(sql, { ...actor, key, plan, consent: input.consent ?? false, ...change })),
    );
    return planResult(answer, currency);
  } catch (error) {
    return refuseWhenAway(error);
  }
}
