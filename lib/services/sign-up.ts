import { randomUUID } from 'node:crypto';
import { type Database, transaction } from '@/db/client';
import { actAs, createAccount } from '@/db/commands/people';
import { insertEmailToken } from '@/db/commands/sessions';
import { consume } from '@/db/commands/throttle';
import { type Account, findAccount } from '@/db/queries/people';
import { addressBlock, type ClientHints } from '@/lib/auth/client-address';
import { LIMITS } from '@/lib/auth/limits';
import { hashPassword } from '@/lib/auth/password-hash';
import { newToken, tokenHash } from '@/lib/auth/tokens';
import { parseEmail } from '@/lib/domain/people/email';
import { checkPassword } from '@/lib/domain/people/password';
import { VERIFY_HOURS } from '@/lib/domain/people/session';
import type { Locale } from '@/lib/domain/states';
import { writeMail } from '@/lib/mail/write-mail';
import { ok, type Result, refuse, refuseAll } from '@/lib/result';

/**
 * Opens an account that is not confirmed yet, and mails the link that confirms it. An address that already has an account gets a mail that
 * says so; the answer, and the work done for it, are the same, so that nobody learns which addresses are known.
 */
export async function signUp(
  input: { email: string; password: string; locale: Locale },
  client: ClientHints,
): Promise<Result<{ email: string }>> {
  const parsed = parseEmail(input.email);
  const email = parsed.ok ? parsed.email : '';
  const fault = checkPassword(input.password, email);
  const refused = refuseAll([
    parsed.ok ? null : { code: `email.${parsed.fault}`, field: 'email' },
    fault && { code: `password.${fault}`, field: 'password' },
  ]);
  if (refused) return refused;

  const wait = await consume(LIMITS.signUpAddress, addressBlock(client.address));
  if (wait !== null) return refuse('auth.throttled', { params: { minutes: Math.ceil(wait / 60) } });
  const mayMail = (await consume(LIMITS.linkMails, email)) === null;

  const passwordHash = await hashPassword(input.password);
  const account = await findAccount(email);
  await transaction(async (tx) => {
    const known = account ?? (await open(tx, email, passwordHash, input.locale));
    await actAs(tx, known.userId);
    if (mayMail) await mailLink(tx, known, email, passwordHash, input.locale);
  });
  return ok({ email });
}

async function open(tx: Database, email: string, passwordHash: string, locale: Locale): Promise<Account> {
  const userId = await createAccount(tx, { email, passwordHash, locale });
  if (userId !== null) return { userId, passwordHash, verified: false, role: 'CITIZEN', locale };
  // Someone took the address a moment ago: this is a second sign-up, like any other.
  const account = await findAccount(email);
  if (!account) throw new Error(`The address of attempt ${randomUUID()} is taken and not found.`);
  return account;
}

async function mailLink(tx: Database, account: Account, email: string, passwordHash: string, locale: Locale) {
  const { userId } = account;
  if (account.verified) {
    await writeMail(tx, { userId, recipient: email, locale: account.locale }, { kind: 'known', path: '/sign-in' });
    return;
  }
  const token = newToken();
  // The password takes effect with this very link, so that an earlier sign-up by someone else leaves nothing behind.
  await insertEmailToken(tx, {
    tokenSha256: tokenHash(token),
    userId,
    purpose: 'VERIFY',
    minutes: VERIFY_HOURS * 60,
    passwordHash,
  });
  await writeMail(tx, { userId, recipient: email, locale }, { kind: 'verify', path: `/verify-email?token=${token}` });
}
