'use server';

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
    // The way back to a link that was used, or a second press: its page says so, and how to go on.
    const way = result.ok
      ? '/sign-in?done=verified'
      : (`/verify-email?token=${encodeURIComponent(input.token)}` as const);
    redirect(localePath(locale, way));
  });
}
