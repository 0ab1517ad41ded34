import { withStaff } from '@/db/client';
import {
  INVESTOR_SORTS,
  type InvestorLine,
  type InvestorQuery,
  type InvestorSort,
  listInvestors,
  listInvestorsAfter,
} from '@/db/queries/desk/investors';
import type { TablePage } from '@/db/queries/desk/table';
import { maskEmail, maskName } from '@/lib/domain/desk/masking';
import type { TableSpec } from '@/lib/domain/desk/table';
import { fullName } from '@/lib/domain/people/names';
import { COUNTRIES, IDENTITY_STATES, INVESTOR_STATUSES } from '@/lib/domain/states';
import { batchesAsStaff, type StaffSession, seesMasked } from './read-as-staff';

export type SeenInvestor = Omit<InvestorLine, 'familyName' | 'givenName'> & { name: string | null };

/** What the table can be asked for. Behind the mask names and addresses do not sort: their order would tell what the mask hides. */
export const investorTable = (
  session: Pick<StaffSession, 'role'>,
): TableSpec<InvestorSort, 'status' | 'identity' | 'country'> => ({
  sorts: seesMasked(session) ? ['joined', 'status'] : INVESTOR_SORTS,
  start: { sort: 'joined', descending: true },
  filters: { status: INVESTOR_STATUSES, identity: IDENTITY_STATES, country: COUNTRIES },
});

/** Whose class somebody may buy: nobody's, or nobody knows before the identity check has been passed. */
export const classOf = ({ country, identityState }: Pick<InvestorLine, 'country' | 'identityState'>) =>
  country ?? (identityState === 'APPROVED' ? 'none' : 'unknown');

const searching = (session: StaffSession) => (seesMasked(session) ? 'whole' : 'parts');

/** A person's name, or what the support desk sees of it. */
export function seenName(
  { familyName, givenName }: { familyName: string | null; givenName: string | null },
  masked: boolean,
): string | null {
  if (!familyName || !givenName) return null;
  return masked ? fullName(maskName(familyName), maskName(givenName)) : fullName(familyName, givenName);
}

function seen(session: StaffSession) {
  const masked = seesMasked(session);
  return ({ familyName, givenName, ...line }: InvestorLine): SeenInvestor => ({
    ...line,
    email: masked ? maskEmail(line.email) : line.email,
    name: seenName({ familyName, givenName }, masked),
  });
}

/** One page of the citizens, as the role of the session may see them. */
export async function viewInvestors(session: StaffSession, query: InvestorQuery): Promise<TablePage<SeenInvestor>> {
  const page = await withStaff(session.sessionId, (db) => listInvestors(db, query, searching(session)));
  return { ...page, rows: page.rows.map(seen(session)) };
}

/** All of them, a batch at a time. */
export async function* exportInvestors(
  session: StaffSession,
  query: InvestorQuery,
): AsyncGenerator<SeenInvestor[], void> {
  const batches = batchesAsStaff(session, (db, after, limit) =>
    listInvestorsAfter(db, query, searching(session), after, limit),
  );
  for await (const batch of batches) yield batch.map(seen(session));
}
