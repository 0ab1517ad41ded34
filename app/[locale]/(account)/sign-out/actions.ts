'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { clearSessionCookie, getAnySession } from '@/lib/auth/session';
import { localePath } from '@/lib/i18n/locale';
import { signOut } from '@/lib/services/sign-out';

export async function signOutAction(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.strictObject({}), async (_input, locale) => {
    const session = await getAnySession();
    if (session) await signOut(session);
    await clearSessionCookie();
    redirect(`${localePath(locale, '/sign-in')}?done=signed-out` as Route);
  });
}
