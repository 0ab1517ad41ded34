'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { offerOf, type PasskeyOffer } from '@/lib/actions/passkey-offer';
import { clientHints } from '@/lib/auth/client-address';
import { requireAnySession, setSessionCookie } from '@/lib/auth/session';
import type { RequestOptions } from '@/lib/auth/webauthn';
import { homeOf, safeNextPath } from '@/lib/domain/people/session';
import { localePath } from '@/lib/i18n/locale';
import { passWithRecoveryCode, passWithTotp } from '@/lib/services/pass-second-factor';
import { offerPasskeyStep, passWithPasskey } from '@/lib/services/sign-in-with-passkey';

const schema = z.strictObject({ code: z.string().max(80), next: z.string().optional() });

export async function passWithTotpAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireAnySession();
  return handleForm(data, schema, async ({ next, code }, locale) => {
    const result = await passWithTotp(session, { code }, await clientHints());
    if (!result.ok) return result;
    await setSessionCookie(result.value.sessionId);
    redirect(safeNextPath(next, localePath(locale, homeOf(session.role))) as Route);
  });
}

export async function passWithRecoveryCodeAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireAnySession();
  return handleForm(data, schema, async ({ next, code }, locale) => {
    const result = await passWithRecoveryCode(session, { code }, await clientHints());
    if (!result.ok) return result;
    await setSessionCookie(result.value.sessionId);
    redirect(safeNextPath(next, localePath(locale, homeOf(session.role))) as Route);
  });
}

const passkeySchema = z.strictObject({ answer: z.string().max(40_000), next: z.string().optional() });

/** Called by the page's script before it asks the browser. */
export async function offerPasskeyStepAction(data: FormData): Promise<PasskeyOffer<RequestOptions>> {
  const session = await requireAnySession();
  return offerOf((keep) => handleForm(data, passkeySchema, async () => keep(await offerPasskeyStep(session))));
}

export async function passWithPasskeyAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireAnySession();
  return handleForm(data, passkeySchema, async ({ next, answer }, locale) => {
    const result = await passWithPasskey(session, { answer }, await clientHints());
    if (!result.ok) return result;
    await setSessionCookie(result.value.sessionId);
    redirect(safeNextPath(next, localePath(locale, homeOf(session.role))) as Route);
  });
}
