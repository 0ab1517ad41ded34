import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { oneParam, type SearchParams } from '@/lib/actions/search-params';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { peekLink } from '@/lib/services/peek-link';
import { verifyEmailAction } from './actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('access');
  return { title: t('verify.title') };
}

export default async function VerifyEmailPage({ searchParams }: { searchParams: SearchParams }) {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('access');
  const common = await getTranslations('common');
  const token = await oneParam(searchParams, 'token');
  if (!(await peekLink(token, 'VERIFY'))) {
    return (
      <>
        <PageHeading title={t('verify.gone-title')} lead={t('verify.gone')} />
        <div className="flex flex-wrap gap-4">
          <LinkButton href={localePath(locale, '/sign-in')}>{t('sign-in.act')}</LinkButton>
          <LinkButton look="secondary" href={localePath(locale, '/sign-up')}>
            {t('sign-up.act')}
          </LinkButton>
        </div>
      </>
    );
  }
  return (
    <>
      <PageHeading title={t('verify.title')} lead={t('verify.lead')} />
      <ActionForm action={verifyEmailAction} locale={locale} summaryTitle={common('form.summary')}>
        <input type="hidden" name="token" value={token} />
        <Button>{t('verify.act')}</Button>
      </ActionForm>
    </>
  );
}
