import { describe, expect, it } from 'vitest';
import { withInvestor } from '@/db/client';
import { listOutbox } from '@/db/queries/mails';
import { checkSession, findAccount, getInvestor, listIdentityEvents, listSessions } from '@/db/queries/people';
import { testDatabase } from '@/db/test-hooks';
import type { ClientHints } from '@/lib/auth/client-address';
import { hashPassword, verifyPassword } from '@/lib/auth/password-hash';
import { decodeSessionToken, encodeSessionToken } from '@/lib/auth/session-token';
import type { Locale } from '@/lib/domain/states';
import { changePassword } from './change-password';
import { endAllSessions, endOneSession } from './end-sessions';
import { requestPasswordReset } from './request-password-reset';
import { resetPassword } from './reset-password';
import { signIn } from './sign-in';
import { signOut } from './sign-out';
import { signUp } from './sign-up';
import { verifyEmail } from './verify-email';

const database = testDatabase();
const PASSWORD = 'a quiet harbour at dawn';
const OTHER = 'another harbour at dusk';
let people = 0;

/** Each person comes from an address of their own, so that tests do not throttle each other. */
function someone(): { email: string; client: ClientHints } {
  people += 1;
  return {
    email: `person${people}@example.com`,
    client: { address: `2001:db8:${people.toString(16)}::1`, userAgent: 'Test' },
  };
}

async function lastToken(email: string): Promise<string> {
  const mail = (await listOutbox(200)).find((m) => m.recipient === email && m.body.includes('token='));
  return /token=([A-Za-z0-9_-]{43})/.exec(mail?.body ?? '')?.[1] ?? '';
}

async function citizen(locale: Locale = 'en') {
  const { email, client } = someone();
  await signUp({ email, password: PASSWORD, locale }, client);
  await verifyEmail({ token: await lastToken(email) });
  const signedIn = await signIn({ email, password: PASSWORD }, client);
  if (!signedIn.ok) throw new Error(signedIn.error.code);
  return { email, client, ...signedIn.value };
}

describe('sign-up and confirmation', () => {
  it('opens an account that can be used once the address is confirmed', async () => {
    const { email, client } = someone();
    expect(await signUp({ email: email.toUpperCase(), password: PASSWORD, locale: 'ja' }, client)).toEqual({
      ok: true,
      value: { email },
    });
    expect(await signIn({ email, password: PASSWORD }, client)).toMatchObject({
      ok: false,
      error: { code: 'auth.not-verified' },
    });
    const token = await lastToken(email);
    expect(await verifyEmail({ token })).toEqual({ ok: true, value: null });
    expect(await verifyEmail({ token })).toMatchObject({ ok: false, error: { code: 'auth.link-invalid' } });
    const signedIn = await signIn({ email, password: PASSWORD }, client);
    expect(signedIn).toMatchObject({ ok: true, value: { role: 'CITIZEN' } });
    if (!signedIn.ok) return;
    const session = await checkSession(signedIn.value.sessionId);
    expect(session).toMatchObject({
      email,
      role: 'CITIZEN',
      locale: 'ja',
      investor: { identityState: 'DRAFT', status: 'PENDING' },
    });
    const mail = (await listOutbox(200)).find((m) => m.recipient === email && m.kind === 'verify');
    expect(mail?.subject).toMatch(/確認/);
    // Found by a part of the address, in either case; a wildcard is a letter like any other.
    expect((await listOutbox(200, email.slice(2, -4).toUpperCase())).map((m) => m.recipient)).toContain(email);
    expect(await listOutbox(200, '%')).toEqual([]);
  });

  it('answers alike for a known and an unknown address, and tells only the mailbox', async () => {
    const known = await citizen();
    const before = await findAccount(known.email);
    const again = await signUp({ email: known.email, password: OTHER, locale: 'en' }, known.client);
    const fresh = someone();
    const first = await signUp({ email: fresh.email, password: OTHER, locale: 'en' }, fresh.client);
    expect(again).toEqual({ ok: true, value: { email: known.email } });
    expect(first).toEqual({ ok: true, value: { email: fresh.email } });
    expect(await findAccount(known.email)).toEqual(before);
    expect((await listOutbox(200)).find((m) => m.recipient === known.email)?.kind).toBe('known');
  });

  it('lets nobody choose the password of an address that someone else confirms', async () => {
    const { email, client } = someone();
    await signUp({ email, password: 'chosen by an attacker', locale: 'en' }, client);
    await signUp({ email, password: PASSWORD, locale: 'en' }, client);
    expect(await verifyEmail({ token: await lastToken(email) })).toMatchObject({ ok: true });
    expect(await signIn({ email, password: 'chosen by an attacker' }, client)).toMatchObject({
      ok: false,
      error: { code: 'auth.wrong' },
    });
    expect(await signIn({ email, password: PASSWORD }, client)).toMatchObject({ ok: true });
  });

  it('makes one account of many sign-ups at once', async () => {
    const { email, client } = someone();
    const results = await Promise.all(
      Array.from({ length: 8 }, () => signUp({ email, password: PASSWORD, locale: 'en' }, client)),
    );
    expect(results.every((r) => r.ok)).toBe(true);
    const [row] = await database.owner`select count(*)::int as n from users where email = ${email}`;
    expect(row?.n).toBe(1);
  });

  it.each([
    ['taro＠example.com', 'a quiet harbour at dawn', undefined],
    ['tаro@example.com', 'a quiet harbour at dawn', 'email.look-alike'],
    ['short@example.com', 'short', 'password.too-short'],
    ['common@example.com', 'password123', 'password.common'],
    ['mega@example.com', 'x'.repeat(1_000_000), 'password.too-long'],
    ['123-45-6789@example.com', 'a quiet harbour at dawn', 'email.identity-number'],
  ])('judges %s', async (email, password, code) => {
    const result = await signUp({ email, password, locale: 'en' }, someone().client);
    expect(result.ok ? undefined : result.error.code).toBe(code);
  });
});

describe('sign-in', () => {
  it('answers alike, and after like work, for an unknown address and a wrong password', async () => {
    const known = await citizen();
    const hash = await hashPassword(PASSWORD);
    const times = { known: [] as number[], unknown: [] as number[], hash: [] as number[] };
    const timed = async <T>(kind: keyof typeof times, work: () => Promise<T>): Promise<T> => {
      // Processor time of all threads: a machine with other things to do makes a clock on the wall useless.
      const before = process.cpuUsage();
      const result = await work();
      const { user, system } = process.cpuUsage(before);
      times[kind].push(user + system);
      return result;
    };
    for (let i = 0; i < 7; i += 1) {
      await timed('hash', () => verifyPassword(hash, 'not the password at all'));
      for (const kind of ['known', 'unknown'] as const) {
        const email = kind === 'known' ? known.email : `nobody${i}@example.com`;
        const result = await timed(kind, () => signIn({ email, password: 'not the password at all' }, known.client));
        expect(result).toEqual({ ok: false, error: { code: 'auth.wrong' } });
      }
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
    // Nearly all of the work is the hash: an answer that took less has not hashed.
    expect(median(times.known)).toBeGreaterThan(0.8 * median(times.hash));
    expect(median(times.unknown)).toBeGreaterThan(0.8 * median(times.hash));
  });

  it('tries exactly ten passwords of a hundred at once, then refuses the right one too', async () => {
    const { email, client } = await citizen();
    const attempts = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        signIn({ email, password: `wrong password ${i}` }, { ...client, address: `198.51.100.${i}` }),
      ),
    );
    const codes = attempts.map((a) => (a.ok ? 'ok' : a.error.code));
    expect(codes.filter((code) => code === 'auth.wrong')).toHaveLength(10);
    expect(codes.filter((code) => code === 'auth.throttled')).toHaveLength(90);
    expect(await signIn({ email, password: PASSWORD }, client)).toMatchObject({
      ok: false,
      error: { code: 'auth.throttled' },
    });
    const keys = await database.owner<{ key: string }[]>`select key from rate_limits`;
    expect(keys.some(({ key }) => key.includes('@'))).toBe(false);
  });

  it('throttles one address that sprays across accounts', async () => {
    const client = { address: '203.0.113.7', userAgent: 'Test' };
    const codes: string[] = [];
    for (let i = 0; i < 104; i += 8) {
      const batch = await Promise.all(
        Array.from({ length: 8 }, (_, k) =>
          signIn({ email: `sprayed${i + k}@example.com`, password: 'one password for all' }, client),
        ),
      );
      codes.push(...batch.map((r) => (r.ok ? 'ok' : r.error.code)));
    }
    expect(codes.filter((code) => code === 'auth.wrong')).toHaveLength(100);
    expect(codes.filter((code) => code === 'auth.throttled')).toHaveLength(4);
  });

  it('forgets failures after a success', async () => {
    const { email, client } = await citizen();
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 5; i += 1) await signIn({ email, password: 'wrong' }, client);
      expect(await signIn({ email, password: PASSWORD }, client)).toMatchObject({ ok: true });
    }
  });

  it('refuses a megabyte before anything is done with it', async () => {
    const { email, client } = await citizen();
    const counted = async () => (await database.owner`select sum(points)::int as n from rate_limits`)[0]?.n;
    const before = await counted();
    expect(await signIn({ email, password: 'x'.repeat(1_000_000) }, client)).toMatchObject({
      ok: false,
      error: { code: 'auth.wrong' },
    });
    expect(await counted()).toBe(before);
  });
});

describe('sessions', () => {
  it('end at sign-out, whoever kept the cookie', async () => {
    const { sessionId, userId } = await citizen();
    const token = await encodeSessionToken(sessionId);
    expect(await decodeSessionToken(token)).toBe(sessionId);
    await signOut({ userId, sessionId });
    expect(await checkSession(sessionId)).toBeNull();
  });

  it.each(['', 'x', 'a.b.c.d.e'])('are not opened by the token %j', async (token) => {
    expect(await decodeSessionToken(token)).toBeNull();
  });

  it('are not opened by an altered token', async () => {
    const token = await encodeSessionToken('6f1f8a54-8a3c-4d0e-9a52-0d8a2a6a2b11');
    const at = token.length - 5;
    const altered = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
    expect(await decodeSessionToken(altered)).toBeNull();
  });

  it('end after an hour unused, and after a day however used; earlier for staff', async () => {
    const alive = async (change: string, role = 'CITIZEN') => {
      const { sessionId, userId } = await citizen();
      await database.owner`update users set role = ${role}::role, side = ${role === 'OPERATOR' ? 'US' : null} where id = ${userId}`;
      await database.owner`update sessions set role = ${role}::role where id = ${sessionId}`;
      await database.owner.unsafe(`update sessions set ${change} where id = '${sessionId}'`);
      return (await checkSession(sessionId)) !== null;
    };
    expect(await alive(`last_seen_at = now() - interval '59 minutes'`)).toBe(true);
    expect(await alive(`last_seen_at = now() - interval '61 minutes'`)).toBe(false);
    expect(await alive(`created_at = now() - interval '23 hours'`)).toBe(true);
    expect(await alive(`created_at = now() - interval '25 hours'`)).toBe(false);
    expect(await alive(`last_seen_at = now() - interval '14 minutes'`, 'OPERATOR')).toBe(true);
    expect(await alive(`last_seen_at = now() - interval '16 minutes'`, 'OPERATOR')).toBe(false);
    expect(await alive(`created_at = now() - interval '13 hours'`, 'AUDITOR')).toBe(false);
  });

  it('count real time: a frozen clock keeps none alive, and a leap ends none', async () => {
    const { sessionId } = await citizen();
    await database.owner`update clock set mode = 'STEPPED', at = now() + interval '40 days'`;
    expect(await checkSession(sessionId)).not.toBeNull();
    await database.owner`update clock set mode = 'FROZEN', at = now()`;
    await database.owner`update sessions set last_seen_at = now() - interval '2 hours' where id = ${sessionId}`;
    expect(await checkSession(sessionId)).toBeNull();
    await database.owner`update clock set mode = 'REAL', at = null`;
  });

  it('end when the role changes', async () => {
    const { sessionId, userId } = await citizen();
    await database.owner`update users set role = 'AUDITOR' where id = ${userId}`;
    expect(await checkSession(sessionId)).toBeNull();
  });

  it('can be listed and ended by their person alone', async () => {
    const mine = await citizen();
    const theirs = await citizen();
    const second = await signIn({ email: mine.email, password: PASSWORD }, mine.client);
    if (!second.ok) throw new Error(second.error.code);
    const list = await withInvestor(mine.userId, (tx) => listSessions(tx, mine.userId, 'CITIZEN'));
    expect(list.map((s) => s.id).sort()).toEqual([mine.sessionId, second.value.sessionId].sort());
    // Even a query that names someone else finds nothing: row-level security.
    expect(await withInvestor(mine.userId, (tx) => listSessions(tx, theirs.userId, 'CITIZEN'))).toEqual([]);
    expect(await endOneSession(mine, { sessionId: theirs.sessionId })).toMatchObject({
      ok: false,
      error: { code: 'auth.session-gone' },
    });
    expect(await checkSession(theirs.sessionId)).not.toBeNull();
    expect(await endOneSession(mine, { sessionId: second.value.sessionId })).toMatchObject({ ok: true });
    expect(await checkSession(mine.sessionId)).not.toBeNull();
    await endAllSessions(mine);
    expect(await checkSession(mine.sessionId)).toBeNull();
  });
});

describe('recovery', () => {
  it('answers alike for a known and an unknown address', async () => {
    const known = await citizen();
    const results = [];
    for (const email of [known.email, 'nobody-at-all@example.com']) {
      const started = performance.now();
      results.push(await requestPasswordReset({ email }, known.client));
      expect(performance.now() - started).toBeGreaterThan(245);
    }
    expect(results).toEqual([
      { ok: true, value: { email: known.email } },
      { ok: true, value: { email: 'nobody-at-all@example.com' } },
    ]);
  });

  it('works once, even twice at once, ends every session and signs nobody in', async () => {
    const { email, client, sessionId } = await citizen('ja');
    await requestPasswordReset({ email }, client);
    const token = await lastToken(email);
    const both = await Promise.all([
      resetPassword({ token, password: OTHER }),
      resetPassword({ token, password: OTHER }),
    ]);
    expect(both.filter((r) => r.ok)).toHaveLength(1);
    expect(await resetPassword({ token, password: PASSWORD })).toMatchObject({
      ok: false,
      error: { code: 'auth.link-invalid' },
    });
    expect(await checkSession(sessionId)).toBeNull();
    expect(await signIn({ email, password: PASSWORD }, client)).toMatchObject({ ok: false });
    expect(await signIn({ email, password: OTHER }, client)).toMatchObject({ ok: true });
    expect((await listOutbox(200)).find((m) => m.recipient === email)?.kind).toBe('password-changed');
  });

  it('ends after half an hour, takes no confirmation link, and keeps the link when the password is refused', async () => {
    const { email, client } = await citizen();
    await requestPasswordReset({ email }, client);
    const token = await lastToken(email);
    expect(await resetPassword({ token, password: 'short' })).toMatchObject({
      ok: false,
      error: { code: 'password.too-short' },
    });
    expect(await resetPassword({ token, password: email })).toMatchObject({
      ok: false,
      error: { code: 'password.like-email' },
    });
    expect(await verifyEmail({ token })).toMatchObject({ ok: false });
    await database.owner`update email_tokens set expires_at = now() where purpose = 'RESET' and used_at is null`;
    expect(await resetPassword({ token, password: OTHER })).toMatchObject({
      ok: false,
      error: { code: 'auth.link-invalid' },
    });
  });

  it('sends at most five links an hour to one mailbox', async () => {
    const { email, client } = await citizen();
    await Promise.all(Array.from({ length: 12 }, () => requestPasswordReset({ email }, client)));
    const [row] = await database.owner`select count(*)::int as n from mails where recipient = ${email}`;
    expect(row?.n).toBe(5);
  });
});

describe('change of password', () => {
  it('asks for the current one, ends every session, and goes on in a new one', async () => {
    const { email, client, userId, sessionId } = await citizen();
    const other = await signIn({ email, password: PASSWORD }, client);
    if (!other.ok) throw new Error(other.error.code);
    expect(
      await changePassword({ userId, sessionId }, { currentPassword: 'wrong', newPassword: OTHER }, client),
    ).toMatchObject({
      ok: false,
      error: { code: 'auth.current-password-wrong', field: 'currentPassword' },
    });
    // A change to the same one would end the sessions and change nothing; typed in full width it is the same.
    for (const same of [PASSWORD, PASSWORD.replace('a', 'ａ')]) {
      expect(
        await changePassword({ userId, sessionId }, { currentPassword: PASSWORD, newPassword: same }, client),
      ).toMatchObject({ ok: false, error: { code: 'password.unchanged', field: 'newPassword' } });
    }
    expect(await checkSession(sessionId)).not.toBeNull();
    const changed = await changePassword(
      { userId, sessionId },
      { currentPassword: PASSWORD, newPassword: OTHER },
      client,
    );
    if (!changed.ok) throw new Error(changed.error.code);
    expect(await checkSession(sessionId)).toBeNull();
    expect(await checkSession(other.value.sessionId)).toBeNull();
    expect(await checkSession(changed.value.sessionId)).not.toBeNull();
    // The ended session cannot be used to change it again.
    expect(
      await changePassword({ userId, sessionId }, { currentPassword: OTHER, newPassword: PASSWORD }, client),
    ).toMatchObject({ ok: false });
  });
});

describe('the role of the site', () => {
  it('sees nobody without naming them, and changes no role', async () => {
    const { userId } = await citizen();
    const other = await citizen();
    expect(await withInvestor(userId, (tx) => getInvestor(tx, other.userId))).toBeNull();
    expect(await withInvestor(userId, (tx) => listIdentityEvents(tx, other.userId))).toEqual([]);
    await expect(
      withInvestor(userId, (_, sql) => sql`update users set role = 'OPERATOR', side = 'US' where id = ${userId}`),
    ).rejects.toThrow();
    await expect(withInvestor(userId, (_, sql) => sql`delete from identity_events`)).rejects.toThrow();
    await expect(
      withInvestor(userId, (_, sql) => sql`update identity_events set reason = 'started'`),
    ).rejects.toThrow();
    await expect(
      withInvestor(
        userId,
        (_, sql) =>
          sql`insert into eligibility_appeals (investor_id, sequence, reason, message) values (${other.userId}, 1, 'x', 'x')`,
      ),
    ).rejects.toThrow();
  });
});
