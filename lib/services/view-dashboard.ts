import { withStaff } from '@/db/client';
import { appNow } from '@/db/queries/clock';
import {
  type BalanceLine,
  countWaiting,
  listBalances,
  listToday,
  listUnderWay,
  type TodayLine,
  type Waiting,
} from '@/db/queries/desk/dashboard';
import { listRunsUnderWay, type RunUnderWay } from '@/db/queries/desk/draw';
import type { OfferingLine } from '@/db/queries/desk/offerings';
import type { Country } from '@/lib/domain/states';
import type { StaffSession } from './read-as-staff';

export type DashboardView = {
  readAt: Date;
  underWay: OfferingLine[];
  runs: RunUnderWay[];
  waiting: Waiting;
  today: TodayLine[];
  balances: BalanceLine[];
};

/** Everything on the dashboard, of one moment but for the clock's. */
export async function viewDashboard(session: StaffSession & { side: Country | null }): Promise<DashboardView> {
  return withStaff(session.sessionId, async (db) => {
    const [readAt, underWay, runs, waiting, today, balances] = await Promise.all([
      appNow(db),
      listUnderWay(db),
      listRunsUnderWay(db),
      countWaiting(db, session.side),
      listToday(db),
      listBalances(db),
    ]);
    return { readAt, underWay, runs, waiting, today, balances };
  });
}
