import type { PlanAnswer } from '@/db/commands/savings-plans';
import type { Currency, PlanState } from '@/lib/domain/states';
import { ok, type Result, refuse } from '@/lib/result';

/** How a plan stands after a request; the same for every repetition of its key, but for `replayed`. */
export type PlanResult = { number: bigint; state: PlanState; nextMonth: string | null; at: Date; replayed: boolean };

/** The database's answer as a page takes it, each refusal beside the field that it is about. */
export function planResult(answer: PlanAnswer, currency: Currency): Result<PlanResult> {
  if (answer.ok) {
    const { ok: _, ...result } = answer;
    return ok(result);
  }
  const { code, figure } = answer;
  switch (code) {
    case 'plan.below-minimum':
      return refuse(code, { field: 'amount', params: { minimum: { money: figure ?? 0n, currency } } });
    case 'amount.zero':
    case 'amount.too-large':
      return refuse(code, { field: 'amount' });
    case 'plan.no-such-day':
      return refuse(code, { field: 'day' });
    case 'order.consent-missing':
      return refuse(code, { field: 'consent' });
    default:
      return refuse(code);
  }
}
