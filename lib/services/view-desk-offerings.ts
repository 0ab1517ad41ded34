import { withStaff } from '@/db/client';
import {
  type DraftChoices,
  getDraftChoices,
  getOfferingLine,
  listAllOfferings,
  listAllOfferingsAfter,
  OFFERING_SORTS,
  type OfferingLine,
  type OfferingQuery,
  type OfferingSort,
} from '@/db/queries/desk/offerings';
import type { TablePage } from '@/db/queries/desk/table';
import type { TableSpec } from '@/lib/domain/desk/table';
import { COUNTRIES, OFFERING_STATES, type Role } from '@/lib/domain/states';
import { batchesAsStaff, type StaffSession } from './read-as-staff';

export const OFFERING_TABLE: TableSpec<OfferingSort, 'state' | 'class'> = {
  sorts: OFFERING_SORTS,
  start: { sort: 'opens', descending: true },
  filters: { state: OFFERING_STATES, class: COUNTRIES },
};

/** Who may write drafts: the database asks the same (save_offering_draft). */
export const mayDraft = (role: Role): boolean => role === 'OPERATOR' || role === 'MANAGER';

export const viewDeskOfferings = (session: StaffSession, query: OfferingQuery): Promise<TablePage<OfferingLine>> =>
  withStaff(session.sessionId, (db) => listAllOfferings(db, query));

export const exportOfferings = (session: StaffSession, query: OfferingQuery): AsyncGenerator<OfferingLine[], void> =>
  batchesAsStaff(session, (db, after, limit) => listAllOfferingsAfter(db, query, after, limit));

/** Null where there is none of this short name. */
export const viewDeskOffering = (session: StaffSession, slug: string): Promise<OfferingLine | null> =>
  withStaff(session.sessionId, (db) => getOfferingLine(db, slug));

export type { DraftChoices, OfferingLine };

export const viewDraftChoices = (session: StaffSession): Promise<DraftChoices> =>
  withStaff(session.sessionId, getDraftChoices);
