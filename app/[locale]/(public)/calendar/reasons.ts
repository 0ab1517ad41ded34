import { getTranslations } from 'next-intl/server';
import type { Closure } from '@/lib/domain/calendar/dealing-days';
import type { Locale } from '@/lib/domain/states';

/** Why a date is no dealing day, in words: the weekend, or which market is closed for which holiday. */
export async function reasonsText(locale: Locale, closures: readonly Closure[]): Promise<string> {
  const t = await getTranslations({ locale, namespace: 'calendar.reason' });
  return closures
    .map((closure) => (closure.why === 'WEEKEND' ? t('WEEKEND') : t(closure.country, { name: closure.name[locale] })))
    .reduce((first, second) => t('and', { first, second }));
}
