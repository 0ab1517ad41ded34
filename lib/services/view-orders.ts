import { withStaff } from '@/db/client';
import {
  listAllOrders,
  listAllOrdersAfter,
  ORDER_SORTS,
  type OrderLine,
  type OrderQuery,
  type OrderSort,
} from '@/db/queries/desk/orders';
import type { TablePage } from '@/db/queries/desk/table';
import { maskEmail } from '@/lib/domain/desk/masking';
import type { TableSpec } from '@/lib/domain/desk/table';
import { COUNTRIES, type Locale, ORDER_STATES } from '@/lib/domain/states';
import { batchesAsStaff, type StaffSession, seesMasked } from './read-as-staff';
import { seenName } from './view-investors';

export type SeenOrder = Omit<OrderLine, 'familyName' | 'givenName' | 'offeringNameEn' | 'offeringNameJa'> & {
  name: string | null;
  offeringName: Record<Locale, string>;
};

export const ORDER_TABLE: TableSpec<OrderSort, 'state' | 'class'> = {
  sorts: ORDER_SORTS,
  start: { sort: 'placed', descending: true },
  filters: { state: ORDER_STATES, class: COUNTRIES },
};

const searching = (session: StaffSession) => (seesMasked(session) ? 'whole' : 'parts');

function seen(session: StaffSession) {
  const masked = seesMasked(session);
  return ({ familyName, givenName, offeringNameEn, offeringNameJa, ...line }: OrderLine): SeenOrder => ({
    ...line,
    email: masked ? maskEmail(line.email) : line.email,
    name: seenName({ familyName, givenName }, masked),
    offeringName: { en: offeringNameEn, ja: offeringNameJa },
  });
}

/** One page of everybody's orders, as the role of the session may see them. */
export async function viewOrders(session: StaffSession, query: OrderQuery): Promise<TablePage<SeenOrder>> {
  const page = await withStaff(session.sessionId, (db) => listAllOrders(db, query, searching(session)));
  return { ...page, rows: page.rows.map(seen(session)) };
}

/** All of them, a batch at a time. */
export async function* exportOrders(session: StaffSession, query: OrderQuery): AsyncGenerator<SeenOrder[], void> {
  const batches = batchesAsStaff(session, (db, after, limit) =>
    listAllOrdersAfter(db, query, searching(session), after, limit),
  );
  for await (const batch of batches) yield batch.map(seen(session));
}
