import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Chrome } from '@/components/layout/chrome';
import { Document, documentMetadata } from '@/components/layout/document';
import { LinkButton } from '@/components/ui/button';
import { asLocale, LOCALES, localePath } from '@/lib/i18n/locale';

export { viewport } from '@/components/layout/document';

export const generateStaticParams = () => LOCALES.map((locale) => ({ locale }));

export const generateMetadata = async (): Promise<Metadata> => documentMetadata(asLocale(await rootLocale()));

/** Pages that anyone may read: static shells, the same for everybody, under the static content security policy. */
export default async function PublicLayout({ children }: { children: ReactNode }) {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('common');
  return (
    <Document locale={locale}>
      <Chrome
        locale={locale}
        items={[
          { path: '/fund', label: t('nav.fund') },
          { path: '/offerings', label: t('nav.offerings') },
          { path: '/governance', label: t('nav.governance') },
        ]}
        aside={
          <LinkButton look="secondary" href={localePath(locale, '/overview')} className="max-sm:w-auto max-sm:px-2">
            {t('nav.my-page')}
          </LinkButton>
        }
      >
        {children}
      </Chrome>
    </Document>
  );
}
