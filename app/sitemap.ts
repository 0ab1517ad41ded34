import type { MetadataRoute } from 'next';
import { LOCALES } from '@/lib/domain/states';
import { env } from '@/lib/env';
import { listDocumentVersions } from '@/lib/public-data/documents';
import { listOfferings } from '@/lib/public-data/offerings';

/** Every public page in both languages, each naming its other. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const [offerings, documents] = await Promise.all([listOfferings(), listDocumentVersions()]);
  const paths = [
    '',
    '/fund',
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
