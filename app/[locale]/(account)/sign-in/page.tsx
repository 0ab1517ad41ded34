import type { Metadata } from 'next';
import Link from 'next/link';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { PageHeading } from '@/components/ui/heading';
import { PasskeyButton } from '@/components/ui/passkey-button';
import { oneParam, type SearchParams } from '@/lib/actions/search-params';
import { safeNextPath } from '@/lib/domain/people/session';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { offerPasskeySignInAction, signInAction, signInWithPasskeyAction } from './actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

const DONE = ['verified', 'reset', 'signed-out', 'ended'] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('access');
  return { title: t('sign-in.title') };
}

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('access');
  const factors = await getTranslations('factors');
  const common = await getTranslations('common');
  const need = common('form.required');
  const asked = await oneParam(searchParams, 'done');
  const done = DONE.find((what) => what === asked);
  const next = safeNextPath(await oneParam(searchParams, 'next'), '');
  const lost = next !== '' && (await oneParam(searchParams, 'lost')) === 'order';
  return (
    <>
      <PageHeading title={t('sign-in.title')} {...(next && !lost && { lead: t('sign-in.to-go-on') })} />
      {lost && (
        <Callout tone="notice" title={t('sign-in.not-placed')}>
          <p>{t('sign-in.not-placed-note')}</p>
        </Callout>
      )}
      {done && <Callout tone="good" title={t(`sign-in.${done}`)} />}
      <ActionForm action={signInAction} locale={locale} summaryTitle={common('form.summary')}>
        {next && <input type="hidden" name="next" value={next} />}
        <Field
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          label={t('email')}
          need={need}
          required
        />
        <Field
          name="password"
          type="password"
          autoComplete="current-password"
          label={t('password')}
          need={need}
          required
        />
        <Button>{t('sign-in.act')}</Button>
      </ActionForm>
      <ActionForm action={signInWithPasskeyAction} locale={locale} summaryTitle={common('form.summary')}>
        {next && <input type="hidden" name="next" value={next} />}
        <PasskeyButton
          act={{ kind: 'get', offer: offerPasskeySignInAction }}
          look="secondary"
          texts={{
            failed: factors('passkey.not-used'),
            unsupported: factors('passkey.unsupported'),
            noscript: factors('passkey.noscript'),
          }}
        >
          {factors('passkey.sign-in')}
        </PasskeyButton>
      </ActionForm>
      <p className="flex flex-wrap gap-x-8 gap-y-2">
        <Link href={localePath(locale, '/recover')} className="inline-flex min-h-11 items-center">
          {t('sign-in.forgot')}
        </Link>
        <Link href={localePath(locale, '/sign-up')} className="inline-flex min-h-11 items-center">
          {t('sign-in.new')}
        </Link>
      </p>
    </>
  );
}
