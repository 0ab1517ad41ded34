/**
 * Monthly plans 積立 (DOMAIN §6): a day of the month, moved to the next dealing day; what happens when the cash is missing. This is the reference for
 * db/functions/savings-plans.sql and savings-turns.sql; property tests hold the two together.
 */
import { addDays, dateOf, daysInMonth, type IsoDate } from '../calendar/dates';
import { closuresOn, dealingDayFrom } from '../calendar/dealing-days';
import type { SkippedDay } from '../calendar/dealing-times';
import { type HolidayCalendar, ruleCalendar } from '../calendar/holidays';
import { addMonths, type IsoMonth, monthOf } from '../calendar/month';
import { MAX_TYPED } from '../money/parse';
import { instantOf, localText } from '../offerings/local-time';
import type { PlanLapse, PlanState } from '../states';
import { type DealingFacts, type DealingRefusal, refuseDocument, refusePurchaser } from './decide';

export const LAPSES_BEFORE_PAUSE = 3;
export const LAST_PLAN_DAY = 31;

/**
 * When a plan's turn comes on its dealing day, by the clocks of the class's market: late enough that cash which arrives in the morning counts, and hours
 * before the cut-off, so that its owner can still cancel the order.
 */
export const TURN_TIME = '09:00';

/** The date that a plan asks for in a month: a month without that day has its last one instead. */
export function askedDate(dayOfMonth: number, month: IsoMonth): IsoDate {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return dateOf(year, number, Math.min(dayOfMonth, daysInMonth(year, number)));
}

/** The dealing day of a plan in a month. A closed day moves on, into the next month if need be. */
export const planDate = (dayOfMonth: number, month: IsoMonth, calendar: HolidayCalendar = ruleCalendar): IsoDate =>
  dealingDayFrom(askedDate(dayOfMonth, month), calendar);

export type PlanTurn = {
  month: IsoMonth;
  asked: IsoDate;
  /** The dealing day. */
  date: IsoDate;
  /** When the order is placed, or lapses. */
  at: Date;
  /** Every date from the one asked for to the day before the dealing day, with the reason. */
  moved: SkippedDay[];
};

export function planTurn(
  dayOfMonth: number,
  month: IsoMonth,
  { timeZone }: { timeZone: string },
  calendar: HolidayCalendar = ruleCalendar,
): PlanTurn {
  const asked = askedDate(dayOfMonth, month);
  const date = dealingDayFrom(asked, calendar);
  const at = instantOf(`${date}T${TURN_TIME}`, timeZone);
  if (!at) throw new RangeError(`There is no ${TURN_TIME} on ${date} in ${timeZone}.`);
  const moved: SkippedDay[] = [];
  for (let day = asked; day < date; day = addDays(day, 1))
    moved.push({ date: day, why: 'CLOSED', closures: closuresOn(day, calendar) });
  return { month, asked, date, at, moved };
}

/** The first turn that is still to come, in a month after the last one that the plan had a turn in. */
export function nextTurn(
  dayOfMonth: number,
  lastMonth: IsoMonth | null,
  now: Date,
  unitClass: { timeZone: string },
  calendar: HolidayCalendar = ruleCalendar,
): PlanTurn {
  // The turn of a month can lie in the next one, so the month before today's may still have its own.
  let month = addMonths(monthOf(localText(now, unitClass.timeZone).slice(0, 10)), -1);
  if (lastMonth !== null && month <= lastMonth) month = addMonths(lastMonth, 1);
  for (;;) {
    const turn = planTurn(dayOfMonth, month, unitClass, calendar);
    if (turn.at > now) return turn;
    month = addMonths(month, 1);
  }
}

export type PlanProgress = { state: PlanState; lapsesInARow: number };

/** What a month's turn does: an order with its cash set aside, or one that lapses 失効 at once. The third lapse in a row pauses the plan. */
export function takeTurn(
  plan: PlanProgress,
  lapse: PlanLapse | null,
): { order: 'ACCEPTED' | 'LAPSED'; plan: PlanProgress } | null {
  if (plan.state !== 'ACTIVE') return null;
  if (lapse === null) return { order: 'ACCEPTED', plan: { state: 'ACTIVE', lapsesInARow: 0 } };
  const lapsesInARow = plan.lapsesInARow + 1;
  return { order: 'LAPSED', plan: { state: lapsesInARow < LAPSES_BEFORE_PAUSE ? 'ACTIVE' : 'PAUSED', lapsesInARow } };
}

/** The person goes on with a paused plan, with a clean slate. */
export const resumePlan = (plan: PlanProgress): PlanProgress =>
  plan.state === 'PAUSED' ? { state: 'ACTIVE', lapsesInARow: 0 } : plan;

export type PlanPerson = Omit<DealingFacts['person'], 'freeUnits'>;
export type PlanClass = Pick<DealingFacts['unitClass'], 'country' | 'dealing'> & { planMinimumMinor: bigint };
export type PlanTerms = { amountMinor: bigint; dayOfMonth: number };

/** Why a turn lapses; null where it becomes an order. A standing order needs on its day what any other order needs. */
export function lapseOf(
  person: PlanPerson,
  unitClass: Pick<PlanClass, 'country'>,
  amountMinor: bigint,
  now: Date,
): PlanLapse | null {
  return (
    refusePurchaser(person, unitClass.country, now) ??
    refuseDocument(person) ??
    (amountMinor > person.availableMinor ? 'order.insufficient-cash' : null)
  );
}

export type PlanRefusal =
  | PlanLapse
  | Extract<DealingRefusal, 'order.dealing-not-open' | 'amount.zero' | 'amount.too-large'>
  | 'plan.exists'
  | 'plan.no-such-day'
  | 'plan.below-minimum'
  | 'plan.not-active'
  | 'plan.not-paused'
  | 'plan.ended';

type PlanFacts = { person: PlanPerson; unitClass: PlanClass; now: Date };

/** Null where the plan can begin. The cash is not asked for: it has to be there on the day of a turn. One plan a person and class. */
export function refuseStart(
  { person, unitClass, now }: PlanFacts,
  hasOne: boolean,
  terms: PlanTerms,
): PlanRefusal | null {
  return (
    refusePurchaser(person, unitClass.country, now) ??
    (unitClass.dealing ? null : 'order.dealing-not-open') ??
    (hasOne ? 'plan.exists' : null) ??
    refuseDocument(person) ??
    refuseTerms(unitClass, terms)
  );
}

/** Null where the amount or the day can be changed. */
export const refuseChange = (
  { person, unitClass, now }: PlanFacts,
  plan: Pick<PlanProgress, 'state'>,
  terms: PlanTerms,
): PlanRefusal | null =>
  refusePurchaser(person, unitClass.country, now) ??
  (plan.state === 'ENDED' ? 'plan.ended' : null) ??
  refuseTerms(unitClass, terms);

export const refuseResume = (
  { person, unitClass, now }: PlanFacts,
  plan: Pick<PlanProgress, 'state'>,
): PlanRefusal | null =>
  refusePurchaser(person, unitClass.country, now) ??
  (plan.state === 'ENDED' ? 'plan.ended' : null) ??
  (plan.state === 'PAUSED' ? null : 'plan.not-paused');

/** Whoever wants to order less may always, also while the account is frozen. */
export const refuseStop = (plan: Pick<PlanProgress, 'state'>, act: 'PAUSED' | 'ENDED'): PlanRefusal | null => {
  if (plan.state === 'ENDED') return 'plan.ended';
  return act === 'PAUSED' && plan.state !== 'ACTIVE' ? 'plan.not-active' : null;
};

function refuseTerms({ planMinimumMinor }: PlanClass, { amountMinor, dayOfMonth }: PlanTerms): PlanRefusal | null {
  if (!Number.isInteger(dayOfMonth) || dayOfMonth < 1 || dayOfMonth > LAST_PLAN_DAY) return 'plan.no-such-day';
  if (amountMinor <= 0n) return 'amount.zero';
  if (amountMinor > MAX_TYPED) return 'amount.too-large';
  return amountMinor < planMinimumMinor ? 'plan.below-minimum' : null;
}
