/** One call a page of monthly plans: everything it shows, read in one transaction that sees this person's rows alone. */
import { withInvestor } from '@/db/client';
import {
  getPlanCalendar,
  getPlanReader,
  listPlanActs,
  listPlanClasses,
  listPlans,
  listTurns,
  type PlanActView,
  type PlanCalendar,
  type PlanClassLine,
  type PlanReader,
  type PlanTurnView,
  type PlanView,
} from './savings-plans';

export type { PlanClassLine, PlanTurnView, PlanView } from './savings-plans';

export type PlansPage = PlanCalendar & { plans: PlanView[]; classes: PlanClassLine[] };

export const getPlansPage = (investorId: bigint): Promise<PlansPage> =>
  withInvestor(investorId, async (db) => {
    const [plans, classes, calendar] = await Promise.all([
      listPlans(db, investorId),
      listPlanClasses(db),
      getPlanCalendar(db),
    ]);
    return { plans, classes, ...calendar };
  });

export type PlanPage = PlanCalendar & {
  unitClass: PlanClassLine;
  reader: PlanReader;
  /** The plan that the person has for the class; null where it has ended, and before the first. */
  plan: PlanView | null;
  /** What became of the months, and what was done, also with plans that have ended. */
  turns: PlanTurnView[];
  acts: PlanActView[];
};

/** All that one person has to do with plans of a class. Null where there is no class of this code, or the person is no investor. */
export const getPlanPage = (investorId: bigint, classCode: string): Promise<PlanPage | null> =>
  withInvestor(investorId, async (db) => {
    const unitClass = (await listPlanClasses(db)).find(({ code }) => code === classCode);
    if (!unitClass) return null;
    const [reader, plans, turns, acts, calendar] = await Promise.all([
      getPlanReader(db, investorId, unitClass.id),
      listPlans(db, investorId),
      listTurns(db, investorId, { classId: unitClass.id }),
      listPlanActs(db, investorId, unitClass.id),
      getPlanCalendar(db),
    ]);
    const plan = plans.find((one) => one.unitClass.id === unitClass.id && one.state !== 'ENDED') ?? null;
    return reader && { unitClass, reader, plan, turns, acts, ...calendar };
  });
