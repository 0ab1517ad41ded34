import { withInvestor } from '@/db/client';
import { notePasskeyUse, openChallenge, spendChallenge } from '@/db/commands/factors';
import { consume } from '@/db/commands/throttle';
import { findPasskey, listPasskeys } from '@/db/queries/factors';
import { addressBlock, type ClientHints } from '@/lib/auth/client-address';
import { LIMITS } from '@/lib/auth/limits';
import {
  challengeOf,
  checkSigned,
  parseSigned,
  passkeyOwner,
  type RequestOptions,
  requestOptions,
} from '@/lib/auth/webauthn';
import { CHALLENGE_SECONDS } from '@/lib/domain/people/factors';
import { ok, type Result, refuse } from '@/lib/result';
import { goOn } from './second-factor';
import type { SignedIn } from './sign-in';
import { startSession } from './start-session';

/**
 * What the browser is to sign with whichever passkey the person has. No address is typed, so nothing is said of any account; and failures of
 * the password, which others can cause, count for nothing here.
 */
export async function offerPasskeySignIn(client: ClientHints): Promise<Result<RequestOptions>> {
  const wait = await consume(LIMITS.passkeyAddress, addressBlock(client.address));
  if (wait !== null) return refuse('auth.throttled', { params: { minutes: Math.ceil(wait / 60) } });
  const options = await requestOptions(null);
  await openChallenge({ challenge: options.challenge, purpose: 'SIGN_IN', userId: null, seconds: CHALLENGE_SECONDS });
  return ok(options);
}

/** Signs a person in by passkey alone: it is something they have, and has checked who they are. */
export async function signInWithPasskey(input: { answer: string }, client: ClientHints): Promise<Result<SignedIn>> {
  const checked = await checkAnswer(input.answer, { purpose: 'SIGN_IN', userId: null });
  if (!checked) return refuse('factor.passkey-wrong');
  const { userId, role } = checked;
  return withInvestor(userId, async (tx) => {
    if (!(await notePasskeyUse(tx, checked))) return refuse('factor.passkey-wrong');
    const { sessionId } = await startSession(tx, { userId, role }, client, true);
    return ok({ sessionId, userId, role, secondStep: 'DONE' });
  });
}

/** What the browser is to sign as the second step, with one of the person's own passkeys. */
export async function offerPasskeyStep({ userId }: { userId: bigint }): Promise<Result<RequestOptions>> {
  const known = await withInvestor(userId, (tx) => listPasskeys(tx, userId));
  if (known.length === 0) return refuse('factor.passkey-wrong');
  const options = await requestOptions(known);
  await openChallenge({ challenge: options.challenge, purpose: 'CONFIRM', userId, seconds: CHALLENGE_SECONDS });
  return ok(options);
}

/** The second step by passkey. */
export async function passWithPasskey(
  session: { sessionId: string; userId: bigint },
  input: { answer: string },
  client: ClientHints,
): Promise<Result<{ sessionId: string }>> {
  const { userId } = session;
  const checked = await checkAnswer(input.answer, { purpose: 'CONFIRM', userId });
  if (!checked) return refuse('factor.passkey-wrong');
  return withInvestor(userId, async (tx) => {
    if (!(await notePasskeyUse(tx, checked))) return refuse('factor.passkey-wrong');
    return goOn(tx, session, client);
  });
}

/**
 * Whose passkey has answered a challenge of ours, or null. The challenge is used up first, whatever comes of it; then the signature is
 * checked, and that the authenticator means the account whose passkey it is.
 */
async function checkAnswer(text: string, asked: { purpose: 'SIGN_IN' | 'CONFIRM'; userId: bigint | null }) {
  const answer = parseSigned(text);
  if (!answer) return null;
  const challenge = challengeOf(answer);
  if (!(await spendChallenge({ challenge, ...asked }))) return null;
  const passkey = await findPasskey(answer.id);
  if (!passkey || (asked.userId !== null && passkey.userId !== asked.userId)) return null;
  const { userHandle } = answer.response;
  const owner = passkeyOwner(passkey.userId).toString('base64url');
  // An authenticator that was asked for one of certain passkeys need not say whose it is.
  if (userHandle ? userHandle !== owner : asked.userId === null) return null;
  const counter = await checkSigned(answer, challenge, passkey);
  return counter === null ? null : { userId: passkey.userId, role: passkey.role, credentialId: answer.id, counter };
}
