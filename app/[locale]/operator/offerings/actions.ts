'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { localePath } from '@/lib/i18n/locale';
import { proposeDraft } from '@/lib/services/propose-draft';
import { saveDraft } from '@/lib/services/save-offering-draft';

const typed = z.string().max(400);
const schema = z.strictObject({
  classCode: z.string().max(10),
  prospectus: z.string().regex(/^[0-9]{0,9}$/),
  version: z.string().regex(/^[0-9]{0,9}$/),
  slug: typed,
  nameEn: typed,
  nameJa: typed,
  method: typed,
  price: typed,
  sizeUnits: typed,
  upsizeUnits: typed,
  // A box that is not ticked sends nothing.
  showDemand: typed.default(''),
  lotUnits: typed,
  minUnits: typed,
  maxUnits: typed,
  opensAt: typed,
  closesAt: typed,
});

export async function saveDraftAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR', 'MANAGER');
  return handleForm(data, schema, async (draft, locale) => {
    const result = await saveDraft(session, draft);
    if (!result.ok) return result;
    redirect(localePath(locale, `${DESK_PLACES.offerings.path}/${result.value.slug}?done=saved`) as Route);
  });
}

const proposed = z.strictObject({
  key: z.string(),
  slug: z.string().max(80),
  version: z.string().regex(/^[0-9]{1,9}$/),
});

export async function proposeDraftAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR', 'MANAGER');
  return handleForm(data, proposed, async (draft, locale) => {
    const result = await proposeDraft(session, { ...draft, version: Number(draft.version) });
    if (!result.ok) return result;
    redirect(localePath(locale, `${DESK_PLACES.offerings.path}/${draft.slug}?done=proposed`) as Route);
  });
}
