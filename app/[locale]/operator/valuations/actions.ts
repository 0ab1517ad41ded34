'use server';

import type { Route } from 'next';
import { updateTag } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import type { Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import { PUBLIC_TAGS } from '@/lib/public-data/tags';
import { importValuation } from '@/lib/services/import-valuation';
import { proposeNavCorrection, proposeNavPublication } from '@/lib/services/propose-nav';

const proposal = {
  key: z.uuid(),
  date: z.iso.date(),
  revision: z.string().regex(/^[1-9][0-9]{0,5}$/),
  remark: z.string().max(500),
};
const proposalPage = (locale: Locale, id: string) =>
  localePath(locale, `${DESK_PLACES.proposals.path}/${id}?done=proposed`) as Route;

export async function proposePublicationAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR', 'MANAGER');
  return handleForm(data, z.strictObject(proposal), async (form, locale) => {
    const result = await proposeNavPublication(session, form);
    if (!result.ok) return result;
    redirect(proposalPage(locale, result.value.id));
  });
}

export async function proposeCorrectionAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR', 'MANAGER');
  return handleForm(data, z.strictObject({ ...proposal, netAssets: z.string().max(400) }), async (form, locale) => {
    const result = await proposeNavCorrection(session, form);
    if (!result.ok) return result;
    redirect(proposalPage(locale, result.value.id));
  });
}

/** A file that was chosen counts before what was pasted. */
export async function importAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR', 'MANAGER');
  const file = data.get('file');
  if (file instanceof File && file.size > 0) data.set('csv', await file.slice(0, 4_000).text());
  return handleForm(data, z.strictObject({ csv: z.string().max(4_000) }), async ({ csv }, locale) => {
    const result = await importValuation(session, csv);
    if (!result.ok) return result;
    updateTag(PUBLIC_TAGS.nav);
    redirect(localePath(locale, `${DESK_PLACES.valuations.path}/${result.value.date}?done=imported`) as Route);
  });
}
