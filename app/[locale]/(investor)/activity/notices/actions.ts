'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireInvestor } from '@/lib/auth/session';
import { localePath } from '@/lib/i18n/locale';
import { markNoticesRead } from '@/lib/services/mark-notices-read';
import { noticeId } from './notice-id';

const schema = z.strictObject({ from: noticeId, upTo: noticeId, before: z.union([noticeId, z.literal('')]) });

export async function markReadAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireInvestor();
  return handleForm(data, schema, async ({ from, upTo, before }, locale) => {
    await markNoticesRead(session, { from, upTo });
    redirect(`${localePath(locale, '/activity/notices')}?done=read${before ? `&before=${before}` : ''}` as Route);
  });
}
