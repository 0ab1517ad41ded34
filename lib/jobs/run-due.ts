/**
 * Everything that falls due by the one clock, in order: proposals run out, windows open and close, days are valued and dealt, switches go on, plans have their turn, new versions of their documents are told, buyers of
 * what was called off are refunded, windows are listed and allotted, reviews end, answers expire, withdrawals are paid. Each part can be run at any time and any number of times; what is not due, or done already, is left alone.
 */
import { alone, batch, read } from '@/db/client';
import { advanceOfferings, endLeases } from '@/db/commands/clock';
import { expireProposals, publishCheckpoint } from '@/db/commands/governance';
import { appNow } from '@/db/queries/clock';
import { listDueIdentityReviews, listDueSuitabilityExpiries } from '@/db/queries/due';
import { REVIEW_MINUTES } from '@/lib/domain/people/identity';
import { advanceDealing } from '@/lib/services/advance-dealing';
import { advancePlans } from '@/lib/services/advance-plans';
import { advanceSwitches } from '@/lib/services/advance-switches';
import { advanceValuations } from '@/lib/services/advance-valuations';
import { refreshEligibility } from '@/lib/services/refresh-eligibility';
import { refundSales } from '@/lib/services/refund-sales';
import { advanceAllotments, listClosedWindows } from '@/lib/services/settle-windows';
import { settlePendingWithdrawals } from '@/lib/services/settle-withdrawal';
import { concludeIdentityReview } from '@/lib/services/submit-identity';
import { tellApplicants } from '@/lib/services/tell-applicants';
import { tellDealing } from '@/lib/services/tell-dealing';
import { tellMovedDays } from '@/lib/services/tell-moved-days';

export type DueReport = {
  offerings: number;
  proposals: number;
  /** Mid rates fixed, and steps of days' values taken. */
  valuations: number;
  /** Days of classes started, and steps of their runs taken. */
  dealing: number;
  /** Parts of switches whose money went on to the other class, or became free. */
  switches: number;
  /** Turns of monthly plans: orders and lapses. */
  plans: number;
  /** Mails on a new version of a document, and on what became of orders at NAV. */
  told: number;
  /** Buyers of offerings that were called off who have their cash back. */
  refunded: number;
  /** Lists of applicants made, and steps of runs taken. */
  lists: number;
  allotmentSteps: number;
  reviews: number;
  expiries: number;
  withdrawals: number;
  checkpoints: number;
};

/**
 * Work on what is due, one process at a time: two that took turns could deal a day whose value the other has not struck. What somebody died at is taken
 * up at once.
 */
export const whileNobodyElse = <T>(work: () => Promise<T>): Promise<T> =>
  alone('due', async () => {
    await batch((_, sql) => endLeases(sql));
    return work();
  });

export const runDue = (): Promise<DueReport> => whileNobodyElse(doDue);

/** For whoever has the lock already. */
export async function doDue(): Promise<DueReport> {
  const now = await appNow();
  // First of all: what was not approved in time must not open.
  const proposals = await read((_, sql) => expireProposals(sql));
  const offerings = await advanceOfferings();
  const valuations = await advanceValuations();
  const dealing = await advanceDealing();
  const switches = await advanceSwitches();
  // After what is settled, whose cash may be what a plan waits for.
  const plans = await advancePlans();
  const told = (await tellApplicants()) + (await tellDealing()) + (await tellMovedDays());
  const refunded = await refundSales();
  const lists = await listClosedWindows();
  const allotmentSteps = await advanceAllotments();
  let reviews = 0;
  for (const id of await listDueIdentityReviews(new Date(now.getTime() - REVIEW_MINUTES * 60_000))) {
    if (await concludeIdentityReview(id)) reviews += 1;
  }
  const expired = await listDueSuitabilityExpiries();
  for (const id of expired) await refreshEligibility(id);
  const withdrawals = await settlePendingWithdrawals();
  const checkpoints = await read((_, sql) => publishCheckpoint(sql));
  return {
    offerings,
    proposals,
    valuations,
    dealing,
    switches,
    plans,
    told,
    refunded,
    lists,
    allotmentSteps,
    reviews,
    expiries: expired.length,
    withdrawals,
    checkpoints,
  };
}
