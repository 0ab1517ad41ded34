import { type Database, withInvestor } from '@/db/client';
import { moveIdentity, saveIdentityDetails } from '@/db/commands/people';
import { getInvestor, type Investor } from '@/db/queries/people';
import { canEditIdentity } from '@/lib/domain/people/identity';
import type { AddressDetails, PersonDetails, ResidenceDetails } from '@/lib/domain/people/identity-form';
import { ok, type Result, refuse } from '@/lib/result';
import { refreshEligibilityIn } from './refresh-eligibility';

export type IdentityChange =
  | { step: 'residence'; details: ResidenceDetails }
  | { step: 'person'; details: PersonDetails }
  | { step: 'address'; details: AddressDetails };

/** Keeps one step of the identity check. What was approved and is changed is checked again; what was refused can be mended. */
export async function saveIdentity(session: { investorId: bigint }, change: IdentityChange): Promise<Result<null>> {
  const { investorId } = session;
  return withInvestor(investorId, async (tx) => {
    const investor = await getInvestor(tx, investorId, { lock: true });
    if (!investor || !canEditIdentity(investor.identityState)) return refuse('identity.locked');
    const details = { ...resetFor(change, investor), ...change.details };
    if (sameAs(investor, details)) return ok(null);
    await saveIdentityDetails(tx, investorId, details);
    await reopen(tx, investor);
    await refreshEligibilityIn(tx, investorId);
    return ok(null);
  });
}

/** An address belongs to its country, and so does the reading of a name: whoever moves to another gives them anew. */
function resetFor(change: IdentityChange, investor: Investor) {
  if (change.step !== 'residence' || change.details.residence === investor.residence) return {};
  return {
    postalCode: null,
    region: null,
    city: null,
    street: null,
    building: null,
    familyNameKana: null,
    givenNameKana: null,
  };
}

const sameAs = (investor: Investor, details: Partial<Record<keyof Investor, unknown>>): boolean =>
  Object.entries(details).every(([name, value]) => investor[name as keyof Investor] === value);

async function reopen(tx: Database, investor: Investor) {
  if (investor.identityState === 'REJECTED') await moveIdentity(tx, investor.investorId, 'DRAFT', 'details-changed');
  if (investor.identityState === 'APPROVED') await moveIdentity(tx, investor.investorId, 'RECHECK', 'details-changed');
}
