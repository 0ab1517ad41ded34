import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { connection } from 'next/server';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { BottomBar } from '@/components/layout/bottom-bar';
import { Chrome } from '@/components/layout/chrome';
import { Document, documentMetadata } from '@/components/layout/document';
import { asLocale, LOCALES } from '@/lib/i18n/locale';

export { viewport } from '@/components/layout/document';

/** Rendered on each request, so that its scripts carry the request's nonce; there is no shell to prerender. */
export const instant = false;

export const generateStaticParams = () => LOCALES.map((locale) => ({ locale }));

export const generateMetadata = async (): Promise<Metadata> => ({
  ...(await documentMetadata(asLocale(await rootLocale()))),
  robots: { index: false },
});

/** A citizen's own pages. A layout does not run again on navigation, so each page checks its own access. */
export default async function InvestorLayout({ children }: { children: ReactNode }) {
  await connection();
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('common');
  const items = [
    { path: '/overview', label: t('nav.overview') },
    { path: '/offerings', label: t('nav.buy') },
    { path: '/activity', label: t('nav.activity') },
    { path: '/cash', label: t('nav.cash') },
    { path: '/account', label: t('nav.account') },
  ] as const;
  return (
    <Document locale={locale}>
      <Chrome
        locale={locale}
        items={[...items]}
        aside={null}
        bottomBar={<BottomBar locale={locale} label={t('nav-label')} items={[...items]} />}
      >
        {children}
      </Chrome>
    </Document>
  );
}
