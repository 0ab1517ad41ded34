'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { localePath } from '@/lib/i18n/locale';
import { proposeDocument } from '@/lib/services/propose-document';

const schema = z.strictObject({
  key: z.string(),
  slug: z.string().max(80),
  version: z.string().regex(/^[0-9]{1,6}$/),
  titleEn: z.string(),
  titleJa: z.string(),
  bodyEn: z.string(),
  bodyJa: z.string(),
});

export async function proposeDocumentAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR', 'MANAGER');
  return handleForm(data, schema, async (document, locale) => {
    const result = await proposeDocument(session, { ...document, version: Number(document.version) });
    if (!result.ok) return result;
    redirect(localePath(locale, `${DESK_PLACES.proposals.path}/${result.value.id}?done=proposed`) as Route);
  });
}
