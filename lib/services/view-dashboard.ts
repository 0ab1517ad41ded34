import { withStaff } from '@/db/client';
import { appNow } from '@/db/queries/clock';
import {
  type BalanceLine,
  countWaiting,
  listBalances,
  listToday,
  type TodayLine,
  type Waiting,
} from '@/db/queries/desk/dashboard';
import { listOfferings, type OfferingView } from '@/db/queries/offerings';
import type { StaffSession } from './read-as-staff';

export type DashboardView = {
  readAt: Date;
  /** Open, or approved and still to open. */
  underWay: OfferingView[];
  waiting: Waiting;
  today: TodayLine[];
  balances: BalanceLine[];
};

/** Everything on the dashboard, of one moment but for the clock's. */
export async function viewDashboard(session: StaffSession): Promise<DashboardView> {
  return withStaff(session.sessionId, async (db) => {
    const [readAt, offerings, waiting, today, balances] = await Promise.all([
      appNow(db),
      listOfferings(db),
      countWaiting(db),
      listToday(db),
      listBalances(db),
    ]);
    const underWay = offerings.filter(({ phase }) => phase === 'OPEN' || phase === 'UPCOMING');
    return { readAt, underWay, waiting, today, balances };
  });
}
