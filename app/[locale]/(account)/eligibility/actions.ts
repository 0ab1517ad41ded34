'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireInvestor } from '@/lib/auth/session';
import { localePath } from '@/lib/i18n/locale';
import { appealEligibility } from '@/lib/services/appeal-eligibility';

const schema = z.strictObject({ message: z.string() });

export async function appealAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireInvestor();
  return handleForm(data, schema, async (input, locale) => {
    const result = await appealEligibility(session, input);
    return result.ok ? redirect(localePath(locale, '/eligibility')) : result;
  });
}
