/** Monthly plans 積立 (DOMAIN §6): a day of the month, moved to the next dealing day; what happens when the cash is missing. */
import { dateOf, daysInMonth, type IsoDate } from '../calendar/dates';
import { dealingDayFrom } from '../calendar/dealing-days';
import { type HolidayCalendar, ruleCalendar } from '../calendar/holidays';
import type { IsoMonth } from '../calendar/month';
import type { PlanState } from '../states';

export const LAPSES_BEFORE_PAUSE = 3;

/** The dealing day of a plan in a month. A month without that day has its last one instead; a closed day moves on, into the next month if need be. */
export function planDate(dayOfMonth: number, month: IsoMonth, calendar: HolidayCalendar = ruleCalendar): IsoDate {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return dealingDayFrom(dateOf(year, number, Math.min(dayOfMonth, daysInMonth(year, number))), calendar);
}

export type PlanProgress = { state: PlanState; lapsesInARow: number };

/** What a month's turn does: an order with its cash set aside, or one that lapses 失効 at once. The third lapse in a row pauses the plan. */
export function takeTurn(
  plan: PlanProgress,
  amountMinor: bigint,
  availableMinor: bigint,
): { order: 'ACCEPTED' | 'LAPSED'; plan: PlanProgress } | null {
  if (plan.state !== 'ACTIVE') return null;
  if (amountMinor <= availableMinor) return { order: 'ACCEPTED', plan: { state: 'ACTIVE', lapsesInARow: 0 } };
  const lapsesInARow = plan.lapsesInARow + 1;
  return { order: 'LAPSED', plan: { state: lapsesInARow < LAPSES_BEFORE_PAUSE ? 'ACTIVE' : 'PAUSED', lapsesInARow } };
}

/** The person goes on with a paused plan, with a clean slate. */
export const resumePlan = (plan: PlanProgress): PlanProgress =>
  plan.state === 'PAUSED' ? { state: 'ACTIVE', lapsesInARow: 0 } : plan;
