/** What is the reader's own stands first: the offerings of their country are most likely theirs, and the cash of its currency what they use. */
import type { Country, Currency, Locale } from '@/lib/domain/states';

const OWN = {
  en: { country: 'US', currency: 'USD' },
  ja: { country: 'JP', currency: 'JPY' },
} as const satisfies Record<Locale, { country: Country; currency: Currency }>;

/** Otherwise in the order that they came in. */
function ownFirst<T>(items: readonly T[], isOwn: (item: T) => boolean): T[] {
  return items.toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
}

export const ownCountryFirst = <T extends { country: Country }>(locale: Locale, items: readonly T[]): T[] =>
  ownFirst(items, ({ country }) => country === OWN[locale].country);

export const ownCurrencyFirst = <T extends { currency: Currency }>(locale: Locale, items: readonly T[]): T[] =>
  ownFirst(items, ({ currency }) => currency === OWN[locale].currency);
