import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { PageHeading } from '@/components/ui/heading';
import { oneParam, type SearchParams } from '@/lib/actions/search-params';
import { env } from '@/lib/env';
import { asLocale, localePath } from '@/lib/i18n/locale';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('access');
  return { title: t('check-mail.title') };
}

/** The same for every address, known or not. */
export default async function CheckYourMailPage({ searchParams }: { searchParams: SearchParams }) {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('access');
  const forReset = (await oneParam(searchParams, 'for')) === 'reset';
  return (
    <>
      <PageHeading title={t('check-mail.title')} lead={t(forReset ? 'check-mail.reset' : 'check-mail.verify')} />
      {env().SIMULATION === 'on' && (
        <Callout tone="notice" title={t('outbox.title')}>
          <p>{t('check-mail.outbox-note')}</p>
          <div>
            <LinkButton href={localePath(locale, '/outbox')}>{t('check-mail.outbox')}</LinkButton>
          </div>
        </Callout>
      )}
      <Callout title={t('check-mail.missing-title')}>
        <p>{t('check-mail.missing')}</p>
      </Callout>
    </>
  );
}
