import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { alternates } from '@/components/layout/document';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { asLocale, localePath } from '@/lib/i18n/locale';

export async function generateMetadata(): Promise<Metadata> {
  return { alternates: alternates(asLocale(await rootLocale()), '') };
}

export default async function HomePage() {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('home');
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <div>
        <LinkButton href={localePath(locale, '/offerings')}>{t('see-offerings')}</LinkButton>
      </div>
    </>
  );
}
