'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { offerOf, type PasskeyOffer } from '@/lib/actions/passkey-offer';
import { clientHints } from '@/lib/auth/client-address';
import { requireFreshSession, requireSetupSession, setSessionCookie } from '@/lib/auth/session';
import type { CreationOptions } from '@/lib/auth/webauthn';
import { localePath } from '@/lib/i18n/locale';
import { addPasskey, offerPasskey } from '@/lib/services/add-passkey';
import { makeRecoveryCodes } from '@/lib/services/make-recovery-codes';
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

const passkeySchema = z.strictObject({
  name: z.string().max(1_000),
  currentPassword: z.string().optional(),
  answer: z.string().max(40_000),
});

/** Called by the page's script before it asks the browser. */
export async function offerPasskeyAction(data: FormData): Promise<PasskeyOffer<CreationOptions>> {
  const session = await requireSetupSession();
  return offerOf((keep) => handleForm(data, passkeySchema, async (input) => keep(await offerPasskey(session, input))));
}

export async function addPasskeyAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSetupSession();
  return handleForm(data, passkeySchema, async (input, locale) => {
    const result = await addPasskey(session, input, await clientHints());
    if (!result.ok) return result;
    await setSessionCookie(result.value.sessionId);
    redirect(`${localePath(locale, '/account/security')}?done=added` as Route);
  });
}

export async function removePasskeyAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSetupSession();
  return handleForm(data, z.strictObject({ credentialId: z.string().max(1_400) }), async (input, locale) => {
    const result = await removeFactor(session, { kind: 'passkey', ...input }, await clientHints());
    if (!result.ok) return result;
    await setSessionCookie(result.value.sessionId);
    redirect(`${localePath(locale, '/account/security')}?done=removed` as Route);
  });
}

export async function makeRecoveryCodesAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireFreshSession();
  const made: string[] = [];
  const state = await handleForm(data, z.strictObject({}), async () => {
    const result = await makeRecoveryCodes(session);
    if (result.ok) made.push(...result.value);
    return result;
  });
  return { ...state, shownOnce: made };
}
