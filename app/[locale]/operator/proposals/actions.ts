'use server';

import type { Route } from 'next';
import { updateTag } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { COVENANT_LIMITS, type Locale, PROPOSAL_KINDS } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import { PUBLIC_TAGS } from '@/lib/public-data/tags';
import { editProposal } from '@/lib/services/edit-proposal';
import { payloadOfForm } from '@/lib/services/payload-of-form';
import { propose } from '@/lib/services/propose';
import { rejectProposal } from '@/lib/services/reject-proposal';
import { signProposal } from '@/lib/services/sign-proposal';
import { withdrawProposal } from '@/lib/services/withdraw-proposal';

const revision = z.string().regex(/^[1-9][0-9]{0,5}$/);
const typed = z.string().max(4_000).optional();
const text = z.string().max(60_000).optional();

const kindFields = {
  kind: z.enum(PROPOSAL_KINDS),
  investorId: typed,
  reason: typed,
  remark: typed,
  member: typed,
  post: typed,
  offering: typed,
  document: typed,
  unitClass: typed,
  dealingFrom: typed,
  market: typed,
  holiday: typed,
  change: typed,
  nameEn: typed,
  nameJa: typed,
  reasonEn: typed,
  reasonJa: typed,
  titleEn: typed,
  titleJa: typed,
  bodyEn: text,
  bodyJa: text,
  ...(Object.fromEntries(COVENANT_LIMITS.map((name) => [`limit${name}`, typed])) as Record<
    `limit${(typeof COVENANT_LIMITS)[number]}`,
    typeof typed
  >),
};

const here = (locale: Locale, id: string, done: string): Route =>
  `${localePath(locale, `${DESK_PLACES.proposals.path}/${id}`)}?done=${done}` as Route;

export async function proposeAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession(...DESK_PLACES.proposals.roles);
  return handleForm(
    data,
    z.strictObject({ key: z.uuid(), ...kindFields }),
    async ({ key, kind, ...fields }, locale) => {
      const payload = await payloadOfForm(session, kind, fields);
      if (!payload.ok) return payload;
      const result = await propose(session, { key, kind, payload: payload.value });
      if (!result.ok) return result;
      redirect(here(locale, result.value.id, 'proposed'));
    },
  );
}

export async function editAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession(...DESK_PLACES.proposals.roles);
  const schema = z.strictObject({ id: z.uuid(), revision, ...kindFields });
  return handleForm(data, schema, async ({ id, revision: read, kind, ...fields }, locale) => {
    const payload = await payloadOfForm(session, kind, fields);
    if (!payload.ok) return payload;
    const result = await editProposal(session, { id, kind, revision: Number(read), payload: payload.value });
    if (!result.ok) return result;
    redirect(here(locale, id, 'edited'));
  });
}

export async function signAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession(...DESK_PLACES.proposals.roles);
  const schema = z.strictObject({ id: z.uuid(), revision, sha256: z.string().regex(/^[0-9a-f]{64}$/) });
  return handleForm(data, schema, async ({ id, revision: read, sha256 }, locale) => {
    const result = await signProposal(session, { id, revision: Number(read), sha256 });
    if (!result.ok) return result;
    const executed = result.value.state === 'EXECUTED';
    // Whatever it was, the public pages show what is true from now on.
    if (executed) for (const tag of Object.values(PUBLIC_TAGS)) updateTag(tag);
    redirect(here(locale, id, executed ? 'executed' : 'signed'));
  });
}

export async function rejectAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession(...DESK_PLACES.proposals.roles);
  const schema = z.strictObject({ id: z.uuid(), revision, reason: z.string().max(4_000) });
  return handleForm(data, schema, async ({ id, revision: read, reason }, locale) => {
    const result = await rejectProposal(session, { id, revision: Number(read), reason });
    if (!result.ok) return result;
    updateTag(PUBLIC_TAGS.governance);
    redirect(here(locale, id, 'rejected'));
  });
}

export async function withdrawAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession(...DESK_PLACES.proposals.roles);
  return handleForm(data, z.strictObject({ id: z.uuid() }), async ({ id }, locale) => {
    const result = await withdrawProposal(session, { id });
    if (!result.ok) return result;
    updateTag(PUBLIC_TAGS.governance);
    redirect(here(locale, id, 'withdrawn'));
  });
}
