'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireOrdering } from '@/lib/auth/session';
import { localePath } from '@/lib/i18n/locale';
import { openDocument } from '@/lib/services/open-document';
import { placeSwitch } from '@/lib/services/place-switch';
import { assertSwitching, quoteSwitch } from './switching';
import { switchPath } from './typed';

const typed = {
  name: z.string().max(8),
  kind: z.enum(['SELL_UNITS', 'SELL_ALL']),
  to: z.string().max(8).default(''),
  units: z.string().max(40).default(''),
};

/** Step 1: what was typed is worked out and, if it can be a switch, goes on to the review under a key of its own. Changes nothing. */
export async function reviewSwitch(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object(typed), async ({ name, ...order }, locale) => {
    await requireOrdering(locale, switchPath(locale, name, '', order));
    const quote = quoteSwitch(await assertSwitching(name, order.to), order);
    if (!quote.ok) return quote;
    redirect(switchPath(locale, name, '/review', quote.value.normalised, { key: crypto.randomUUID() }));
  });
}

/** Records that the prospectus was opened, with its version, hash and language, and shows it. */
export async function openNewestProspectus(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object({ ...typed, key: z.uuid() }), async ({ name, key, ...order }, locale) => {
    const { investorId } = await requireOrdering(locale, switchPath(locale, name, '/review', order, { key }));
    const { into } = await assertSwitching(name, order.to);
    await openDocument({ investorId, locale }, into.prospectus.documentVersionId);
    redirect(switchPath(locale, name, '/prospectus', order, { key }));
  });
}

const placing = { ...typed, key: z.uuid(), dealingDate: z.iso.date(), consent: z.literal('yes').optional() };

/** Step 2: places the switch for the day that the page showed. A refusal comes back to the review, which reads everything anew. */
export async function orderSwitch(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object(placing), async ({ name, key, dealingDate, consent, ...order }, locale) => {
    const { investorId } = await requireOrdering(locale, switchPath(locale, name, '/review', order, { key }));
    const between = { classCode: name.toUpperCase(), toClassCode: order.to.toUpperCase() };
    const asked = { ...between, key, dealingDate, typed: order, consent: consent === 'yes' };
    const placed = await placeSwitch({ investorId, locale }, asked);
    if (placed.ok) redirect(localePath(locale, `/orders/${key}?placed`));
    const { code } = placed.error;
    if (code === 'order.consent-missing' || !code.startsWith('order.')) return placed;
    redirect(switchPath(locale, name, '/review', order, { key, refused: code }));
  });
}
