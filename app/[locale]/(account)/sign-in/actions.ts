'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { clientHints } from '@/lib/auth/client-address';
import { getAnySession, setSessionCookie } from '@/lib/auth/session';
import { homeOf, safeNextPath } from '@/lib/domain/people/session';
import { localePath } from '@/lib/i18n/locale';
import { signIn } from '@/lib/services/sign-in';
import { signOut } from '@/lib/services/sign-out';

const schema = z.strictObject({ email: z.string(), password: z.string(), next: z.string().optional() });

export async function signInAction(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, schema, async ({ next, ...input }, locale) => {
    const result = await signIn(input, await clientHints());
    if (!result.ok) return result;
    // What this browser was signed in with before is over, whoever it belonged to.
    const before = await getAnySession();
    if (before) await signOut(before);
    const { sessionId, role, secondStep } = result.value;
    await setSessionCookie(sessionId);
    const to = safeNextPath(next, localePath(locale, homeOf(role)));
    const step = `${localePath(locale, '/second-factor')}?next=${encodeURIComponent(to)}`;
    redirect((secondStep === 'WAITING' ? step : to) as Route);
  });
}
