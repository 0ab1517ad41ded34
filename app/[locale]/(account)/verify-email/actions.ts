'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { localePath } from '@/lib/i18n/locale';
import { verifyEmail } from '@/lib/services/verify-email';

const schema = z.strictObject({ token: z.string().max(100) });

export async function verifyEmailAction(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, schema, async (input, locale) => {
    const result = await verifyEmail(input);
    return result.ok ? redirect(`${localePath(locale, '/sign-in')}?done=verified` as Route) : result;
  });
}
