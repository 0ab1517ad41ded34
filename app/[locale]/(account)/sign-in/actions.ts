'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { offerOf, type PasskeyOffer } from '@/lib/actions/passkey-offer';
import { clientHints } from '@/lib/auth/client-address';
import { getAnySession, setSessionCookie } from '@/lib/auth/session';
import type { RequestOptions } from '@/lib/auth/webauthn';
import { homeOf, safeNextPath } from '@/lib/domain/people/session';
import type { Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import { type SignedIn, signIn } from '@/lib/services/sign-in';
import { offerPasskeySignIn, signInWithPasskey } from '@/lib/services/sign-in-with-passkey';
import { signOut } from '@/lib/services/sign-out';

const schema = z.strictObject({ email: z.string(), password: z.string(), next: z.string().optional() });

/** What an address that is not confirmed leads to: the page that says where its mail is. */
const UNCONFIRMED = { 'auth.not-verified': 'confirm', 'auth.not-verified-mailed': 'confirm-newest' } as const;

export async function signInAction(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, schema, async ({ next, ...input }, locale) => {
    const result = await signIn(input, await clientHints());
    if (!result.ok) {
      const waits = UNCONFIRMED[result.error.code as keyof typeof UNCONFIRMED];
      return waits ? redirect(`${localePath(locale, '/check-your-mail')}?for=${waits}` as Route) : result;
    }
    return enter(result.value, next, locale);
  });
}

const passkeySchema = z.strictObject({ answer: z.string().max(40_000), next: z.string().optional() });

/** Called by the page's script before it asks the browser. */
export async function offerPasskeySignInAction(data: FormData): Promise<PasskeyOffer<RequestOptions>> {
  return offerOf((keep) =>
    handleForm(data, passkeySchema, async () => keep(await offerPasskeySignIn(await clientHints()))),
  );
}

export async function signInWithPasskeyAction(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, passkeySchema, async ({ next, answer }, locale) => {
    const result = await signInWithPasskey({ answer }, await clientHints());
    return result.ok ? enter(result.value, next, locale) : result;
  });
}

async function enter({ sessionId, role, secondStep }: SignedIn, next: string | undefined, locale: Locale) {
  // What this browser was signed in with before is over, whoever it belonged to.
  const before = await getAnySession();
  if (before) await signOut(before);
  await setSessionCookie(sessionId);
  const to = safeNextPath(next, localePath(locale, homeOf(role)));
  const step = `${localePath(locale, '/second-factor')}?next=${encodeURIComponent(to)}`;
  return redirect((secondStep === 'WAITING' ? step : to) as Route);
}
