import type { PlanPage, PlanView } from '@/db/queries/plan-pages';

/** The page of somebody who has a plan of the class. */
export type Standing = PlanPage & { plan: PlanView };
