import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { PageHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { oneParam, type SearchParams } from '@/lib/actions/search-params';
import { requireAnySession } from '@/lib/auth/session';
import { safeNextPath } from '@/lib/domain/people/session';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { passWithRecoveryCodeAction } from '../actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('factors');
  return { title: t('recovery.title') };
}

/** For whoever has lost the device: a recovery code does the second step once. A new password does not. */
export default async function RecoveryPage({ searchParams }: { searchParams: SearchParams }) {
  const session = await requireAnySession();
  const locale = asLocale(await rootLocale());
  if (session.secondStep === 'NONE' || session.secondStep === 'ENROL')
    redirect(localePath(locale, '/account/security'));
  const next = safeNextPath(await oneParam(searchParams, 'next'), '');
  const t = await getTranslations('factors');
  const common = await getTranslations('common');
  return (
    <>
      <PageHeading title={t('recovery.title')} lead={t('recovery.lead')} />
      <ActionForm action={passWithRecoveryCodeAction} locale={locale} summaryTitle={common('form.summary')}>
        <HiddenFields values={next ? { next } : {}} />
        <Field
          name="code"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          label={t('recovery.code')}
          hint={t('recovery.code-hint')}
          need={common('form.required')}
          required
        />
        <Button>{t('recovery.act')}</Button>
      </ActionForm>
    </>
  );
}
