/**
 * Passkeys (WebAuthn): what a browser is asked, and whether its answer holds. Who asks is the site's own address (SITE_URL), so that an answer made
 * for another site is worth nothing here. Each passkey has checked its user (a finger, a face, a PIN), and is therefore two factors in one.
 */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { CHALLENGE_SECONDS } from '@/lib/domain/people/factors';
import { env } from '@/lib/env';
import { keyedHash } from '@/lib/sealed';

export type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON;

type Known = { credentialId: string; transports: string[] };

function site() {
  const { origin, hostname } = new URL(env().SITE_URL);
  return { origin, rpId: hostname };
}

/** How authenticators know an account: by a number that says nothing, not by the address. */
export const passkeyOwner = (userId: bigint): Buffer => keyedHash('passkey owner', userId, '');

/** What a new passkey is made from: kept by the authenticator together with its account, so that it signs in without an address typed. */
export const creationOptions = (account: { userId: bigint; email: string }, known: Known[]): Promise<CreationOptions> =>
  generateRegistrationOptions({
    rpName: 'Wakachi',
    rpID: site().rpId,
    userName: account.email,
    userDisplayName: account.email,
    userID: new Uint8Array(passkeyOwner(account.userId)),
    timeout: CHALLENGE_SECONDS * 1000,
    attestationType: 'none',
    excludeCredentials: named(known),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });

/** What is to be signed; by one of the passkeys named, or by whichever the person has. */
export const requestOptions = (known: Known[] | null): Promise<RequestOptions> =>
  generateAuthenticationOptions({
    rpID: site().rpId,
    timeout: CHALLENGE_SECONDS * 1000,
    userVerification: 'required',
    ...(known && { allowCredentials: named(known) }),
  });

const named = (known: Known[]) => known.map(({ credentialId: id, transports }) => ({ id, transports }));

const bytes = z
  .string()
  .max(20_000)
  .regex(/^[A-Za-z0-9_-]*$/);
const answerShape = {
  id: bytes.max(1_400),
  rawId: bytes.max(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional().catch(undefined),
  clientExtensionResults: z.object({}).catch({}),
};
const created = z.object({
  ...answerShape,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(20)).max(10).catch([]).default([]),
  }),
});
const signed = z.object({
  ...answerShape,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.optional(),
  }),
});
export type Created = z.output<typeof created>;
export type Signed = z.output<typeof signed>;

/** An answer as a form carries it; null if it is none. */
export const parseCreated = (text: string): Created | null => parsed(text, created);
export const parseSigned = (text: string): Signed | null => parsed(text, signed);

function parsed<T>(text: string, schema: z.ZodType<T>): T | null {
  if (text.length > 40_000) return null;
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The challenge that an answer says it answers. Whether it was put, and to whom, the database knows. */
export function challengeOf(answer: { response: { clientDataJSON: string } }): string {
  const clientData = Buffer.from(answer.response.clientDataJSON, 'base64url').toString();
  return parsed(clientData, z.object({ challenge: bytes.max(200) }))?.challenge ?? '';
}

export type NewCredential = { credentialId: string; publicKey: string; counter: number; transports: string[] };

/** The passkey of an answer that holds; null for any other. */
export async function checkCreated(answer: Created, challenge: string): Promise<NewCredential | null> {
  const { origin, rpId } = site();
  // Whatever is wrong with an answer, the library throws; none of it is a fault of ours.
  const { registrationInfo } = await verifyRegistrationResponse({
    response: answer as Parameters<typeof verifyRegistrationResponse>[0]['response'],
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
  }).catch(() => ({ registrationInfo: undefined }));
  if (!registrationInfo) return null;
  const { id, publicKey, counter } = registrationInfo.credential;
  return {
    credentialId: id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    transports: answer.response.transports,
  };
}

/** The authenticator's count after an answer that holds; null for any other. */
export async function checkSigned(
  answer: Signed,
  challenge: string,
  passkey: { publicKey: string; counter: number },
): Promise<number | null> {
  const { origin, rpId } = site();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: answer as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    credential: {
      id: answer.id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
    },
  }).catch(() => ({ verified: false, authenticationInfo: undefined }));
  return verified && authenticationInfo ? authenticationInfo.newCounter : null;
}
