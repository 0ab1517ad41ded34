import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
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

/** Sign-up, sign-in, recovery, identity check: one job a page, nothing beside it. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  await connection();
  const locale = asLocale(await rootLocale());
  return (
    <Document locale={locale}>
      <Chrome locale={locale} items={[]} aside={null}>
        {children}
      </Chrome>
    </Document>
  );
}
