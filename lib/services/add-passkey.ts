import { withInvestor } from '@/db/client';
import { insertPasskey, lockAccount, openChallenge, spendChallenge } from '@/db/commands/factors';
import { listPasskeys } from '@/db/queries/factors';
import type { ClientHints } from '@/lib/auth/client-address';
import type { Session } from '@/lib/auth/session';
import { type CreationOptions, challengeOf, checkCreated, creationOptions, parseCreated } from '@/lib/auth/webauthn';
import { CHALLENGE_SECONDS, PASSKEY_NAME_MAX, PASSKEYS_MAX } from '@/lib/domain/people/factors';
import { parseText } from '@/lib/domain/people/text';
import { ok, type Result, refuse } from '@/lib/result';
import { mayChangeFactors } from './may-change-factors';
import { factorsChanged } from './second-factor';

/** What the browser needs to make a passkey for this account. Nobody gets it who may not change factors; the answer needs no second check. */
export async function offerPasskey(
  session: Session,
  input: { currentPassword?: string | undefined },
): Promise<Result<CreationOptions>> {
  const may = await mayChangeFactors(session, input.currentPassword);
  if (!may.ok) return may;
  const { userId } = session;
  const known = await withInvestor(userId, (tx) => listPasskeys(tx, userId));
  if (known.length >= PASSKEYS_MAX) return refuse('factor.too-many', { params: { max: PASSKEYS_MAX } });
  const options = await creationOptions(session, known);
  await openChallenge({ challenge: options.challenge, purpose: 'ENROL', userId, seconds: CHALLENGE_SECONDS });
  return ok(options);
}

/** Keeps the passkey that the browser made. Every other session ends, and this one goes on. */
export async function addPasskey(
  session: Session,
  input: { name: string; answer: string },
  client: ClientHints,
): Promise<Result<{ sessionId: string }>> {
  const { userId } = session;
  const name = parseText(input.name, 'message', PASSKEY_NAME_MAX);
  if (!name.ok)
    return refuse(`text.${name.fault}`, {
      field: 'name',
      ...(name.fault === 'too-long' && { params: { max: PASSKEY_NAME_MAX } }),
    });
  const answer = parseCreated(input.answer);
  const challenge = answer ? challengeOf(answer) : '';
  if (!answer || !(await spendChallenge({ challenge, purpose: 'ENROL', userId })))
    return refuse('factor.passkey-wrong');
  const passkey = await checkCreated(answer, challenge);
  if (!passkey) return refuse('factor.passkey-wrong');
  return withInvestor(userId, async (tx) => {
    await lockAccount(tx, userId);
    const one = { ...passkey, userId, name: name.text.replaceAll('\n', ' ') };
    if (!(await insertPasskey(tx, one))) return refuse('factor.passkey-known');
    return factorsChanged(tx, session, client);
  });
}
