import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { Suspense } from 'react';
import { Chrome } from '@/components/layout/chrome';
import { Document } from '@/components/layout/document';
import { NotFoundText } from '@/components/layout/not-found';
import { PATH_HEADER } from '@/lib/auth/path-header';
import { isLocale, preferredLocale } from '@/lib/i18n/locale';
import { loadMessages } from '@/lib/i18n/messages';

async function readerLocale() {
  const asked = await headers();
  const named = asked.get(PATH_HEADER)?.split(/[/?]/)[1];
  return isLocale(named) ? named : preferredLocale(asked.get('accept-language'));
}

export async function generateMetadata(): Promise<Metadata> {
  const { failure, common } = await loadMessages(await readerLocale());
  return { title: common['title-template'].replace('%s', failure['not-found'].title), robots: { index: false } };
}

/** Every address that names no page of ours. Rendered on each request: it answers in the reader's language, under a nonce. */
export default function GlobalNotFound() {
  return (
    <Suspense>
      <NotFoundDocument />
    </Suspense>
  );
}

async function NotFoundDocument() {
  const locale = await readerLocale();
  return (
    <Document locale={locale}>
      <Chrome locale={locale} items={[]} aside={null}>
        <NotFoundText locale={locale} />
      </Chrome>
    </Document>
  );
}
