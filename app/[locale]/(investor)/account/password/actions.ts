'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { clientHints } from '@/lib/auth/client-address';
import { requireSession, setSessionCookie } from '@/lib/auth/session';
import { localePath } from '@/lib/i18n/locale';
import { changePassword } from '@/lib/services/change-password';

const schema = z.strictObject({ currentPassword: z.string(), newPassword: z.string() });

export async function changePasswordAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession();
  return handleForm(data, schema, async (input, locale) => {
    const result = await changePassword(session, input, await clientHints());
    if (!result.ok) return result;
    await setSessionCookie(result.value.sessionId);
    redirect(`${localePath(locale, '/account/password')}?done=changed` as Route);
  });
}
