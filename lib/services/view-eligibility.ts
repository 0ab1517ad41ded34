import { withInvestor } from '@/db/client';
import {
  getInvestor,
  getLatestAppeal,
  getLatestSuitability,
  type Investor,
  listIdentityEvents,
} from '@/db/queries/people';
import { canAppeal } from '@/lib/domain/people/eligibility';
import { checkDueAt } from '@/lib/domain/people/identity';
import type { SuitabilityOutcome } from '@/lib/domain/people/suitability';
import type { IdentityState } from '@/lib/domain/states';

export type EligibilityView = {
  investor: Investor;
  /** Newest first; reason codes of the identity check. */
  events: { sequence: number; state: IdentityState; reason: string; at: Date }[];
  suitability: { outcome: SuitabilityOutcome; expiresAt: Date; answers: unknown } | null;
  /** When the review desk answers at the latest; null unless it is looking, and where it has no date. */
  reviewDueAt: Date | null;
  /** When the person asked for this very decision to be looked at again; null if they did not. */
  appealedAt: Date | null;
  mayAppeal: boolean;
};

/** The decision on who may buy, with all that explains it. One transaction, so that it is one picture. */
export async function viewEligibility({ investorId }: { investorId: bigint }): Promise<EligibilityView | null> {
  return withInvestor(investorId, async (tx) => {
    const investor = await getInvestor(tx, investorId);
    if (!investor) return null;
    const events = await listIdentityEvents(tx, investorId);
    const appeal = await getLatestAppeal(tx, investorId);
    const appealed = appeal?.reason === investor.statusReason;
    const [newest] = events;
    return {
      investor,
      events,
      suitability: await getLatestSuitability(tx, investorId),
      reviewDueAt: newest ? checkDueAt(newest) : null,
      appealedAt: appealed ? appeal.at : null,
      mayAppeal: canAppeal(investor.status) && !appealed,
    };
  });
}
