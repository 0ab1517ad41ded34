'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireSession } from '@/lib/auth/session';
import { CLOCK_TARGETS, eventsOf } from '@/lib/domain/clock/events';
import { CLOCK_UNITS, CLOCK_ZONES, SECONDS_OF } from '@/lib/domain/clock/form';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { instantOf } from '@/lib/domain/offerings/local-time';
import type { Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import { freezeClock, resumeClock, runClock, runClockFor } from '@/lib/services/move-clock';

const clockPage = (locale: Locale) => localePath(locale, DESK_PLACES.clock.path);

export async function nextAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR');
  return handleForm(data, z.strictObject({ target: z.enum(CLOCK_TARGETS) }), async ({ target }, locale) => {
    const result = await runClock(session, { kinds: eventsOf(target) });
    if (!result.ok) return result;
    redirect(clockPage(locale));
  });
}

const moment = z.strictObject({ date: z.string().max(40), zone: z.enum(CLOCK_ZONES) });

export async function toAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR');
  return handleForm(data, moment, async ({ date, zone }, locale) => {
    const result = await runClock(session, { to: instantOf(date, zone) ?? new Date(Number.NaN) });
    if (!result.ok) return result;
    redirect(clockPage(locale));
  });
}

const span = z.strictObject({
  duration: z
    .string()
    .normalize('NFKC')
    .regex(/^[1-9][0-9]{0,3}$/, 'clock.duration'),
  unit: z.enum(CLOCK_UNITS),
});

export async function forAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR');
  return handleForm(data, span, async ({ duration, unit }, locale) => {
    const result = await runClockFor(session, Number(duration) * SECONDS_OF[unit]);
    if (!result.ok) return result;
    redirect(clockPage(locale));
  });
}

export async function stopAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR');
  return handleForm(data, z.strictObject({}), async (_none, locale) => {
    const result = await freezeClock(session);
    if (!result.ok) return result;
    redirect(clockPage(locale));
  });
}

export async function resumeAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR');
  return handleForm(data, z.strictObject({}), async (_none, locale) => {
    const result = await resumeClock(session);
    if (!result.ok) return result;
    redirect(clockPage(locale));
  });
}
