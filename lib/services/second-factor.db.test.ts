/** The second step (TRUST, sign-in): what it asks of whom, and what does not get around it. */
import { describe, expect, it } from 'vitest';
import { withInvestor, withStaff } from '@/db/client';
import { realNow } from '@/db/queries/factors';
import { listOutbox } from '@/db/queries/mails';
import { checkSession } from '@/db/queries/people';
import { testDatabase } from '@/db/test-hooks';
import { hashPassword } from '@/lib/auth/password-hash';
import { tokenHash } from '@/lib/auth/tokens';
import { totpCode } from '@/lib/auth/totp';
import type { Role } from '@/lib/domain/states';
import { passWithTotp } from './pass-second-factor';
import { removeFactor } from './remove-factor';
import { resetPassword } from './reset-password';
import { beginTotp, finishTotp } from './set-up-totp';
import { signIn } from './sign-in';
import { viewFactors, viewTotpSetup } from './view-factors';

const database = testDatabase();
const PASSWORD = 'a quiet harbour at dawn';
const client = { address: '192.0.2.1', userAgent: 'Test' };
const hash = hashPassword(PASSWORD);
let people = 0;

/** An account that has just signed in with its password. */
async function someone(role: Role = 'CITIZEN') {
  people += 1;
  const email = `factor${people}@example.com`;
  const [user] = await database.owner<[{ id: bigint }]>`
    insert into users (email, password_hash, email_verified_at, role, side, locale)
    values (${email}, ${await hash}, app_now(), ${role}, ${role === 'OPERATOR' ? 'US' : null}, 'en') returning id`;
  if (role === 'CITIZEN') await database.owner`insert into investors (investor_id) values (${user.id})`;
  else
    await database.owner`insert into staff (user_id, person_id, display_name) values (${user.id}, gen_random_uuid(), 'x')`;
  return { email, userId: user.id, sessionId: await signedIn(email) };
}

async function signedIn(email: string, password = PASSWORD): Promise<string> {
  const result = await signIn({ email, password }, client);
  if (!result.ok) throw new Error(result.error.code);
  return result.value.sessionId;
}

async function session(sessionId: string) {
  const found = await checkSession(sessionId);
  if (!found) throw new Error('The session is over.');
  return found;
}

const stepOf = async (sessionId: string) => (await checkSession(sessionId))?.secondStep;

/** The code of the database's time. */
const codeOf = async (secret: string): Promise<string> => totpCode(secret, await withInvestor(1n, (tx) => realNow(tx)));

async function enrolled(role: Role = 'CITIZEN') {
  const person = await someone(role);
  const before = await session(person.sessionId);
  expect(await beginTotp(before, { currentPassword: PASSWORD })).toEqual({ ok: true, value: null });
  const setup = await viewTotpSetup(before);
  if (!setup) throw new Error('There is no secret.');
  const done = await finishTotp(before, { code: await codeOf(setup.secret) }, client);
  if (!done.ok) throw new Error(done.error.code);
  // So that tests need not wait half a minute for the next code.
  await database.owner`update totp_factors set last_used_step = null where user_id = ${person.userId}`;
  return { ...person, secret: setup.secret, sessionId: done.value.sessionId, before: person.sessionId };
}

const refusal = (code: string) => ({ ok: false, error: { code } });

describe('setting up an authenticator app', () => {
  it('asks a citizen for the password, ends every other session, and goes on in a new one', async () => {
    const person = await someone();
    const other = await signedIn(person.email);
    const before = await session(person.sessionId);
    expect(before.secondStep).toBe('NONE');
    expect(await beginTotp(before, { currentPassword: 'not it' })).toMatchObject(
      refusal('auth.current-password-wrong'),
    );
    expect(await viewTotpSetup(before)).toBeNull();
    expect((await beginTotp(before, { currentPassword: PASSWORD })).ok).toBe(true);
    // A secret that nobody has shown a code of is asked for by nobody.
    expect(await stepOf(await signedIn(person.email))).toBe('NONE');
    const setup = await viewTotpSetup(before);
    expect(setup?.address).toContain(`secret=${setup?.secret}`);
    const done = await finishTotp(before, { code: await codeOf(setup?.secret ?? '') }, client);
    expect(done.ok && (await stepOf(done.value.sessionId))).toBe('DONE');
    expect(await checkSession(person.sessionId)).toBeNull();
    expect(await checkSession(other)).toBeNull();
    expect((await listOutbox(50)).find((mail) => mail.recipient === person.email)?.kind).toBe('factors-changed');
    expect(await stepOf(await signedIn(person.email))).toBe('WAITING');
  });

  it('takes no code of another secret, and none after a quarter of an hour', async () => {
    const person = await someone();
    const before = await session(person.sessionId);
    await beginTotp(before, { currentPassword: PASSWORD });
    const first = (await viewTotpSetup(before))?.secret ?? '';
    await beginTotp(before, { currentPassword: PASSWORD });
    const second = (await viewTotpSetup(before))?.secret ?? '';
    expect(second).not.toBe(first);
    expect(await finishTotp(before, { code: await codeOf(first) }, client)).toMatchObject(refusal('factor.code-wrong'));
    await database.owner`update totp_factors set created_at = now() - interval '16 minutes' where user_id = ${person.userId}`;
    expect(await finishTotp(before, { code: await codeOf(second) }, client)).toMatchObject(
      refusal('factor.setup-gone'),
    );
  });

  it('keeps the secret sealed, for its own account alone', async () => {
    const { userId, secret } = await enrolled();
    const other = await enrolled();
    const [row] = await database.owner<
      [{ sealed: string }]
    >`select sealed_secret as sealed from totp_factors where user_id = ${userId}`;
    expect(row.sealed).not.toContain(secret);
    expect(Buffer.from(row.sealed.slice(3), 'base64url').includes(secret)).toBe(false);
    // Moved to another row it opens nothing.
    await database.owner`update totp_factors set sealed_secret = ${row.sealed} where user_id = ${other.userId}`;
    const waiting = await session(await signedIn(other.email));
    await expect(passWithTotp(waiting, { code: await codeOf(secret) }, client)).rejects.toThrow();
  });
});

describe('the second step', () => {
  it('is asked of staff before anything else, and of citizens who have set one up', async () => {
    expect(await stepOf((await someone('OPERATOR')).sessionId)).toBe('ENROL');
    expect(await stepOf((await someone()).sessionId)).toBe('NONE');
    const { email, secret } = await enrolled('AUDITOR');
    const waiting = await session(await signedIn(email));
    expect(waiting.secondStep).toBe('WAITING');
    const sees = (sessionId: string) =>
      withStaff(sessionId, async (_, sql) => (await sql`select 1 from staff`).length > 0);
    expect(await sees(waiting.sessionId)).toBe(false);
    const passed = await passWithTotp(waiting, { code: await codeOf(secret) }, client);
    if (!passed.ok) throw new Error(passed.error.code);
    expect(await stepOf(passed.value.sessionId)).toBe('DONE');
    expect(await sees(passed.value.sessionId)).toBe(true);
    // Whoever knew the id of the session that waited has nothing.
    expect(await checkSession(waiting.sessionId)).toBeNull();
  });

  it('takes a code once, also of two at once, and none that is older than a step or than the last one', async () => {
    const { email, secret } = await enrolled();
    // Steps are counted from one instant, and by one more than is needed, so that it does not matter when the next half minute begins.
    const now = await withInvestor(1n, (tx) => realNow(tx));
    const codeAt = (steps: number) => totpCode(secret, new Date(now.getTime() + steps * 30_000));
    const tries = await Promise.all(
      [await signedIn(email), await signedIn(email)].map(async (id) =>
        passWithTotp(await session(id), { code: codeAt(0) }, client),
      ),
    );
    expect(tries.filter((result) => result.ok)).toHaveLength(1);
    expect(tries.find((result) => !result.ok)).toMatchObject(refusal('factor.code-used'));
    const waiting = await session(await signedIn(email));
    const attempt = async (steps: number) => {
      const result = await passWithTotp(waiting, { code: codeAt(steps) }, client);
      return result.ok ? 'passed' : result.error.code;
    };
    expect(await attempt(0)).toBe('factor.code-used');
    expect(await attempt(-2)).toBe('factor.code-wrong');
    expect(await attempt(3)).toBe('factor.code-wrong');
    expect(await attempt(1)).toBe('passed');
    const again = await session(await signedIn(email));
    expect(await passWithTotp(again, { code: codeAt(0) }, client)).toMatchObject(refusal('factor.code-used'));
  });

  it('reads full-width digits and spaces, and refuses anything else before it counts', async () => {
    const { email, secret } = await enrolled();
    const waiting = await session(await signedIn(email));
    for (const code of ['', '12345', '1234567', '12345a', 'x'.repeat(100_000), '١٢٣٤٥٦', '-12345', '1e5000'])
      expect(await passWithTotp(waiting, { code }, client)).toMatchObject(refusal('factor.code-form'));
    const code = await codeOf(secret);
    const typed = `${code.slice(0, 3)}　${code.slice(3)}`.replace(/\d/g, (d) =>
      String.fromCharCode(d.charCodeAt(0) + 0xfee0),
    );
    expect((await passWithTotp(waiting, { code: typed }, client)).ok).toBe(true);
  });

  it('tries five codes of twenty at once, then refuses the right one too', async () => {
    const { email, secret } = await enrolled();
    const waiting = await session(await signedIn(email));
    const right = await codeOf(secret);
    const wrong = right === '000000' ? '000001' : '000000';
    const tries = await Promise.all(Array.from({ length: 20 }, () => passWithTotp(waiting, { code: wrong }, client)));
    const codes = tries.map((result) => (result.ok ? 'ok' : result.error.code));
    expect(codes.filter((code) => code === 'factor.code-wrong')).toHaveLength(5);
    expect(codes.filter((code) => code === 'auth.throttled')).toHaveLength(15);
    expect(await passWithTotp(waiting, { code: right }, client)).toMatchObject(refusal('auth.throttled'));
  });

  it('is not skipped by a new password', async () => {
    const { email, userId, sessionId } = await enrolled();
    const token = 'A'.repeat(43);
    await database.owner`insert into email_tokens (token_sha256, user_id, purpose, expires_at)
      values (${tokenHash(token)}, ${userId}, 'RESET', now() + interval '5 minutes')`;
    expect((await resetPassword({ token, password: 'another harbour at dusk' })).ok).toBe(true);
    expect(await checkSession(sessionId)).toBeNull();
    expect(await stepOf(await signedIn(email, 'another harbour at dusk'))).toBe('WAITING');
  });

  it('makes no session live longer', async () => {
    const { email, secret } = await enrolled('MANAGER');
    const waiting = await session(await signedIn(email));
    await database.owner`update sessions set created_at = now() - interval '11 hours' where id = ${waiting.sessionId}`;
    const passed = await passWithTotp(waiting, { code: await codeOf(secret) }, client);
    if (!passed.ok) throw new Error(passed.error.code);
    const [row] = await database.owner`
      select now() - created_at > interval '10 hours' as old, now() - second_factor_at < interval '1 minute' as fresh
        from sessions where id = ${passed.value.sessionId}`;
    expect(row).toEqual({ old: true, fresh: true });
  });
});

describe('removing a factor', () => {
  it('needs a second step of the last minutes', async () => {
    const { sessionId } = await enrolled();
    await database.owner`update sessions set second_factor_at = now() - interval '6 minutes' where id = ${sessionId}`;
    expect(await removeFactor(await session(sessionId), { kind: 'totp' }, client)).toMatchObject(
      refusal('factor.stale'),
    );
    expect(await beginTotp(await session(sessionId), { currentPassword: PASSWORD })).toMatchObject(
      refusal('factor.stale'),
    );
  });

  it('leaves a citizen with the password alone', async () => {
    const { email, sessionId, userId } = await enrolled();
    const removed = await removeFactor(await session(sessionId), { kind: 'totp' }, client);
    expect(removed.ok && (await stepOf(removed.value.sessionId))).toBe('NONE');
    expect(await viewFactors({ userId })).toEqual({ totpSince: null, passkeys: [], recoveryCodes: 0 });
    expect(await stepOf(await signedIn(email))).toBe('NONE');
  });

  it('never takes the last one of staff', async () => {
    const { sessionId, userId } = await enrolled('SUPPORT');
    expect(await removeFactor(await session(sessionId), { kind: 'totp' }, client)).toMatchObject(
      refusal('factor.last'),
    );
    expect((await viewFactors({ userId })).totpSince).not.toBeNull();
  });
});

describe('the role of the site', () => {
  it('sees and changes the factors of the person it names alone', async () => {
    const mine = await enrolled();
    const theirs = await enrolled();
    const count = (table: string) =>
      withInvestor(mine.userId, async (_, sql) =>
        (await sql.unsafe(`select distinct user_id as id from ${table}`)).map(({ id }) => id),
      );
    expect(await count('totp_factors')).toEqual([mine.userId]);
    await withInvestor(mine.userId, (_, sql) => sql`delete from totp_factors where user_id = ${theirs.userId}`);
    expect((await viewFactors(theirs)).totpSince).not.toBeNull();
    for (const statement of [
      'select * from webauthn_challenges',
      'delete from webauthn_challenges',
      `update totp_factors set sealed_secret = 'x'`,
      `update sessions set second_factor_at = now()`,
    ])
      await expect(
        withInvestor(mine.userId, (_, sql) => sql.unsafe(statement)),
        statement,
      ).rejects.toThrow();
  });
});
