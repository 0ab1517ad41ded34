'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { clearSessionCookie, requireSession } from '@/lib/auth/session';
import { localePath } from '@/lib/i18n/locale';
import { endAllSessions, endOneSession } from '@/lib/services/end-sessions';

export async function endSessionAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession();
  return handleForm(data, z.strictObject({ sessionId: z.uuid() }), async (input, locale) => {
    const result = await endOneSession(session, input);
    if (!result.ok) return result;
    redirect(`${localePath(locale, '/account/sessions')}?done=ended` as Route);
  });
}

export async function endAllSessionsAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession();
  return handleForm(data, z.strictObject({}), async (_input, locale) => {
    await endAllSessions(session);
    await clearSessionCookie();
    redirect(`${localePath(locale, '/sign-in')}?done=ended` as Route);
  });
}
