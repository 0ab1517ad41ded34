'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireSession } from '@/lib/auth/session';
import { CLOCK_TARGETS, eventsOf } from '@/lib/domain/clock/events';
import { CLOCK_UNITS, SECONDS_OF } from '@/lib/domain/clock/form';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { instantOf } from '@/lib/domain/offerings/local-time';
import type { Locale } from '@/lib/domain/states';
import { ZONES } from '@/lib/i18n/format';
import { localePath } from '@/lib/i18n/locale';
import type { Result } from '@/lib/result';
import { freezeClock, resumeClock, runClock, runClockFor } from '@/lib/services/move-clock';

/** Back to the page, which shows what came of it; a refusal stays with its form. */
const shown = (moved: Result<unknown>, locale: Locale) =>
  moved.ok ? redirect(localePath(locale, DESK_PLACES.clock.path)) : moved;

export async function nextAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR');
  return handleForm(data, z.strictObject({ target: z.enum(CLOCK_TARGETS) }), async ({ target }, locale) =>
    shown(await runClock(session, { kinds: eventsOf(target) }), locale),
  );
}

const moment = z.strictObject({ date: z.string().max(40), zone: z.enum(ZONES.en) });

export async function toAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR');
  return handleForm(data, moment, async ({ date, zone }, locale) =>
    shown(await runClock(session, { to: instantOf(date, zone) ?? new Date(Number.NaN) }), locale),
  );
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
  return handleForm(data, span, async ({ duration, unit }, locale) =>
    shown(await runClockFor(session, Number(duration) * SECONDS_OF[unit]), locale),
  );
}

export async function stopAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR');
  return handleForm(data, z.strictObject({}), async (_none, locale) => shown(await freezeClock(session), locale));
}

export async function resumeAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireSession('OPERATOR');
  return handleForm(data, z.strictObject({}), async (_none, locale) => shown(await resumeClock(session), locale));
}
