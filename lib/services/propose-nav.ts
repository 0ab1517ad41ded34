import { withStaff } from '@/db/client';
import { getValuationTerms } from '@/db/queries/desk/valuations';
import { parseAmount } from '@/lib/domain/money/parse';
import { MOST_NET_ASSETS } from '@/lib/domain/valuation/statement';
import { type Result, refuse } from '@/lib/result';
import type { ProposalResult } from './proposal-result';
import { propose } from './propose';
import type { StaffSession } from './read-as-staff';

type Proposed = Promise<Result<ProposalResult & { id: string }>>;
type Form = { key: string; date: string; revision: string; remark: string };

/** Browsers send line breaks as CR LF. */
const clean = (text: string): string => text.replaceAll('\r\n', '\n').trim();

/** Proposes that a day that is held be published as it stands. `revision` is the one that the proposer has read. */
export async function proposeNavPublication(session: StaffSession, form: Form): Proposed {
  return proposeTerms(session, form, 'NAV_PUBLICATION', null);
}

/** Proposes other net assets, in dollars, for a day that is published; its prices follow from them. */
export async function proposeNavCorrection(session: StaffSession, form: Form & { netAssets: string }): Proposed {
  const read = parseAmount(form.netAssets, 'USD', 'netAssets', MOST_NET_ASSETS);
  if (!read.ok) return read;
  return proposeTerms(session, form, 'NAV_CORRECTION', read.value);
}

async function proposeTerms(
  session: StaffSession,
  { key, date, revision, remark }: Form,
  kind: 'NAV_PUBLICATION' | 'NAV_CORRECTION',
  netAssetsUsdMinor: bigint | null,
): Proposed {
  if (clean(remark) === '') return refuse('form.required', { field: 'remark' });
  const terms = await withStaff(session.sessionId, (db) => getValuationTerms(db, date, netAssetsUsdMinor));
  if (!terms) return refuse(kind === 'NAV_PUBLICATION' ? 'valuation.not-held' : 'valuation.not-published');
  if (terms.revision !== revision) return refuse('valuation.changed');
  return propose(session, { key, kind, payload: { ...terms, remark: clean(remark) } });
}
