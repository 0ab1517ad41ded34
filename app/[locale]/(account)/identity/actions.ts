'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { appNow } from '@/db/queries/clock';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { assertSameOrigin } from '@/lib/auth/origin';
import { requireInvestor } from '@/lib/auth/session';
import { dateWhere } from '@/lib/domain/people/identity';
import {
  addressDetails,
  addressFields,
  personDetails,
  personFields,
  residenceSchema,
} from '@/lib/domain/people/identity-form';
import { parsePostalCode, sponsorCountry } from '@/lib/domain/people/places';
import { LOCALES, type Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import { refuse } from '@/lib/result';
import { findAddress } from '@/lib/services/find-address';
import { saveIdentity } from '@/lib/services/save-identity';
import { submitIdentity } from '@/lib/services/submit-identity';
import { viewIdentity } from '@/lib/services/view-identity';

const stepPath = (locale: Locale, step: string) => `${localePath(locale, '/identity')}?step=${step}` as Route;

export async function saveResidenceAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireInvestor();
  return handleForm(data, residenceSchema, async (details, locale) => {
    const result = await saveIdentity(session, { step: 'residence', details });
    return result.ok ? redirect(stepPath(locale, 'person')) : result;
  });
}

export async function savePersonAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireInvestor();
  const residence = (await viewIdentity(session))?.residence ?? null;
  return handleForm(data, residence === 'JP' ? personFields.JP : personFields.other, async (fields, locale) => {
    const details = personDetails(fields, dateWhere(residence, await appNow()));
    if (!details) return refuse('identity.birth-date', { field: 'birthYear' });
    const result = await saveIdentity(session, { step: 'person', details });
    return result.ok ? redirect(stepPath(locale, 'address')) : result;
  });
}

/** Two buttons: one looks the postal code up and changes nothing, one saves. */
export async function saveAddressAction(previous: FormState, data: FormData): Promise<FormState> {
  const session = await requireInvestor();
  const country = sponsorCountry((await viewIdentity(session))?.residence ?? null);
  if (data.get('intent') === 'look-up' && country) return lookUp(country, previous, data);
  const schema = addressFields[country ?? 'other'].extend({ intent: z.literal('save') });
  return handleForm(data, schema, async ({ intent: _save, ...fields }, locale) => {
    const result = await saveIdentity(session, { step: 'address', details: addressDetails(fields) });
    return result.ok ? redirect(stepPath(locale, 'review')) : result;
  });
}

/** What was typed stays; region, city and area become those of the postal code. */
async function lookUp(country: 'US' | 'JP', previous: FormState, data: FormData): Promise<FormState> {
  const line = z.string().max(200).catch('');
  const typed = z.object({ postal: line, region: line, city: line, street: line, building: line, intent: line });
  const found = (await assertSameOrigin()) ? await findAddress(country, line.parse(data.get('postal'))) : null;
  const state = await handleForm(data, typed, async () =>
    found ? undefined : refuse(lookUpFault(country, String(data.get('postal') ?? '')), { field: 'postal' }),
  );
  if (!found) return state;
  const { postalCode, region, city, street } = found;
  const keepStreet = street === '' || (previous.values.street ?? '').startsWith(street);
  const values = { ...state.values, postal: postalCode, region, city, ...(!keepStreet && { street }) };
  const locale = z.enum(LOCALES).catch('en').parse(data.get('locale'));
  const t = await getTranslations({ locale, namespace: 'identity' });
  return { ...state, values, note: t('looked-up') };
}

/** A code in the right form may still be one that the table does not know; the address can then be typed. */
const lookUpFault = (country: 'US' | 'JP', postal: string) => {
  if (parsePostalCode(country, postal)) return 'identity.postal-unknown';
  return country === 'JP' ? 'identity.postal-jp' : 'identity.postal-us';
};

export async function submitIdentityAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireInvestor();
  return handleForm(data, z.strictObject({}), async (_input, locale) => {
    const result = await submitIdentity(session);
    return result.ok ? redirect(localePath(locale, '/eligibility')) : result;
  });
}
