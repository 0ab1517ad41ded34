import { withInvestor } from '@/db/client';
import { insertAppeal } from '@/db/commands/people';
import { getInvestor, getLatestAppeal, getUser } from '@/db/queries/people';
import { canAppeal } from '@/lib/domain/people/eligibility';
import { fullName } from '@/lib/domain/people/names';
import { parseText } from '@/lib/domain/people/text';
import { writeMail } from '@/lib/mail/write-mail';
import { ok, type Result, refuse } from '@/lib/result';

export const APPEAL_MAX = 1_000;

/** Records that a person asks for the decision to be looked at again: once for each decision. The support desk reads it. */
export async function appealEligibility(
  session: { investorId: bigint },
  input: { message: string },
): Promise<Result<null>> {
  const parsed = parseText(input.message, 'message', APPEAL_MAX);
  if (!parsed.ok) return refuse(`text.${parsed.fault}`, { field: 'message', params: { max: APPEAL_MAX } });
  const { investorId } = session;
  return withInvestor(investorId, async (tx) => {
    const investor = await getInvestor(tx, investorId, { lock: true });
    if (!investor || !canAppeal(investor.status)) return refuse('appeal.not-possible');
    const latest = await getLatestAppeal(tx, investorId);
    if (latest?.reason === investor.statusReason) return refuse('appeal.already-made');
    await insertAppeal(tx, { investorId, reason: investor.statusReason, message: parsed.text });
    const user = await getUser(tx, investorId);
    if (user) {
      const name =
        investor.familyName && investor.givenName ? fullName(investor.familyName, investor.givenName) : user.email;
      await writeMail(
        tx,
        { userId: investorId, recipient: user.email, locale: user.locale },
        { kind: 'appeal-received', name, path: '/eligibility' },
      );
    }
    return ok(null);
  });
}
