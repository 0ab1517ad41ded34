import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Field } from '@/components/ui/field';
import { PageHeading } from '@/components/ui/heading';
import { PasskeyButton } from '@/components/ui/passkey-button';
import { requireSetupSession } from '@/lib/auth/session';
import { PASSKEY_NAME_MAX } from '@/lib/domain/people/factors';
import { describeUserAgent } from '@/lib/domain/people/session';
import { asLocale } from '@/lib/i18n/locale';
import { addPasskeyAction, offerPasskeyAction } from '../actions';
import { PasswordAgain } from '../password-again';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('factors');
  return { title: t('passkey.add') };
}

export default async function PasskeyPage() {
  const session = await requireSetupSession();
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('factors');
  const common = await getTranslations('common');
  // Most passkeys live in the device that asks for one.
  const { system } = describeUserAgent((await headers()).get('user-agent') ?? '');
  return (
    <>
      <PageHeading title={t('passkey.add')} lead={t('passkey.lead')} />
      <ActionForm action={addPasskeyAction} locale={locale} summaryTitle={common('form.summary')}>
        <Field
          name="name"
          label={t('passkey.name')}
          hint={t('passkey.name-hint')}
          need={common('form.required')}
          maxLength={PASSKEY_NAME_MAX}
          defaultValue={system ?? t('passkey.title')}
          autoComplete="off"
          required
        />
        <PasswordAgain session={session} />
        <PasskeyButton
          act={{ kind: 'create', offer: offerPasskeyAction }}
          texts={{
            failed: t('passkey.not-made'),
            unsupported: t('passkey.unsupported'),
            noscript: t('passkey.noscript'),
          }}
        >
          {t('passkey.make')}
        </PasskeyButton>
      </ActionForm>
    </>
  );
}
