'use server';

import { redirect } from 'next/navigation';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireInvestor } from '@/lib/auth/session';
import { suitabilityAnswersSchema } from '@/lib/domain/people/suitability';
import { localePath } from '@/lib/i18n/locale';
import { answerSuitability } from '@/lib/services/answer-suitability';

export async function answerSuitabilityAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireInvestor();
  return handleForm(data, suitabilityAnswersSchema, async (answers, locale) => {
    const result = await answerSuitability(session, answers);
    return result.ok ? redirect(localePath(locale, '/eligibility')) : result;
  });
}
