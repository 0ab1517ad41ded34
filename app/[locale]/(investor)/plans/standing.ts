/** How a plan stands, in words. */
import { getTranslations } from 'next-intl/server';
import type { PlanView } from '@/db/queries/plan-pages';
import { LAPSES_BEFORE_PAUSE } from '@/lib/domain/dealing/plan';

/** The lapses in a row that it counts, or why it no longer counts any, as a note. */
export async function standingText(plan: PlanView): Promise<{ state: string; note?: string }> {
  const t = await getTranslations('plans.state');
  const state = t(plan.state);
  if (plan.lapses >= LAPSES_BEFORE_PAUSE) return { state, note: t('PAUSED-lapses') };
  return plan.lapses > 0 ? { state, note: t('lapses', { count: plan.lapses }) } : { state };
}
