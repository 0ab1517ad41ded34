import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { PageHeading } from '@/components/ui/heading';
import { oneParam, type SearchParams } from '@/lib/actions/search-params';
import { requireSession } from '@/lib/auth/session';
import { PASSWORD_MAX } from '@/lib/domain/people/password';
import { asLocale } from '@/lib/i18n/locale';
import { changePasswordAction } from './actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('password.title') };
}

export default async function PasswordPage({ searchParams }: { searchParams: SearchParams }) {
  await requireSession();
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('account');
  const access = await getTranslations('access');
  const common = await getTranslations('common');
  const need = common('form.required');
  const changed = (await oneParam(searchParams, 'done')) === 'changed';
  return (
    <>
      <PageHeading title={t('password.title')} />
      {changed && <Callout tone="good" title={t('password.changed')} />}
      <ActionForm action={changePasswordAction} locale={locale} summaryTitle={common('form.summary')}>
        <Field
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          label={t('password.current')}
          need={need}
          required
        />
        <Field
          name="newPassword"
          type="password"
          autoComplete="new-password"
          maxLength={PASSWORD_MAX}
          label={t('password.new')}
          hint={access('password-hint')}
          need={need}
          required
        />
        <Button>{t('password.act')}</Button>
      </ActionForm>
    </>
  );
}
