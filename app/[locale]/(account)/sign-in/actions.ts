'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { clientHints } from '@/lib/auth/client-address';
import { getSession, setSessionCookie } from '@/lib/auth/session';
import { safeNextPath } from '@/lib/domain/people/session';
import { localePath } from '@/lib/i18n/locale';
import { signIn } from '@/lib/services/sign-in';
import { signOut } from '@/lib/services/sign-out';

const schema = z.strictObject({ email: z.string(), password: z.string(), next: z.string().optional() });

export async function signInAction(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, schema, async ({ next, ...input }, locale) => {
    const result = await signIn(input, await clientHints());
    if (!result.ok) return result;
    // What this browser was signed in with before is over, whoever it belonged to.
    const before = await getSession();
    if (before) await signOut(before);
    await setSessionCookie(result.value.sessionId);
    const home = localePath(locale, result.value.role === 'CITIZEN' ? '/overview' : '/account');
    redirect(safeNextPath(next, home) as Route);
  });
}
