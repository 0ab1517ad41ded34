'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireInvestor } from '@/lib/auth/session';
import { ORDER_KINDS } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import { refuse } from '@/lib/result';
import { changeSubscription } from '@/lib/services/change-subscription';
import { openDocument } from '@/lib/services/open-document';
import { placeOrder } from '@/lib/services/place-order';
import { placeSubscription } from '@/lib/services/place-subscription';
import { askedOf, assertTicket, isWindow, quoteTicket } from './ticket';
import { ticketPath } from './typed-order';

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
    await requireInvestor();
    const quote = await quoteTicket(await assertTicket(slug, order.change), order);
    if (!quote.ok) return quote;
    redirect(ticketPath(locale, slug, '/review', quote.value.normalised, crypto.randomUUID()));
  });
}

/** Records that the prospectus was opened, with its version, hash and language, and shows it. */
export async function openProspectus(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object({ ...typed, key: z.uuid() }), async ({ slug, key, ...order }, locale) => {
    const { investorId } = await requireInvestor();
    const { offering } = await assertTicket(slug);
    await openDocument({ investorId, locale }, offering.prospectus.documentVersionId);
    redirect(ticketPath(locale, slug, '/prospectus', order, key));
  });
}

const order = z.object({
  ...typed,
  key: z.uuid(),
  price: z.string().regex(/^\d{1,18}$/),
  termsVersion: z.string().regex(/^\d{1,9}$/),
  consent: z.literal('yes').optional(),
});

/** Step 2: places the order, or the subscription in a window. The key makes a second press, a refresh and the way back the same one. */
export async function sendOrder(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, order, async ({ slug, key, price, termsVersion, consent, ...rest }, locale) => {
    const actor = { investorId: (await requireInvestor()).investorId, locale };
    const ticket = await assertTicket(slug, rest.change);
    const asked = askedOf(ticket.offering, rest);
    if (!asked.ok) return asked;
    const terms = { price: BigInt(price), termsVersion: Number(termsVersion), consent: consent === 'yes' };
    const input = { ...asked.value, ...terms, offeringSlug: slug, key };
    const placed = !isWindow(ticket)
      ? await placeOrder(actor, input)
      : rest.change
        ? await changeSubscription(actor, { ...input, subscription: rest.change })
        : await placeSubscription(actor, input);
    const done = isWindow(ticket)
      ? `/subscriptions/${slug}?done=${rest.change ? 'CHANGED' : 'PLACED'}`
      : `/orders/${key}?placed=1`;
    if (placed.ok) redirect(localePath(locale, done as `/${string}`));
    // The page shows the figures of now beside the refusal.
    refresh();
    return placed.error.field === 'asked' ? refuse(placed.error.code, { params: placed.error.params }) : placed;
  });
}
