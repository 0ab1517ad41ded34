import type { Metadata } from 'next';
import Link from 'next/link';
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

/** What the mail is for, and where another one is asked for. */
const PURPOSES = {
  verify: '/sign-up',
  reset: '/recover',
  confirm: '/sign-in',
  'confirm-newest': '/sign-in',
} as const;

const PURPOSE_NAMES = Object.keys(PURPOSES) as (keyof typeof PURPOSES)[];

/** The same for every address, known or not; that one waits for its confirmation is told to whoever knows its password. */
export default async function CheckYourMailPage({ searchParams }: { searchParams: SearchParams }) {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('access');
  const asked = await oneParam(searchParams, 'for');
  const purpose = PURPOSE_NAMES.find((name) => name === asked) ?? 'verify';
  return (
    <>
      <PageHeading title={t('check-mail.title')} lead={t(`check-mail.${purpose}`)} />
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
        <p>
          <Link href={localePath(locale, PURPOSES[purpose])} className="inline-flex min-h-11 items-center">
            {t(`check-mail.again.${purpose}`)}
          </Link>
        </p>
      </Callout>
    </>
  );
}
