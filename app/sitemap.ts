import type { MetadataRoute } from 'next';
import { periodsOf } from '@/lib/domain/fund/price-history';
import { LOCALES } from '@/lib/domain/states';
import { env } from '@/lib/env';
import { listDocumentVersions } from '@/lib/public-data/documents';
import { listClassNavs } from '@/lib/public-data/fund';
import { listOfferings } from '@/lib/public-data/offerings';

/** Every public page in both languages, each naming its other. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const [offerings, documents, classes] = await Promise.all([listOfferings(), listDocumentVersions(), listClassNavs()]);
  const paths = [
    '',
    '/fund',
    ...classes.flatMap(({ code, prices }) =>
      periodsOf(prices).map((period) => `/fund/prices/${code.toLowerCase()}/${period}`),
    ),
    '/governance',
    '/calendar',
    '/offerings',
    ...offerings.map(({ slug }) => `/offerings/${slug}`),
    '/documents',
    ...documents.map(({ slug, version }) => `/documents/${slug}/${version}`),
    '/about',
    '/accessibility',
  ];
  const at = (locale: string, path: string) => `${env().SITE_URL}/${locale}${path}`;
  return paths.flatMap((path) =>
    LOCALES.map((locale) => ({
      url: at(locale, path),
      alternates: {
        languages: { ...Object.fromEntries(LOCALES.map((l) => [l, at(l, path)])), 'x-default': at('en', path) },
      },
    })),
  );
}
