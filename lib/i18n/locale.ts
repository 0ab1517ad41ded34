/** The two languages of the site: which there are, how a path names them, and how one is chosen for a reader who named none. */
import type { Route } from 'next';
import { notFound } from 'next/navigation';
import { LOCALES, type Locale } from '@/lib/domain/states';

export { LOCALES, type Locale };

export const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value);

/** The language that a path's first segment names; any other word there is a page that does not exist. */
export const asLocale = (value: string | undefined): Locale => (isLocale(value) ? value : notFound());

export const otherLocale = (locale: Locale): Locale => (locale === 'en' ? 'ja' : 'en');

/** `/offerings` → `/ja/offerings`. Every link inside the site is made here. */
export const localePath = (locale: Locale, path: '' | `/${string}`): Route => `/${locale}${path}` as Route;

/** The language that an Accept-Language header prefers of ours; English where it names neither. */
export function preferredLocale(header: string | null): Locale {
  const ranked = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='));
      return { language: tag.split('-')[0] ?? '', quality: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter(({ language, quality }) => isLocale(language) && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  const best = ranked[0]?.language;
  return isLocale(best) ? best : 'en';
}
