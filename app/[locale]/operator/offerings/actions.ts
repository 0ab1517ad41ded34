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
import { commitDrawSecret } from '@/lib/services/commit-draw-secret';
import { propose } from '@/lib/services/propose';
import { proposeDraft } from '@/lib/services/propose-draft';
import { revealDrawSecret } from '@/lib/services/reveal-draw-secret';
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
  revealBy: typed,
});

export async function saveDraftAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR', 'MANAGER');
  return handleForm(data, schema, async (draft, locale) => {
    const result = await saveDraft(session, draft);
    if (!result.ok) return result;
    redirect(localePath(locale, `${DESK_PLACES.offerings.path}/${result.value.slug}?done=saved`) as Route);
  });
}

const slug = z.string().max(80);
const proposalPage = (locale: Locale, id: string) =>
  localePath(locale, `${DESK_PLACES.proposals.path}/${id}?done=proposed`) as Route;

const proposed = z.strictObject({
  key: z.string(),
  slug,
  version: z.string().regex(/^[0-9]{1,9}$/),
});

export async function proposeDraftAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR', 'MANAGER');
  return handleForm(data, proposed, async (draft, locale) => {
    const result = await proposeDraft(session, { ...draft, version: Number(draft.version) });
    if (!result.ok) return result;
    redirect(proposalPage(locale, result.value.id));
  });
}

const secret = z.strictObject({ slug, secret: z.string().trim().min(1).max(400) });

async function actOnSecret(
  data: FormData,
  act: typeof commitDrawSecret,
  done: 'committed' | 'revealed',
): Promise<FormState> {
  const session = await requireSession('OPERATOR');
  return handleForm(data, secret, async (given, locale) => {
    const result = await act(session, given);
    if (!result.ok) return result;
    updateTag(PUBLIC_TAGS.offerings);
    redirect(localePath(locale, `${DESK_PLACES.offerings.path}/${given.slug}/draw?done=${done}`) as Route);
  });
}

export async function commitAction(_: FormState, data: FormData): Promise<FormState> {
  return actOnSecret(data, commitDrawSecret, 'committed');
}

export async function revealAction(_: FormState, data: FormData): Promise<FormState> {
  return actOnSecret(data, revealDrawSecret, 'revealed');
}

const listed = z.strictObject({ key: z.string(), slug, listSha256: z.string().regex(/^[0-9a-f]{64}$/) });

export async function proposeAllotmentAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR', 'MANAGER');
  return handleForm(data, listed, async ({ key, slug: offering, listSha256 }, locale) => {
    const result = await propose(session, { key, kind: 'ALLOTMENT', payload: { offering, listSha256 } });
    if (!result.ok) return result;
    redirect(proposalPage(locale, result.value.id));
  });
}
