import type { Metadata } from 'next';
import Link from 'next/link';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { PageHeading } from '@/components/ui/heading';
import { PASSWORD_MAX } from '@/lib/domain/people/password';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { signUpAction } from './actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('access');
  return { title: t('sign-up.title') };
}

export default async function SignUpPage() {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('access');
  const common = await getTranslations('common');
  const need = common('form.required');
  return (
    <>
      <PageHeading title={t('sign-up.title')} lead={t('sign-up.lead')} />
      <ActionForm action={signUpAction} locale={locale} summaryTitle={common('form.summary')}>
        <Field
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          label={t('email')}
          hint={t('sign-up.email-hint')}
          need={need}
          required
        />
        <Field
          name="password"
          type="password"
          autoComplete="new-password"
          maxLength={PASSWORD_MAX}
          label={t('password')}
          hint={t('password-hint')}
          need={need}
          required
        />
        <Button>{t('sign-up.act')}</Button>
      </ActionForm>
      <p>
        {t('sign-up.have-one')} <Link href={localePath(locale, '/sign-in')}>{t('sign-in.title')}</Link>
      </p>
    </>
  );
}
