import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { asLocale } from '@/lib/i18n/locale';
import { signOutAction } from './actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('access');
  return { title: t('sign-out.title') };
}

/** For links in headers: opening the page changes nothing, the button does. */
export default async function SignOutPage() {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('access');
  const common = await getTranslations('common');
  return (
    <>
      <PageHeading title={t('sign-out.title')} lead={t('sign-out.lead')} />
      <ActionForm action={signOutAction} locale={locale} summaryTitle={common('form.summary')}>
        <Button>{t('sign-out.act')}</Button>
      </ActionForm>
    </>
  );
}
