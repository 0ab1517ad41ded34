import { withStaff } from '@/db/client';
import {
  type ClockRun,
  type ClockState,
  getClock,
  getClockRun,
  listUpcomingEvents,
  type UpcomingEvent,
} from '@/db/queries/clock';
import type { StaffSession } from './read-as-staff';

/** The page lists so many: a year ahead is for the public calendar. */
const EVENTS_SHOWN = 12;

export type ClockView = ClockState & { run: ClockRun | null; events: UpcomingEvent[] };

/** What the clock shows, where its run stands, and what comes next. */
export const viewClock = ({ sessionId }: StaffSession): Promise<ClockView> =>
  withStaff(sessionId, async (db) => {
    const [state, run, events] = await Promise.all([
      getClock(db),
      getClockRun(db),
      listUpcomingEvents(db, EVENTS_SHOWN),
    ]);
    return { ...state, run, events };
  });
