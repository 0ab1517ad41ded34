import Link from 'next/link';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import type { Locale } from '@/lib/domain/states';
import { asLocale, localePath } from '@/lib/i18n/locale';

/** Not there, and not yours: the same page, so that it tells nobody which of the two it is. */
export async function NotFound() {
  return <NotFoundText locale={asLocale(await rootLocale())} />;
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
