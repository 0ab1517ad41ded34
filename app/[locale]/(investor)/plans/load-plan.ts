/** What the pages of a plan show, from figures read now. The service decides again under its locks. */
import { cache } from 'react';
import { getPlanPage, type PlanClassLine, type PlanPage } from '@/db/queries/plan-pages';
import { requireInvestor } from '@/lib/auth/session';
import { dealingTimes } from '@/lib/domain/calendar/dealing-times';
import { calendarOf, type HolidayCalendar } from '@/lib/domain/calendar/holidays';
import { refusePurchaser } from '@/lib/domain/dealing/decide';

/** The class, by its code in either case, and the person's own side of it, or null; asked once a request, however many parts of the page ask. */
export const loadPlan = cache(async (code: string): Promise<PlanPage | null> => {
  const { investorId } = await requireInvestor();
  return getPlanPage(investorId, code.toUpperCase());
});

/** Whether continuous dealing of the class has begun by the day that an order of now would have. */
export const isDealing = (unitClass: PlanClassLine, calendar: HolidayCalendar, now: Date): boolean =>
  unitClass.dealingFrom !== null && dealingTimes(now, unitClass, calendar).dealingDate >= unitClass.dealingFrom;

export type PlanTrouble = 'exists' | 'other-country' | 'not-eligible' | 'closed';

/** What stands against a new plan of this person here, before an amount is known. */
export function whyNot({ unitClass, reader, plan, holidays, readAt }: PlanPage): PlanTrouble | undefined {
  if (plan) return 'exists';
  const code = refusePurchaser(reader, unitClass.country, readAt);
  if (code === 'order.other-country') return 'other-country';
  if (code) return 'not-eligible';
  return isDealing(unitClass, calendarOf(holidays), readAt) ? undefined : 'closed';
}
