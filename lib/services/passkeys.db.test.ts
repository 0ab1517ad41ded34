/** Passkeys and recovery codes (TRUST, sign-in): what signs a person in, and what is refused however well it is signed. */
import { beforeAll, describe, expect, it } from 'vitest';
import { withInvestor } from '@/db/client';
import { checkSession } from '@/db/queries/people';
import { testDatabase } from '@/db/test-hooks';
import { hashPassword } from '@/lib/auth/password-hash';
import { type Lies, TestAuthenticator } from '@/lib/auth/test-authenticator';
import type { RequestOptions } from '@/lib/auth/webauthn';
import type { Role } from '@/lib/domain/states';
import { env } from '@/lib/env';
import type { Result } from '@/lib/result';
import { addPasskey, offerPasskey } from './add-passkey';
import { makeRecoveryCodes } from './make-recovery-codes';
import { passWithRecoveryCode } from './pass-second-factor';
import { removeFactor } from './remove-factor';
import { signIn } from './sign-in';
import { offerPasskeySignIn, offerPasskeyStep, passWithPasskey, signInWithPasskey } from './sign-in-with-passkey';
import { viewFactors } from './view-factors';

const database = testDatabase();
const PASSWORD = 'a quiet harbour at dawn';
const client = { address: '192.0.2.2', userAgent: 'Test' };
const refusal = (code: string) => ({ ok: false, error: { code } });
let passwordHash: string;
let origin: string;
let people = 0;

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
  origin = new URL(env().SITE_URL).origin;
});

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

async function session(sessionId: string) {
  const found = await checkSession(sessionId);
  if (!found) throw new Error('The session is over.');
  return found;
}

const signedIn = async (email: string) => session(must(await signIn({ email, password: PASSWORD }, client)).sessionId);

async function someone(role: Role = 'CITIZEN') {
  people += 1;
  const email = `passkey${people}@example.com`;
  const [user] = await database.owner<[{ id: bigint }]>`
    insert into users (email, password_hash, email_verified_at, role, locale)
    values (${email}, ${passwordHash}, app_now(), ${role}, 'en') returning id`;
  return { email, userId: user.id };
}

/** Somebody with a passkey, in the session in which it was set up. */
async function withPasskey(role: Role = 'CITIZEN') {
  const person = await someone(role);
  const before = await signedIn(person.email);
  const authenticator = new TestAuthenticator(origin);
  const options = must(await offerPasskey(before, { currentPassword: PASSWORD }));
  const added = must(await addPasskey(before, { name: 'Phone', answer: authenticator.create(options) }, client));
  return { ...person, authenticator, before, session: await session(added.sessionId) };
}

const passkeySignIn = async (authenticator: TestAuthenticator, lies?: Lies) =>
  signInWithPasskey({ answer: authenticator.get(must(await offerPasskeySignIn(client)), lies) }, client);

describe('adding a passkey', () => {
  it('asks for the password, ends every other session, and is asked for from then on', async () => {
    const { email, userId } = await someone();
    const before = await signedIn(email);
    expect(await offerPasskey(before, {})).toMatchObject(refusal('auth.current-password-wrong'));
    const other = await signedIn(email);
    const options = must(await offerPasskey(before, { currentPassword: PASSWORD }));
    // The authenticator learns the account by a number that says nothing.
    expect(Buffer.from(options.user.id, 'base64url')).toHaveLength(32);
    const answer = new TestAuthenticator(origin).create(options);
    const added = must(await addPasskey(before, { name: '  Ｐhone  ', answer }, client));
    expect((await session(added.sessionId)).secondStep).toBe('DONE');
    expect(await checkSession(before.sessionId)).toBeNull();
    expect(await checkSession(other.sessionId)).toBeNull();
    expect((await viewFactors({ userId })).passkeys.map(({ name }) => name)).toEqual(['Phone']);
    expect((await signedIn(email)).secondStep).toBe('WAITING');
  });

  it.each<[string, Lies]>([
    ['made for another site', { origin: 'https://evil.example' }],
    ['made for another name', { rpId: 'evil.example' }],
    ['made without its user being checked', { verified: false }],
  ])('refuses one %s', async (_, lies) => {
    const before = await signedIn((await someone()).email);
    const options = must(await offerPasskey(before, { currentPassword: PASSWORD }));
    const answer = new TestAuthenticator(origin).create(options, lies);
    expect(await addPasskey(before, { name: 'x', answer }, client)).toMatchObject(refusal('factor.passkey-wrong'));
  });

  it('takes an answer once, from whoever was asked, in time, and nothing that is no answer', async () => {
    const ann = await signedIn((await someone()).email);
    const ben = await signedIn((await someone()).email);
    const options = must(await offerPasskey(ann, { currentPassword: PASSWORD }));
    const answer = new TestAuthenticator(origin).create(options);
    expect(await addPasskey(ben, { name: 'x', answer }, client)).toMatchObject(refusal('factor.passkey-wrong'));
    const added = must(await addPasskey(ann, { name: 'x', answer }, client));
    const again = await session(added.sessionId);
    expect(await addPasskey(again, { name: 'x', answer }, client)).toMatchObject(refusal('factor.passkey-wrong'));
    const late = new TestAuthenticator(origin).create(must(await offerPasskey(again, {})));
    await database.owner`update webauthn_challenges set expires_at = now()`;
    expect(await addPasskey(again, { name: 'x', answer: late }, client)).toMatchObject(refusal('factor.passkey-wrong'));
    for (const text of ['', '{}', 'null', '[]', '{"__proto__":{"id":"x"}}', 'x'.repeat(100_000), late.slice(0, -9)])
      expect(await addPasskey(again, { name: 'x', answer: text }, client)).toMatchObject(
        refusal('factor.passkey-wrong'),
      );
  });

  it('cannot take over one that somebody else has', async () => {
    const { authenticator, userId } = await withPasskey();
    const thief = await signedIn((await someone()).email);
    const answer = authenticator.create(must(await offerPasskey(thief, { currentPassword: PASSWORD })));
    expect(await addPasskey(thief, { name: 'x', answer }, client)).toMatchObject(refusal('factor.passkey-known'));
    expect((await viewFactors({ userId })).passkeys).toHaveLength(1);
  });
});

describe('signing in by passkey', () => {
  it('needs no address, no password, and no second step', async () => {
    const { authenticator, userId } = await withPasskey('AUDITOR');
    const { sessionId, secondStep } = must(await passkeySignIn(authenticator));
    expect(secondStep).toBe('DONE');
    expect(await session(sessionId)).toMatchObject({ userId, role: 'AUDITOR', secondStep: 'DONE' });
  });

  it('works for the owner while the password is throttled', async () => {
    const { email, authenticator } = await withPasskey();
    for (let i = 0; i < 11; i += 1) await signIn({ email, password: `wrong ${i}` }, client);
    expect(await signIn({ email, password: PASSWORD }, client)).toMatchObject(refusal('auth.throttled'));
    expect((await passkeySignIn(authenticator)).ok).toBe(true);
  });

  it.each<[string, Lies]>([
    ['for another site', { origin: 'https://evil.example' }],
    ['for another name', { rpId: 'evil.example' }],
    ['without its user being checked', { verified: false }],
    ['for another account', { userHandle: Buffer.alloc(32).toString('base64url') }],
    ['for no account', { userHandle: '' }],
    ['by a copy, whose count goes back', { counter: 1 }],
  ])('refuses a signature %s', async (_, lies) => {
    const { authenticator } = await withPasskey();
    must(await passkeySignIn(authenticator));
    expect(await passkeySignIn(authenticator, lies)).toMatchObject(refusal('factor.passkey-wrong'));
  });

  it('takes a signature once, also of two at once, and none for a challenge of another kind', async () => {
    const { authenticator, session: own, userId } = await withPasskey();
    const answer = authenticator.get(must(await offerPasskeySignIn(client)));
    const both = await Promise.all([signInWithPasskey({ answer }, client), signInWithPasskey({ answer }, client)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const forStep = authenticator.get(must(await offerPasskeyStep({ userId })));
    expect(await signInWithPasskey({ answer: forStep }, client)).toMatchObject(refusal('factor.passkey-wrong'));
    const forSignIn = authenticator.get(must(await offerPasskeySignIn(client)));
    expect(await passWithPasskey(own, { answer: forSignIn }, client)).toMatchObject(refusal('factor.passkey-wrong'));
  });

  it('is over for a passkey that was removed', async () => {
    const { authenticator, session: own } = await withPasskey();
    const which = { kind: 'passkey', credentialId: authenticator.id.toString('base64url') } as const;
    must(await removeFactor(own, which, client));
    expect(await passkeySignIn(authenticator)).toMatchObject(refusal('factor.passkey-wrong'));
  });
});

describe('the second step by passkey', () => {
  const step = (person: { authenticator: TestAuthenticator }, options: RequestOptions) =>
    ({ answer: person.authenticator.get(options) }) as const;

  it('opens the session that waits, by the account’s own passkey alone', async () => {
    const ann = await withPasskey('MANAGER');
    const ben = await withPasskey();
    const waiting = await signedIn(ann.email);
    const options = must(await offerPasskeyStep(waiting));
    expect(options.allowCredentials?.map(({ id }) => id)).toEqual([ann.authenticator.id.toString('base64url')]);
    expect(await passWithPasskey(waiting, step(ben, options), client)).toMatchObject(refusal('factor.passkey-wrong'));
    const ofBen = step(ann, must(await offerPasskeyStep(ben)));
    expect(await passWithPasskey(waiting, ofBen, client)).toMatchObject(refusal('factor.passkey-wrong'));
    const { sessionId } = must(
      await passWithPasskey(waiting, step(ann, must(await offerPasskeyStep(waiting))), client),
    );
    expect((await session(sessionId)).secondStep).toBe('DONE');
    expect(await checkSession(waiting.sessionId)).toBeNull();
  });
});

describe('removing passkeys', () => {
  it('leaves staff one, also when two go at once, and takes nobody else’s', async () => {
    const { authenticator, session: first, userId } = await withPasskey('SUPPORT');
    const other = await withPasskey();
    const second = new TestAuthenticator(origin);
    const answer = second.create(must(await offerPasskey(first, {})));
    const own = await session(must(await addPasskey(first, { name: 'Key', answer }, client)).sessionId);
    const remove = (one: TestAuthenticator) =>
      removeFactor(own, { kind: 'passkey', credentialId: one.id.toString('base64url') }, client);
    expect(await remove(other.authenticator)).toMatchObject(refusal('factor.not-found'));
    const both = await Promise.all([remove(authenticator), remove(second)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject(refusal('factor.last'));
    expect((await viewFactors({ userId })).passkeys).toHaveLength(1);
  });
});

describe('recovery codes', () => {
  it('do the second step once each, and are void when new ones are made', async () => {
    const { email, session: own, userId } = await withPasskey('AUDITOR');
    const codes = must(await makeRecoveryCodes(own));
    expect(new Set(codes).size).toBe(10);
    const rows = await database.owner<{ hash: string }[]>`select hash from recovery_codes where user_id = ${userId}`;
    for (const code of codes) expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''));
    const [code = '', other = ''] = codes;
    const tries = await Promise.all(
      [await signedIn(email), await signedIn(email)].map((waiting) => passWithRecoveryCode(waiting, { code }, client)),
    );
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect(tries.find(({ ok }) => !ok)).toMatchObject(refusal('factor.recovery-wrong'));
    expect((await viewFactors({ userId })).recoveryCodes).toBe(9);
    must(await makeRecoveryCodes(own));
    const waiting = await signedIn(email);
    expect(await passWithRecoveryCode(waiting, { code: other }, client)).toMatchObject(
      refusal('factor.recovery-wrong'),
    );
  });

  it('belong to one account, need a fresh second step, and go with the last factor', async () => {
    const ann = await withPasskey();
    const ben = await withPasskey();
    const [code = ''] = must(await makeRecoveryCodes(ann.session));
    expect(await passWithRecoveryCode(await signedIn(ben.email), { code }, client)).toMatchObject(
      refusal('factor.recovery-wrong'),
    );
    expect(await makeRecoveryCodes({ ...ann.session, secondFactorAge: 301 })).toMatchObject(refusal('factor.stale'));
    expect(await makeRecoveryCodes(await signedIn((await someone()).email))).toMatchObject(refusal('factor.none'));
    const credentialId = ann.authenticator.id.toString('base64url');
    must(await removeFactor(ann.session, { kind: 'passkey', credentialId }, client));
    expect((await viewFactors(ann)).recoveryCodes).toBe(0);
  });
});

describe('the role of the site', () => {
  it('sees and changes the passkeys and codes of the person it names alone', async () => {
    const mine = await withPasskey();
    const theirs = await withPasskey();
    must(await makeRecoveryCodes(theirs.session));
    for (const table of ['passkeys', 'recovery_codes'])
      await withInvestor(mine.userId, (_, sql) => sql.unsafe(`delete from ${table} where user_id = ${theirs.userId}`));
    expect(await viewFactors(theirs)).toMatchObject({ passkeys: [{ name: 'Phone' }], recoveryCodes: 10 });
    const raising = `update passkeys set public_key = 'x'`;
    await expect(withInvestor(mine.userId, (_, sql) => sql.unsafe(raising))).rejects.toThrow();
  });
});
