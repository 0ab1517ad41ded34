import type { Locale } from '@/lib/domain/states';
import { formatInstant, ZONES } from '@/lib/i18n/format';

/** A deadline in both zones, the reader's first. Neither half breaks in the middle where there is room for it. */
export function Deadline({ locale, at, before }: { locale: Locale; at: Date; before?: string }) {
  const [first, second] = ZONES[locale];
  return (
    <time dateTime={at.toISOString()} className="tabular-nums">
      {before}
      {before && locale === 'en' && ' '}
      <span className="inline-block">{formatInstant(locale, at, first)}</span>
      {locale === 'ja' ? '／' : ' / '}
      <span className="inline-block">{formatInstant(locale, at, second)}</span>
    </time>
  );
}
