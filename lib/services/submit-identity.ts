import { type Database, withInvestor } from '@/db/client';
import { moveIdentity } from '@/db/commands/people';
import { appNow } from '@/db/queries/clock';
import { getInvestor, getUser, type Investor } from '@/db/queries/people';
import {
  canMoveIdentity,
  concludeReview,
  dateWhere,
  type IdentityApplication,
  type ReviewDecision,
  reviewDueAt,
  reviewIdentity,
} from '@/lib/domain/people/identity';
import { missingSteps } from '@/lib/domain/people/identity-form';
import { fullName } from '@/lib/domain/people/names';
import { sponsorCountry } from '@/lib/domain/people/places';
import type { IdentityState } from '@/lib/domain/states';
import { writeMail } from '@/lib/mail/write-mail';
import { ok, type Result, refuse } from '@/lib/result';
import { findAddress } from './find-address';
import { refreshEligibilityIn } from './refresh-eligibility';

/** Hands the details in. The rules decide at once where they can; otherwise the review desk does, some simulated minutes later. */
export async function submitIdentity(session: { investorId: bigint }): Promise<Result<{ state: IdentityState }>> {
  const { investorId } = session;
  return withInvestor(investorId, async (tx) => {
    const investor = await getInvestor(tx, investorId, { lock: true });
    if (!investor) return refuse('identity.incomplete');
    if (investor.identityState === 'APPROVED') return refuse('identity.already-approved');
    if (investor.identityState === 'REJECTED') return refuse('identity.incomplete');
    if (!canMoveIdentity(investor.identityState, 'SUBMITTED')) return refuse('identity.locked');
    const now = await appNow(tx);
    const application = await applicationOf(investor);
    if (!application) return refuse('identity.incomplete');
    await moveIdentity(tx, investorId, 'SUBMITTED', 'submitted');
    const decision = reviewIdentity(application, dateWhere(investor.residence, now));
    await settle(tx, investor, decision, now);
    return ok({ state: decision.state });
  });
}

/** The review desk's answer, for the job worker: false if there is nothing to decide any more. */
export async function concludeIdentityReview(investorId: bigint): Promise<boolean> {
  return withInvestor(investorId, async (tx) => {
    const investor = await getInvestor(tx, investorId, { lock: true });
    if (investor?.identityState !== 'IN_REVIEW') return false;
    const now = await appNow(tx);
    const application = await applicationOf(investor);
    if (!application) return false;
    await settle(tx, investor, concludeReview(application, dateWhere(investor.residence, now)), now);
    return true;
  });
}

async function applicationOf(investor: Investor): Promise<IdentityApplication | null> {
  const { birthDate, residence, nationality, region, postalCode } = investor;
  if (missingSteps(investor).length > 0 || !birthDate || !residence || !nationality) return null;
  const country = sponsorCountry(residence);
  const found = country && postalCode ? await findAddress(country, postalCode) : null;
  return { birthDate, residence, nationality, region, postalRegion: found?.region ?? null };
}

const MAIL = { APPROVED: 'identity-approved', REJECTED: 'identity-rejected', IN_REVIEW: 'identity-in-review' } as const;

async function settle(tx: Database, investor: Investor, decision: ReviewDecision, now: Date) {
  const { investorId } = investor;
  await moveIdentity(tx, investorId, decision.state, decision.reason);
  await refreshEligibilityIn(tx, investorId);
  const user = await getUser(tx, investorId);
  if (!user) return;
  const name = fullName(investor.familyName ?? '', investor.givenName ?? '');
  const to = { userId: investorId, recipient: user.email, locale: user.locale };
  const kind = MAIL[decision.state];
  await writeMail(
    tx,
    to,
    kind === 'identity-in-review'
      ? { kind, name, due: reviewDueAt(now), path: '/eligibility' }
      : { kind, name, path: '/eligibility' },
  );
}
