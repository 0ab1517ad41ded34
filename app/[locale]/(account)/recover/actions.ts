'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { clientHints } from '@/lib/auth/client-address';
import { localePath } from '@/lib/i18n/locale';
import { requestPasswordReset } from '@/lib/services/request-password-reset';

const schema = z.strictObject({ email: z.string() });

export async function recoverAction(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, schema, async (input, locale) => {
    const result = await requestPasswordReset(input, await clientHints());
    return result.ok ? redirect(`${localePath(locale, '/check-your-mail')}?for=reset` as Route) : result;
  });
}
