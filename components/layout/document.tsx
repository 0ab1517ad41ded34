import './globals.css';
import type { Metadata, Viewport } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LOCALES, type Locale } from '@/lib/domain/states';
import { env } from '@/lib/env';

/** The document of every page: its language, nothing else. Each group of pages has a root layout of its own around it. */
export function Document({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <html lang={locale}>
      <body className="flex min-h-dvh flex-col">{children}</body>
    </html>
  );
}

export async function documentMetadata(locale: Locale): Promise<Metadata> {
  const t = await getTranslations({ locale, namespace: 'common' });
  return {
    metadataBase: new URL(env().SITE_URL),
    title: { template: t('title-template'), default: t('title') },
    description: t('description'),
    formatDetection: { telephone: false, email: false, address: false },
  };
}

/** hreflang of a page: `path` is what follows the language. */
export const alternates = (locale: Locale, path: '' | `/${string}`): Metadata['alternates'] => ({
  canonical: `/${locale}${path}`,
  languages: { ...Object.fromEntries(LOCALES.map((l) => [l, `/${l}${path}`])), 'x-default': `/en${path}` },
});

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  // The simulation banner stands at the top of every page; the browser's own bar continues it.
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf5e0' },
    { media: '(prefers-color-scheme: dark)', color: '#604b00' },
  ],
};
