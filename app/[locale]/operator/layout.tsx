import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { connection } from 'next/server';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { DeskChrome } from '@/components/layout/desk-chrome';
import { Document, documentMetadata } from '@/components/layout/document';
import { getSession } from '@/lib/auth/session';
import { DESK_PLACES, deskPlaces, mayLookAt } from '@/lib/domain/desk/places';
import { env } from '@/lib/env';
import { asLocale, LOCALES } from '@/lib/i18n/locale';

export { viewport } from '@/components/layout/document';

/** Rendered on each request, so that its scripts carry the request's nonce; there is no shell to prerender. */
export const instant = false;

export const generateStaticParams = () => LOCALES.map((locale) => ({ locale }));

export const generateMetadata = async (): Promise<Metadata> => ({
  ...(await documentMetadata(asLocale(await rootLocale()))),
  robots: { index: false },
});

/**
 * The operator's desk. The side bar shows who may go where; whether they may is for each page to say, since a layout does not run again on
 * navigation. Who is not of the staff sees no side bar, and the same "not found" as anywhere.
 */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  await connection();
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('desk');
  const account = await getTranslations('account.staff');
  const session = await getSession();
  const { role, side } = session ?? { role: 'CITIZEN', side: null };
  const hidden = env().SIMULATION === 'off' ? 'clock' : null;
  const places = deskPlaces.filter((place) => place !== hidden && mayLookAt(role, place));
  return (
    <Document locale={locale}>
      <DeskChrome
        locale={locale}
        items={places.map((place) => ({ path: DESK_PLACES[place].path, label: t(`places.${place}`) }))}
        who={role === 'CITIZEN' ? null : account(role === 'OPERATOR' && side ? side : role)}
      >
        {children}
      </DeskChrome>
    </Document>
  );
}
