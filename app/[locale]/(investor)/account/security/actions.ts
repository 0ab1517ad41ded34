'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { clientHints } from '@/lib/auth/client-address';
import { requireSetupSession, setSessionCookie } from '@/lib/auth/session';
import { localePath } from '@/lib/i18n/locale';
import { removeFactor } from '@/lib/services/remove-factor';
import { beginTotp, finishTotp } from '@/lib/services/set-up-totp';

export async function beginTotpAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSetupSession();
  return handleForm(data, z.strictObject({ currentPassword: z.string().optional() }), async (input, locale) => {
    const result = await beginTotp(session, input);
    if (!result.ok) return result;
    redirect(localePath(locale, '/account/security/authenticator'));
  });
}

export async function finishTotpAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSetupSession();
  return handleForm(data, z.strictObject({ code: z.string().max(80) }), async (input, locale) => {
    const result = await finishTotp(session, input, await clientHints());
    if (!result.ok) return result;
    await setSessionCookie(result.value.sessionId);
    redirect(`${localePath(locale, '/account/security')}?done=added` as Route);
  });
}

export async function removeTotpAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSetupSession();
  return handleForm(data, z.strictObject({}), async (_input, locale) => {
    const result = await removeFactor(session, { kind: 'totp' }, await clientHints());
    if (!result.ok) return result;
    await setSessionCookie(result.value.sessionId);
    redirect(`${localePath(locale, '/account/security')}?done=removed` as Route);
  });
}
