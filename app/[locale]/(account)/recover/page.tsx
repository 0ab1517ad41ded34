import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { PageHeading } from '@/components/ui/heading';
import { asLocale } from '@/lib/i18n/locale';
import { recoverAction } from './actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('access');
  return { title: t('recover.title') };
}

export default async function RecoverPage() {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('access');
  const common = await getTranslations('common');
  return (
    <>
      <PageHeading title={t('recover.title')} lead={t('recover.lead')} />
      <ActionForm action={recoverAction} locale={locale} summaryTitle={common('form.summary')}>
        <Field
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          label={t('email')}
          need={common('form.required')}
          required
        />
        <Button>{t('recover.act')}</Button>
      </ActionForm>
    </>
  );
}
