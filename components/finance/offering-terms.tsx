/** The terms of an offering as they were signed, in the reader's words. */
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { Locale, OfferingMethod } from '@/lib/domain/states';
import { formatDeadline, formatPrice, formatUnits } from '@/lib/i18n/format';

export type Terms = Record<string, string | boolean | null>;

/** How the figures of a term are to be read stands among the terms themselves. */
const READING = ['currency', 'unit_decimals', 'price_decimals', 'quote_units', 'prospectus'];

/** Every term, also one that has no words of its own yet: nothing that is signed is left out. */
export async function termRows(
  locale: Locale,
  terms: Terms,
): Promise<{ id: string; what: ReactNode; value: ReactNode }[]> {
  const t = await getTranslations('governance');
  const methods = await getTranslations('offerings.method');
  const currency = terms.currency === 'JPY' ? 'JPY' : 'USD';
  const value = (key: string, raw: string | boolean | null): ReactNode => {
    if (key === 'reveal_deadline' && raw === null && terms.method !== 'FIRST_COME') return t('term.reveal-rule');
    if (raw === null) return t('change.none');
    if (typeof raw === 'boolean') return raw ? t('change.yes') : t('change.no');
    if (key === 'price') return formatPrice(locale, BigInt(raw), currency, Number(terms.price_decimals ?? 0));
    if (key.endsWith('_units')) return formatUnits(locale, BigInt(raw), Number(terms.unit_decimals ?? 0));
    if (key.endsWith('_at') || key.endsWith('_deadline')) return formatDeadline(locale, new Date(raw));
    if (key === 'method') return methods(raw as OfferingMethod);
    if (key === 'class') return raw === 'JP' ? t('class.JP') : t('class.US');
    if (key.includes('sha256')) return <code className="font-mono break-all">{raw}</code>;
    return <span lang={key.endsWith('_ja') ? 'ja' : /^[0-9]+$/.test(raw) ? undefined : 'en'}>{raw}</span>;
  };
  return Object.entries(terms)
    .filter(([key]) => !READING.includes(key))
    .map(([key, raw]) => {
      const name = `term.${key}` as 'term.price';
      return { id: key, what: t.has(name) ? t(name) : <span lang="en">{key}</span>, value: value(key, raw) };
    });
}
