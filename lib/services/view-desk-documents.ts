import { withStaff } from '@/db/client';
import {
  DOCUMENT_SORTS,
  type DocumentLine,
  type DocumentPair,
  type DocumentQuery,
  type DocumentSort,
  getDocumentPair,
  listAllDocuments,
  listAllDocumentsAfter,
} from '@/db/queries/desk/documents';
import type { TablePage } from '@/db/queries/desk/table';
import type { TableSpec } from '@/lib/domain/desk/table';
import { DOCUMENT_KINDS } from '@/lib/domain/states';
import { batchesAsStaff, type StaffSession } from './read-as-staff';

export type { DocumentLine, DocumentPair };

export const DOCUMENT_TABLE: TableSpec<DocumentSort, 'kind'> = {
  sorts: DOCUMENT_SORTS,
  start: { sort: 'published', descending: true },
  filters: { kind: DOCUMENT_KINDS },
};

export const viewDeskDocuments = (session: StaffSession, query: DocumentQuery): Promise<TablePage<DocumentLine>> =>
  withStaff(session.sessionId, (db) => listAllDocuments(db, query));

export const exportDocuments = (session: StaffSession, query: DocumentQuery): AsyncGenerator<DocumentLine[], void> =>
  batchesAsStaff(session, (db, after, limit) => listAllDocumentsAfter(db, query, after, limit));

/** A version with both texts side by side; the newest where none is named. Null where there is none. */
export const viewDeskDocument = (
  session: StaffSession,
  slug: string,
  version: number | null,
): Promise<DocumentPair | null> => withStaff(session.sessionId, (db) => getDocumentPair(db, slug, version));
