import { read } from '@/db/client';
import { startPlan as command } from '@/db/commands/savings-plans';
import { listPlanClasses } from '@/db/queries/savings-plans';
import { parseAmount } from '@/lib/domain/money/parse';
import { type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { byKey } from './by-key';
import { isKey } from './key';
import { type PlanResult, planResult } from './plan-result';
import { refuseWhenAway } from './refusals';

export type StartPlanInput = {
  classCode: string;
  /** A UUID made when the form was first shown: the same one again is the same plan. */
  key: string;
  /** As it was typed. */
  amount: string;
  day: number;
  /** "I have read the prospectus" was ticked. */
  consent: boolean;
};

/** Sets up a monthly plan 積立. Nothing is set aside: the cash has to be there when its turn comes. The rules are those of lib/domain/dealing/plan. */
export async function startPlan(actor: Actor, input: StartPlanInput): Promise<Result<PlanResult>> {
  if (!isKey(input.key)) return refuse('form.invalid');
  try {
    const unitClass = (await read(listPlanClasses)).find(({ code }) => code === input.classCode);
    if (!unitClass) return refuse('plan.not-found');
    const amount = parseAmount(input.amount, unitClass.currency, 'amount');
    if (!amount.ok) return amount;
    const { day, consent } = input;
    const call = { ...actor, key: input.key.toLowerCase(), classId: unitClass.id, dayOfMonth: day, consent };
    const answer = await byKey(() => read((_, sql) => command(sql, { ...call, amountMinor: amount.value })));
    return planResult(answer, unitClass.currency);
  } catch (error) {
    return refuseWhenAway(error);
  }
}
