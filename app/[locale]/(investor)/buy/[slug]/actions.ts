'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireOrdering } from '@/lib/auth/session';
import { ORDER_KINDS } from '@/lib/domain/states';
import { ticketPath } from '@/lib/endpoints/typed-order';
import { openDocument } from '@/lib/services/open-document';
import { assertTicket, quoteTicket } from './ticket';

const typed = {
  slug: z.string().max(100),
  kind: z.enum(ORDER_KINDS),
  amount: z.string().max(40).default(''),
  units: z.string().max(40).default(''),
  change: z.union([z.uuid(), z.literal('')]).default(''),
};

/** Step 1: what was typed is worked out and, if it can be an order, goes on to the review under a key of its own. Changes nothing. */
export async function reviewOrder(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object(typed), async ({ slug, ...order }, locale) => {
    await requireOrdering(locale, ticketPath(locale, slug, '', order));
    const quote = await quoteTicket(await assertTicket(slug, order.change), order);
    if (!quote.ok) return quote;
    redirect(ticketPath(locale, slug, '/review', quote.value.normalised, crypto.randomUUID()));
  });
}

/** Records that the prospectus was opened, with its version, hash and language, and shows it. */
export async function openProspectus(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object({ ...typed, key: z.uuid() }), async ({ slug, key, ...order }, locale) => {
    const { investorId } = await requireOrdering(locale, ticketPath(locale, slug, '/review', order, key));
    const { offering } = await assertTicket(slug);
    await openDocument({ investorId, locale }, offering.prospectus.documentVersionId);
    // Whoever comes back by the browser's own way must not be asked again for what they have just done.
    refresh();
    redirect(ticketPath(locale, slug, '/prospectus', order, key));
  });
}
