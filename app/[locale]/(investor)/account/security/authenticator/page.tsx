import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { Field } from '@/components/ui/field';
import { PageHeading } from '@/components/ui/heading';
import { QrCode } from '@/components/ui/qr-code';
import { requireSetupSession } from '@/lib/auth/session';
import { inGroups } from '@/lib/domain/people/factors';
import { asLocale } from '@/lib/i18n/locale';
import { viewTotpSetup } from '@/lib/services/view-factors';
import { beginTotpAction, finishTotpAction } from '../actions';
import { PasswordAgain } from '../password-again';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('factors');
  return { title: t('totp.title') };
}

/** Two steps on one page: a secret is made by a button, never by opening the page; then the app shows that it has it. */
export default async function AuthenticatorPage() {
  const session = await requireSetupSession();
  const setup = await viewTotpSetup(session);
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('factors');
  const common = await getTranslations('common');
  const form = { locale, summaryTitle: common('form.summary') };
  if (!setup)
    return (
      <>
        <PageHeading title={t('totp.title')} lead={t('totp.begin-lead')} />
        <ActionForm action={beginTotpAction} {...form}>
          <PasswordAgain session={session} />
          <Button>{t('totp.begin')}</Button>
        </ActionForm>
      </>
    );
  return (
    <>
      <PageHeading title={t('totp.title')} lead={t('totp.scan')} />
      <QrCode text={setup.address} label={t('totp.qr')} />
      <div className="grid gap-1">
        <p>{t('totp.secret')}</p>
        <p lang="en" translate="no" className="text-[1.25rem] font-700 tabular-nums">
          {inGroups(setup.secret, ' ')}
        </p>
        <p>
          <a href={setup.address} className="inline-flex min-h-11 items-center">
            {t('totp.open')}
          </a>
        </p>
      </div>
      <ActionForm action={finishTotpAction} {...form}>
        <Field
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          label={t('second.code')}
          hint={t('totp.code-hint')}
          need={common('form.required')}
          className="max-w-48 tabular-nums"
          required
        />
        <Button>{t('totp.finish')}</Button>
      </ActionForm>
      <Disclosure summary={t('totp.anew')}>
        <ActionForm action={beginTotpAction} {...form}>
          <PasswordAgain session={session} />
          <Button look="secondary">{t('totp.begin')}</Button>
        </ActionForm>
      </Disclosure>
    </>
  );
}
