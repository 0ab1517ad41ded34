import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { PageHeading } from '@/components/ui/heading';
import { oneParam, type SearchParams } from '@/lib/actions/search-params';
import { PASSWORD_MAX } from '@/lib/domain/people/password';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { peekLink } from '@/lib/services/peek-link';
import { resetPasswordAction } from './actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('access');
  return { title: t('reset.title') };
}

export default async function ResetPasswordPage({ searchParams }: { searchParams: SearchParams }) {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('access');
  const common = await getTranslations('common');
  const token = await oneParam(searchParams, 'token');
  if (!(await peekLink(token, 'RESET'))) {
    return (
      <>
        <PageHeading title={t('verify.gone-title')} lead={t('reset.gone')} />
        <div>
          <LinkButton href={localePath(locale, '/recover')}>{t('reset.again')}</LinkButton>
        </div>
      </>
    );
  }
  return (
    <>
      <PageHeading title={t('reset.title')} lead={t('reset.lead')} />
      <ActionForm action={resetPasswordAction} locale={locale} summaryTitle={common('form.summary')}>
        <input type="hidden" name="token" value={token} />
        <Field
          name="password"
          type="password"
          autoComplete="new-password"
          maxLength={PASSWORD_MAX}
          label={t('new-password')}
          hint={t('password-hint')}
          need={common('form.required')}
          required
        />
        <Button>{t('reset.act')}</Button>
      </ActionForm>
    </>
  );
}
