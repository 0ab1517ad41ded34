import type { FormState } from '@/lib/actions/form-state';
import type { Locale } from '@/lib/i18n/locale';
import { refusalText } from '@/lib/i18n/refusal';
import type { ErrorCode } from '@/lib/i18n/types';

/** What the order that was just sent was refused for, in words: what the page finds again it words with its figures, and what has passed since says so. */
export async function refusedFor(locale: Locale, told: ErrorCode | undefined): Promise<FormState['errors']> {
  if (!told) return [];
  const said: ErrorCode[] = ['order.day-changed', 'order.prospectus-not-opened', 'order.key-reused'];
  const code = said.includes(told) ? told : 'order.changed-meanwhile';
  return [{ field: undefined, text: await refusalText(locale, { code }) }];
}
