/**
 * Everything that falls due by the one clock, in order: windows open and close, reviews end, answers expire, withdrawals are paid. Each part can
 * be run at any time and any number of times; what is not due, or done already, is left alone.
 */
import { advanceOfferings } from '@/db/commands/clock';
import { appNow } from '@/db/queries/clock';
import { listDueIdentityReviews, listDueSuitabilityExpiries } from '@/db/queries/due';
import { REVIEW_MINUTES } from '@/lib/domain/people/identity';
import { refreshEligibility } from '@/lib/services/refresh-eligibility';
import { settlePendingWithdrawals } from '@/lib/services/settle-withdrawal';
import { concludeIdentityReview } from '@/lib/services/submit-identity';

export type DueReport = { offerings: number; reviews: number; expiries: number; withdrawals: number };

export async function runDue(): Promise<DueReport> {
  const now = await appNow();
  const offerings = await advanceOfferings();
  let reviews = 0;
  for (const id of await listDueIdentityReviews(new Date(now.getTime() - REVIEW_MINUTES * 60_000))) {
    if (await concludeIdentityReview(id)) reviews += 1;
  }
  const expired = await listDueSuitabilityExpiries();
  for (const id of expired) await refreshEligibility(id);
  const withdrawals = await settlePendingWithdrawals();
  return { offerings, reviews, expiries: expired.length, withdrawals };
}
