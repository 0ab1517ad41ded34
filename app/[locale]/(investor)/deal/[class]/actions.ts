'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireOrdering } from '@/lib/auth/session';
import { localePath } from '@/lib/i18n/locale';
import { openDocument } from '@/lib/services/open-document';
import { placeDealingOrder } from '@/lib/services/place-dealing-order';
import { assertDealing, quoteDealing } from './ticket';
import { dealPath, TICKET_KINDS } from './typed';

const typed = {
  name: z.string().max(8),
  kind: z.enum(TICKET_KINDS),
  amount: z.string().max(40).default(''),
  units: z.string().max(40).default(''),
  change: z.union([z.uuid(), z.literal('')]).default(''),
};

/** Step 1: what was typed is worked out and, if it can be an order, goes on to the review under a key of its own. Changes nothing. */
export async function reviewDeal(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object(typed), async ({ name, ...order }, locale) => {
    await requireOrdering(locale, dealPath(locale, name, '', order));
    const quote = quoteDealing(await assertDealing(name, order.change), order);
    if (!quote.ok) return quote;
    redirect(dealPath(locale, name, '/review', quote.value.normalised, { key: crypto.randomUUID() }));
  });
}

/** Records that the prospectus was opened, with its version, hash and language, and shows it. */
export async function openNewestProspectus(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object({ ...typed, key: z.uuid() }), async ({ name, key, ...order }, locale) => {
    const { investorId } = await requireOrdering(locale, dealPath(locale, name, '/review', order, { key }));
    const { prospectus } = await assertDealing(name);
    await openDocument({ investorId, locale }, prospectus.documentVersionId);
    redirect(dealPath(locale, name, '/prospectus', order, { key }));
  });
}

const placing = { ...typed, key: z.uuid(), dealingDate: z.iso.date(), consent: z.literal('yes').optional() };

/** Step 2: places the order for the day that the page showed. A refusal comes back to the review, which reads everything anew. */
export async function placeDeal(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object(placing), async ({ name, key, dealingDate, consent, ...order }, locale) => {
    const { investorId } = await requireOrdering(locale, dealPath(locale, name, '/review', order, { key }));
    const change = order.change || undefined;
    const asked = { ...order, change, key, dealingDate, classCode: name.toUpperCase(), consent: consent === 'yes' };
    const placed = await placeDealingOrder({ investorId, locale }, asked);
    if (placed.ok) redirect(localePath(locale, `/orders/${key}?placed`));
    const { code } = placed.error;
    if (code === 'order.consent-missing' || !code.startsWith('order.')) return placed;
    redirect(dealPath(locale, name, '/review', order, { key, refused: code }));
  });
}
