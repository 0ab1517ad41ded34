'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { handleForm } from '@/lib/actions/form';
import type { FormState } from '@/lib/actions/form-state';
import { requireInvestor } from '@/lib/auth/session';
import { localePath } from '@/lib/i18n/locale';
import { cancelDealingOrder } from '@/lib/services/cancel-dealing-order';

const cancellation = z.object({ order: z.uuid(), key: z.uuid() });

/** Cancels an order at NAV. The key makes a second press the same cancellation. */
export async function cancelOrder(_: FormState, data: FormData): Promise<FormState> {
  return handleForm(data, cancellation, async ({ order, key }, locale) => {
    const { investorId } = await requireInvestor();
    const cancelled = await cancelDealingOrder({ investorId, locale }, { order, key });
    // Also what was left must not come back as it was: nothing is set aside any more, or the cut-off has passed.
    refresh();
    if (cancelled.ok) redirect(localePath(locale, `/orders/${order}?cancelled`));
    return cancelled;
  });
}
