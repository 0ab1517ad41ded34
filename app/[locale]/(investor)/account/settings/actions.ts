'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireInvestor } from '@/lib/auth/session';
import { CURRENCIES, LOCALES } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import { saveSettings } from '@/lib/services/save-settings';

const schema = z.strictObject({ mailLocale: z.enum(LOCALES), displayCurrency: z.enum(CURRENCIES) });

export async function saveSettingsAction(_: FormState, data: FormData): Promise<FormState> {
  const session = await requireInvestor();
  return handleForm(data, schema, async (settings, locale) => {
    await saveSettings(session, settings);
    redirect(`${localePath(locale, '/account/settings')}?done=saved` as Route);
  });
}
