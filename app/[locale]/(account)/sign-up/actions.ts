'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { clientHints } from '@/lib/auth/client-address';
import { localePath } from '@/lib/i18n/locale';
import { signUp } from '@/lib/services/sign-up';

const schema = z.strictObject({ email: z.string(), password: z.string() });

export async function signUpAction(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, schema, async (input, locale) => {
    const result = await signUp({ ...input, locale }, await clientHints());
    return result.ok ? redirect(localePath(locale, '/check-your-mail')) : result;
  });
}
