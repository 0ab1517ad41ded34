'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireInvestor } from '@/lib/auth/session';
import { localePath } from '@/lib/i18n/locale';
import { withdrawSubscription } from '@/lib/services/withdraw-subscription';

const withdrawal = z.object({ slug: z.string().max(100), subscription: z.uuid(), key: z.uuid() });

/** Takes one subscription back. The key makes a second press the same withdrawal. */
export async function withdraw(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, withdrawal, async ({ slug, subscription, key }, locale) => {
    const { investorId } = await requireInvestor();
    const withdrawn = await withdrawSubscription({ investorId, locale }, { subscription, key });
    // Also what was left must not come back as it was: the subscription is no longer there, and the cash is.
    refresh();
    if (withdrawn.ok) redirect(localePath(locale, `/subscriptions/${encodeURIComponent(slug)}?done=WITHDRAWN`));
    return withdrawn;
  });
}
