/** Forms with more than one field name all that is wrong at once, in the order of the form. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { testDatabase } from '@/db/test-hooks';
import { DEMO_PASSWORD_HASH } from '@/scripts/lib/personas.mjs';
import { changePassword } from './change-password';
import { signUp } from './sign-up';

const database = testDatabase();
const client = { address: '2001:db8::1', userAgent: 'Test' };

it('sign-up: the address and the password', async () => {
  expect(await signUp({ email: 'not an address', password: 'short', locale: 'en' }, client)).toEqual({
    ok: false,
    error: { code: 'email.form', field: 'email' },
    more: [{ code: 'password.too-short', field: 'password' }],
  });
  expect(await signUp({ email: 'someone@example.com', password: '', locale: 'en' }, client)).toEqual({
    ok: false,
    error: { code: 'password.empty', field: 'password' },
    more: [],
  });
});

it('change of password: the current one and the new one', async () => {
  const [row] = await database.owner`select create_account('someone@example.com', ${DEMO_PASSWORD_HASH}, 'en') as id`;
  const session = { userId: BigInt(row?.id), sessionId: randomUUID() };
  expect(await changePassword(session, { currentPassword: 'wrong', newPassword: 'short' }, client)).toEqual({
    ok: false,
    error: { code: 'auth.current-password-wrong', field: 'currentPassword' },
    more: [{ code: 'password.too-short', field: 'newPassword' }],
  });
});
