/** Where an order at NAV stands, from what is on record: one answer for the box at the top, the steps, and the figures. */
import type { DealingOrderDetails } from '@/db/queries/investor-pages';
import { addDays, dealingDayFrom } from '@/lib/domain/calendar/dealing-days';
import { payoutDateOf, settlementDateOf } from '@/lib/domain/calendar/dealing-times';
import { calendarOf } from '@/lib/domain/calendar/holidays';

export const isPurchase = ({ kind }: Pick<DealingOrderDetails, 'kind'>): boolean =>
  kind === 'BUY_AMOUNT' || kind === 'BUY_UNITS';

/** How its texts speak of it: a switch is neither paid for nor paid out. */
export const sideOf = (order: DealingOrderDetails): 'buy' | 'sell' | 'switch' =>
  order.switching ? 'switch' : isPurchase(order) ? 'buy' : 'sell';

/** The days that dealt a part of the order; one that let nothing of it pass is not among them. */
export const dealtDays = ({ days }: DealingOrderDetails) => days.filter(({ units }) => units > 0n);

/** Whether the gate has left something of it for a later day. */
export const isDeferred = ({ state, days }: DealingOrderDetails): boolean =>
  state === 'CUT_OFF' && (days.at(-1)?.deferredUnits ?? 0n) > 0n;

/** The dealing day that the order, or what is left of it, waits for: its own, or the next one after a closure or a deferral. */
export function nextDealingDay({ dealingDate, days, holidays }: DealingOrderDetails): string {
  const last = days.at(-1);
  return dealingDayFrom(last ? addDays(last.dealingDate, 1) : dealingDate, calendarOf(holidays));
}

/** When the last of its cash changes hands: by the runs that dealt it, or before them by the calendar. */
export function finalDate(order: DealingOrderDetails): string {
  const last = dealtDays(order).at(-1);
  const buys = isPurchase(order);
  if (last && !isDeferred(order)) return buys ? last.settlementDate : last.payoutDate;
  const dateOf = buys ? settlementDateOf : payoutDateOf;
  return dateOf(nextDealingDay(order), order.unitClass, calendarOf(order.holidays));
}

/** Whether it can be cancelled now. The service decides again under its locks. */
export const isCancellable = ({ state, cutOffAt, readAt }: DealingOrderDetails): boolean =>
  state === 'ACCEPTED' && readAt < cutOffAt;
