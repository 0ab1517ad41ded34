'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { clearSessionCookie } from '@/lib/auth/session';
import { localePath } from '@/lib/i18n/locale';
import { resetPassword } from '@/lib/services/reset-password';

const schema = z.strictObject({ token: z.string().max(100), password: z.string() });

export async function resetPasswordAction(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, schema, async (input, locale) => {
    const result = await resetPassword(input);
    if (!result.ok) return result;
    await clearSessionCookie();
    redirect(`${localePath(locale, '/sign-in')}?done=reset` as Route);
  });
}
