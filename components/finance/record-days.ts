/** When a class has its record dates 決算日, in words: on the calendar, and among the class's facts. */
import { getTranslations } from 'next-intl/server';
import type { RecordDay } from '@/lib/domain/calendar/record-dates';
import type { Locale } from '@/lib/domain/states';
import { formatYearDay } from '@/lib/i18n/format';

export async function recordDaysText(locale: Locale, days: readonly Pick<RecordDay, 'month' | 'day'>[]) {
  const t = await getTranslations({ locale, namespace: 'calendar.record' });
  if (days.length === 0) return t('none');
  const named = days.map(({ month, day }) => formatYearDay(locale, month, day));
  return t('rule', { days: named.join(locale === 'ja' ? '・' : ', ') });
}
