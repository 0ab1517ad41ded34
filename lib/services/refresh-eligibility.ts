import { type Database, withInvestor } from '@/db/client';
import { setEligibility } from '@/db/commands/people';
import { appNow } from '@/db/queries/clock';
import { getInvestor, getLatestSuitability } from '@/db/queries/people';
import { decideEligibility, type EligibilityDecision } from '@/lib/domain/people/eligibility';

/** Decides again who may buy, after anything that it depends on has changed. The order function reads the outcome under its own lock. */
export async function refreshEligibilityIn(tx: Database, investorId: bigint): Promise<EligibilityDecision> {
  const investor = await getInvestor(tx, investorId, { lock: true });
  if (!investor) throw new Error('An investor whose eligibility is decided has no record.');
  const suitability = await getLatestSuitability(tx, investorId);
  const decision = decideEligibility({ ...investor, suitability }, await appNow(tx));
  const { status, statusReason, country } = investor;
  if (status !== decision.status || statusReason !== decision.reason || country !== decision.country) {
    await setEligibility(tx, investorId, decision);
  }
  return decision;
}

export const refreshEligibility = (investorId: bigint): Promise<EligibilityDecision> =>
  withInvestor(investorId, (tx) => refreshEligibilityIn(tx, investorId));
