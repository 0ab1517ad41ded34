import { withStaff } from '@/db/client';
import { type LogLine, listLog } from '@/db/queries/governance';
import type { StaffSession } from './read-as-staff';

export type { LogLine };

/** The log of operators' acts, the newest first. */
export const viewLog = (session: StaffSession, query: { search: string; page: number }) =>
  withStaff(session.sessionId, (db) => listLog(db, query));
