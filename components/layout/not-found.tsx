import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { answerStatus } from '@/lib/answer-status';
import type { Locale } from '@/lib/domain/states';
import { asLocale, localePath } from '@/lib/i18n/locale';

/** Not there, and not yours: the same page, so that it tells nobody which of the two it is. */
export async function NotFound() {
  return <NotFoundText locale={asLocale(await rootLocale())} />;
}

/**
 * What a page renders when the thing that its address names is not there. A bare `notFound()` answers with an empty document that only a script
 * fills; thrown below a boundary, what the server sends is the boundary's other side, and the answer is a 404 all the same.
 */
export function Missing({ locale }: { locale: Locale }) {
  return (
    <Suspense fallback={<NotFoundText locale={locale} />}>
      <NotHere />
    </Suspense>
  );
}

function NotHere(): never {
  // A prerendered page takes its status from the throw, one that is rendered on request does not.
  answerStatus(404);
  notFound();
}

/** The head that belongs to it. */
export async function missingMetadata(locale: Locale): Promise<Metadata> {
  return { title: (await getTranslations({ locale, namespace: 'failure.not-found' }))('title') };
}

export async function NotFoundText({ locale }: { locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'failure.not-found' });
  return (
    <div className="grid gap-6">
      <PageHeading title={t('title')} lead={t('what')} />
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <LinkButton href={localePath(locale, '')}>{t('home')}</LinkButton>
        <Link href={localePath(locale, '/offerings')} className="inline-flex min-h-11 items-center">
          {t('offerings')}
        </Link>
      </div>
    </div>
  );
}
