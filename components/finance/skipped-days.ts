/** Why there is no dealing on a day, in words: on the calendar, and on a ticket. */
import { getTranslations } from 'next-intl/server';
import type { Closure } from '@/lib/domain/calendar/dealing-days';
import type { SkippedDay } from '@/lib/domain/calendar/dealing-times';
import type { Locale } from '@/lib/domain/states';
import { formatDay } from '@/lib/i18n/format';

/** Why a date is no dealing day, in words: the weekend, or which market is closed for which holiday. */
export async function reasonsText(locale: Locale, closures: readonly Closure[]): Promise<string> {
  const t = await getTranslations({ locale, namespace: 'calendar.reason' });
  return closures
    .map((closure) => (closure.why === 'WEEKEND' ? t('WEEKEND') : t(closure.country, { name: closure.name[locale] })))
    .reduce((first, second) => t('and', { first, second }));
}

/** A day that an order passes over on its way to its dealing day, with the reason. */
export async function skippedText(locale: Locale, skipped: SkippedDay): Promise<string> {
  const t = await getTranslations({ locale, namespace: 'calendar.next' });
  const day = formatDay(locale, skipped.date);
  return skipped.why === 'CUT_OFF_PASSED'
    ? t('passed', { day })
    : t('closed', { day, reasons: await reasonsText(locale, skipped.closures) });
}
