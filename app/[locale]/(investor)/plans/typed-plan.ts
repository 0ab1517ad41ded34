/** What was typed into the form of a plan, as it travels in the address to its review: read anew there and trusted nowhere. */
import { LAST_PLAN_DAY } from '@/lib/domain/dealing/plan';
import type { PlanAct } from '@/lib/domain/states';
import { type Locale, localePath } from '@/lib/i18n/locale';

export type TypedPlan = { amount: string; day: string };

type Search = Record<string, string | string[] | undefined>;

const DAY = /^(?:[1-9]|[12]\d|3[01])$/;
/** What a form chooses at first: most wages have come by then, in both countries. */
const FIRST_DAY = '27';

export function typedPlan({ amount, day }: Search): TypedPlan {
  return {
    amount: typeof amount === 'string' ? amount.slice(0, 40) : '',
    day: typeof day === 'string' && DAY.test(day) ? day : FIRST_DAY,
  };
}

export const PLAN_DAYS = Array.from({ length: LAST_PLAN_DAY }, (_, index) => index + 1);

type Page = '' | '/review' | '/prospectus' | '/change';

/** A page of the plans of a class, with what was typed; `key` names the plan that a review may become. */
export function planPath(locale: Locale, classCode: string, page: Page = '', typed?: TypedPlan, key?: string) {
  const query = new URLSearchParams(typed && { ...typed, ...(key && { key }) });
  return localePath(locale, `/plans/${classCode.toLowerCase()}${page}${query.size > 0 ? `?${query}` : ''}`);
}

/** Where an act leads: to the plan, or, once that has ended, to the list of plans. */
export const donePath = (locale: Locale, classCode: string, act: PlanAct) =>
  localePath(locale, `/plans${act === 'ENDED' ? '' : `/${classCode.toLowerCase()}`}?done=${act}`);
