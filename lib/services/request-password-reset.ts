import { withInvestor } from '@/db/client';
import { insertEmailToken } from '@/db/commands/sessions';
import { consume } from '@/db/commands/throttle';
import { findAccount } from '@/db/queries/people';
import { addressBlock, type ClientHints } from '@/lib/auth/client-address';
import { LIMITS } from '@/lib/auth/limits';
import { newToken, tokenHash } from '@/lib/auth/tokens';
import { parseEmail } from '@/lib/domain/people/email';
import { RESET_MINUTES } from '@/lib/domain/people/session';
import { writeMail } from '@/lib/mail/write-mail';
import { ok, type Result, refuse } from '@/lib/result';

/** How long an answer takes, known address or not: longer than the work for a known one. */
const ANSWER_MS = 250;

/** Mails a link to choose a new password. For an unknown address nothing happens, and the answer and its time are the same. */
export async function requestPasswordReset(
  input: { email: string },
  client: ClientHints,
): Promise<Result<{ email: string }>> {
  const parsed = parseEmail(input.email);
  if (!parsed.ok) return refuse(`email.${parsed.fault}`, { field: 'email' });
  const { email } = parsed;
  const wait = await consume(LIMITS.recoveryAddress, addressBlock(client.address));
  if (wait !== null) return refuse('auth.throttled', { params: { minutes: Math.ceil(wait / 60) } });
  const mayMail = (await consume(LIMITS.linkMails, email)) === null;

  const [account] = await Promise.all([
    sendLink(email, mayMail),
    new Promise((resolve) => setTimeout(resolve, ANSWER_MS)),
  ]);
  return account;
}

async function sendLink(email: string, mayMail: boolean): Promise<Result<{ email: string }>> {
  const account = await findAccount(email);
  if (account && mayMail) {
    const { userId, locale } = account;
    const token = newToken();
    await withInvestor(userId, async (tx) => {
      await insertEmailToken(tx, {
        tokenSha256: tokenHash(token),
        userId,
        purpose: 'RESET',
        minutes: RESET_MINUTES,
        passwordHash: null,
      });
      await writeMail(
        tx,
        { userId, recipient: email, locale },
        { kind: 'reset', path: `/reset-password?token=${token}` },
      );
    });
  }
  return ok({ email });
}
