import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { ShownOnce } from '@/components/ui/shown-once';
import { requireFreshSession } from '@/lib/auth/session';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { viewFactors } from '@/lib/services/view-factors';
import { makeRecoveryCodesAction } from '../actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('factors');
  return { title: t('codes.title') };
}

/** The codes stand in the answer to the very request that makes them, and nowhere else. */
export default async function RecoveryCodesPage() {
  const session = await requireFreshSession();
  const locale = asLocale(await rootLocale());
  if (session.secondStep !== 'DONE') redirect(localePath(locale, '/account/security'));
  const { recoveryCodes } = await viewFactors(session);
  const t = await getTranslations('factors');
  const common = await getTranslations('common');
  return (
    <>
      <PageHeading title={t('codes.title')} lead={t('codes.lead')} />
      <p className="measure">{t('codes.left', { left: recoveryCodes })}</p>
      <ActionForm action={makeRecoveryCodesAction} locale={locale} summaryTitle={common('form.summary')}>
        <ShownOnce title={t('codes.shown')} note={t('codes.keep')} />
        <Button>{t('codes.make')}</Button>
      </ActionForm>
    </>
  );
}
