import { withStaff } from '@/db/client';
import {
  type ClassFigures,
  listClassFigures,
  listMarks,
  listRevisions,
  listValuations,
  listValuationsAfter,
  type MarkLine,
  VALUATION_SORTS,
  type ValuationLine,
  type ValuationQuery,
  type ValuationSort,
  type ValuationView,
} from '@/db/queries/desk/valuations';
import type { TableSpec } from '@/lib/domain/desk/table';
import { VALUATION_STATES } from '@/lib/domain/states';
import { batchesAsStaff, type StaffSession } from './read-as-staff';

export type { ClassFigures, MarkLine, ValuationLine, ValuationView };

export const VALUATION_TABLE: TableSpec<ValuationSort, 'state'> = {
  sorts: VALUATION_SORTS,
  start: { sort: 'day', descending: true },
  filters: { state: VALUATION_STATES },
};

export const viewValuations = (session: StaffSession, query: ValuationQuery) =>
  withStaff(session.sessionId, (db) => listValuations(db, query));

export const exportValuations = (session: StaffSession, query: ValuationQuery): AsyncGenerator<ValuationLine[], void> =>
  batchesAsStaff(session, (db, after, limit) => listValuationsAfter(db, query, after, limit));

export type ValuationDay = {
  /** The one in force first. */
  revisions: ValuationView[];
  current: ValuationView;
  classes: ClassFigures[];
  marks: MarkLine[];
};

/** A day's revisions, and what the one in force is made of; null where the day has no value. */
export const viewValuationDay = (session: StaffSession, date: string): Promise<ValuationDay | null> =>
  withStaff(session.sessionId, async (db) => {
    const revisions = await listRevisions(db, date);
    const current = revisions.find(({ state }) => state !== 'SUPERSEDED') ?? revisions[0];
    if (!current) return null;
    const [classes, marks] = await Promise.all([listClassFigures(db, current.id), listMarks(db, current.id)]);
    return { revisions, current, classes, marks };
  });
