import { withInvestor } from '@/db/client';
import { insertSuitabilityAnswers } from '@/db/commands/people';
import { appNow } from '@/db/queries/clock';
import { getInvestor } from '@/db/queries/people';
import {
  SUITABILITY_VERSION,
  type SuitabilityAnswers,
  type SuitabilityConcern,
  type SuitabilityOutcome,
  scoreSuitability,
  suitabilityExpiresAt,
} from '@/lib/domain/people/suitability';
import { ok, type Result, refuse } from '@/lib/result';
import { refreshEligibilityIn } from './refresh-eligibility';

/** Keeps the answers on suitability with their version and outcome, and decides again who may buy. Earlier answers stay. */
export async function answerSuitability(
  session: { investorId: bigint },
  answers: SuitabilityAnswers,
): Promise<Result<{ outcome: SuitabilityOutcome; concerns: SuitabilityConcern[] }>> {
  const { investorId } = session;
  return withInvestor(investorId, async (tx) => {
    // The lock orders two attempts at once: the later one counts.
    const investor = await getInvestor(tx, investorId, { lock: true });
    if (!investor || investor.identityState === 'DRAFT') return refuse('suitability.identity-first');
    const answeredAt = await appNow(tx);
    const { outcome, concerns } = scoreSuitability(answers);
    const expiresAt = suitabilityExpiresAt(answeredAt);
    await insertSuitabilityAnswers(tx, {
      investorId,
      answeredAt,
      version: SUITABILITY_VERSION,
      answers,
      outcome,
      expiresAt,
    });
    await refreshEligibilityIn(tx, investorId);
    return ok({ outcome, concerns });
  });
}
