'use server';

import { refresh } from 'next/cache';
import { notFound, redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireInvestor, requireOrdering } from '@/lib/auth/session';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import { parseAmount } from '@/lib/domain/money/parse';
import { decimalString } from '@/lib/i18n/format';
import { refuse } from '@/lib/result';
import { actOnPlan } from '@/lib/services/act-on-plan';
import { openDocument } from '@/lib/services/open-document';
import { startPlan } from '@/lib/services/start-plan';
import { loadPlan } from './load-plan';
import { donePath, planPath } from './typed-plan';

const classCode = z.string().max(20);
const consent = z.literal('yes').optional();
const typed = { class: classCode, amount: z.string().max(40), day: z.string().regex(/^\d{1,2}$/) };

/** Step 1: what was typed goes on to the review under a key of its own. Changes nothing. */
export async function reviewPlan(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object(typed), async ({ class: code, ...plan }, locale) => {
    await requireOrdering(locale, planPath(locale, code, '', plan));
    const { currency, planMinimumMinor } = ((await loadPlan(code)) ?? notFound()).unitClass;
    const amount = parseAmount(plan.amount, currency, 'amount');
    if (!amount.ok) return amount;
    if (amount.value < planMinimumMinor) {
      const params = { minimum: { money: planMinimumMinor, currency } };
      return refuse('plan.below-minimum', { field: 'amount', params });
    }
    const read = { ...plan, amount: decimalString(amount.value, CURRENCY_DECIMALS[currency]) };
    redirect(planPath(locale, code, '/review', read, crypto.randomUUID()));
  });
}

const opened = z.object({
  class: classCode,
  amount: typed.amount.optional(),
  day: typed.day.optional(),
  key: z.uuid().optional(),
});

/** Records that the prospectus was opened, with its version, hash and language, and shows it; from the review of a plan, or for one that stands. */
export async function openPlanProspectus(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, opened, async ({ class: code, amount, day, key }, locale) => {
    const plan = amount !== undefined && day !== undefined ? { amount, day } : undefined;
    const { investorId } = await requireOrdering(locale, planPath(locale, code, plan ? '/review' : '', plan, key));
    const { reader } = (await loadPlan(code)) ?? notFound();
    await openDocument({ investorId, locale }, reader.prospectus.documentVersionId);
    redirect(planPath(locale, code, '/prospectus', plan, key));
  });
}

/** Sets the plan up; the key makes a second press the same plan. */
export async function start(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object({ ...typed, key: z.uuid(), consent }), async (input, locale) => {
    const { class: code, key, consent: ticked, ...plan } = input;
    const { investorId } = await requireOrdering(locale, planPath(locale, code, '/review', plan, key));
    const terms = { classCode: code, key, amount: plan.amount, day: Number(plan.day), consent: ticked === 'yes' };
    const done = await startPlan({ investorId, locale }, terms);
    refresh();
    if (done.ok) redirect(donePath(locale, code, 'STARTED'));
    return done;
  });
}

const standing = { plan: z.uuid(), key: z.uuid() };

/** A new amount or day; or the same ones under a newer prospectus. */
export async function change(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, z.object({ ...typed, ...standing, consent }), async (input, locale) => {
    const { class: code, day, consent: ticked, ...terms } = input;
    const { investorId } = await requireInvestor();
    const act = { ...terms, act: 'CHANGED', day: Number(day), consent: ticked === 'yes' } as const;
    const done = await actOnPlan({ investorId, locale }, act);
    refresh();
    if (done.ok) redirect(donePath(locale, code, 'CHANGED'));
    return done;
  });
}

const state = z.object({ class: classCode, ...standing, act: z.enum(['PAUSED', 'RESUMED', 'ENDED']) });

export async function setState(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, state, async ({ class: code, ...act }, locale) => {
    const { investorId } = await requireInvestor();
    const done = await actOnPlan({ investorId, locale }, act);
    refresh();
    if (done.ok) redirect(donePath(locale, code, act.act));
    return done;
  });
}
