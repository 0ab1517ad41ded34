'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireInvestor } from '@/lib/auth/session';
import { parseAmount } from '@/lib/domain/money/parse';
import { CURRENCIES, type Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import * as services from '@/lib/services/cancel-withdrawal';
import { convertCash } from '@/lib/services/convert-cash';
import { depositCash } from '@/lib/services/deposit-cash';
import { quoteConversion } from '@/lib/services/quote-conversion';
import { withdrawCash } from '@/lib/services/withdraw-cash';
import { assertAvailable, pageToGoOn, reviewPath } from './typed-cash';

const typed = { currency: z.enum(CURRENCIES), amount: z.string().max(40) };
const keyed = { ...typed, key: z.uuid() };
/** `next` is the order or plan that the cash is for, if there is one. */
const deposited = z.object({ ...keyed, next: z.string().optional() });

/** To what was done. The page that was left must not come back as it was: its key is used, and its figures are old. */
function leadToDone(locale: Locale, key: string, next = ''): never {
  refresh();
  redirect(localePath(locale, `/cash?done=${key}${next && `&next=${encodeURIComponent(next)}`}`));
}

/** Adds simulated cash at once; the key makes a second press the same deposit. */
export async function deposit(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, deposited, async ({ currency, amount, key, next }, locale) => {
    const { investorId } = await requireInvestor();
    const parsed = parseAmount(amount, currency, 'amount');
    if (!parsed.ok) return parsed;
    const done = await depositCash({ investorId, locale }, { currency, amountMinor: parsed.value, key });
    if (!done.ok) return done;
    leadToDone(locale, done.value.key, pageToGoOn(locale, next));
  });
}

/** What was typed goes on to the review under a key of its own. Changes nothing. */
export async function reviewWithdrawal(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object(typed), async ({ currency, amount }, locale) => {
    const { investorId } = await requireInvestor();
    const parsed = parseAmount(amount, currency, 'amount');
    if (!parsed.ok) return parsed;
    const enough = await assertAvailable(investorId, currency, parsed.value);
    if (!enough.ok) return enough;
    redirect(reviewPath(locale, 'withdraw', currency, parsed.value, crypto.randomUUID()));
  });
}

export async function withdraw(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object(keyed), async ({ currency, amount, key }, locale) => {
    const { investorId } = await requireInvestor();
    const parsed = parseAmount(amount, currency);
    if (!parsed.ok) return parsed;
    const done = await withdrawCash({ investorId, locale }, { currency, amountMinor: parsed.value, key });
    if (!done.ok) return done;
    leadToDone(locale, done.value.key);
  });
}

export async function cancelWithdrawal(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object({ key: z.uuid() }), async ({ key }, locale) => {
    const { investorId } = await requireInvestor();
    const done = await services.cancelWithdrawal({ investorId, locale }, { key });
    if (done.ok) leadToDone(locale, key);
    // It may have been paid a moment ago: the list shows what is so now.
    refresh();
    return done;
  });
}

export async function reviewConversion(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object(typed), async ({ currency, amount }, locale) => {
    const { investorId } = await requireInvestor();
    const parsed = parseAmount(amount, currency, 'amount');
    if (!parsed.ok) return parsed;
    const quote = await quoteConversion({ currency, amountMinor: parsed.value });
    if (!quote.ok) return quote;
    const enough = await assertAvailable(investorId, currency, parsed.value);
    if (!enough.ok) return enough;
    redirect(reviewPath(locale, 'convert', currency, parsed.value, crypto.randomUUID()));
  });
}

const conversion = z.object({ ...keyed, rateE4: z.string().regex(/^\d{1,15}$/) });

/** Converts at the rate that the review showed, or not at all. */
export async function convert(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, conversion, async ({ currency, amount, key, rateE4 }, locale) => {
    const { investorId } = await requireInvestor();
    const parsed = parseAmount(amount, currency);
    if (!parsed.ok) return parsed;
    const done = await convertCash(
      { investorId, locale },
      { currency, amountMinor: parsed.value, rateE4: BigInt(rateE4), key },
    );
    if (done.ok) leadToDone(locale, done.value.key);
    refresh();
    return done;
  });
}
