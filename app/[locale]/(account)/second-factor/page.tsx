import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { PageHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { PasskeyButton } from '@/components/ui/passkey-button';
import { oneParam, type SearchParams } from '@/lib/actions/search-params';
import { requireAnySession } from '@/lib/auth/session';
import { homeOf, safeNextPath } from '@/lib/domain/people/session';
import { env } from '@/lib/env';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { viewFactors } from '@/lib/services/view-factors';
import { offerPasskeyStepAction, passWithPasskeyAction, passWithTotpAction } from './actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('factors');
  return { title: t('second.title') };
}

/** The second step: at sign-in, and again before what weighs more than reading. */
export default async function SecondFactorPage({ searchParams }: { searchParams: SearchParams }) {
  const session = await requireAnySession();
  const locale = asLocale(await rootLocale());
  const next = safeNextPath(await oneParam(searchParams, 'next'), '');
  // Nothing is asked of an account that has nothing to show.
  if (session.secondStep === 'NONE' || session.secondStep === 'ENROL')
    redirect(localePath(locale, '/account/security'));
  const { totpSince, passkeys, recoveryCodes } = await viewFactors(session);
  const t = await getTranslations('factors');
  const common = await getTranslations('common');
  const again = session.secondStep === 'DONE';
  const query = next && `?next=${encodeURIComponent(next)}`;
  return (
    <>
      <PageHeading title={t('second.title')} lead={t(again ? 'second.again' : 'second.lead')} />
      {totpSince && (
        <ActionForm action={passWithTotpAction} locale={locale} summaryTitle={common('form.summary')}>
          <HiddenFields values={next ? { next } : {}} />
          <Field
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            label={t('second.code')}
            hint={t('second.code-hint')}
            need={common('form.required')}
            className="max-w-48 tabular-nums"
            required
          />
          <Button>{t('second.act')}</Button>
        </ActionForm>
      )}
      {passkeys.length > 0 && (
        <ActionForm action={passWithPasskeyAction} locale={locale} summaryTitle={common('form.summary')}>
          <HiddenFields values={next ? { next } : {}} />
          <PasskeyButton
            act={{ kind: 'get', offer: offerPasskeyStepAction }}
            look={totpSince ? 'secondary' : 'primary'}
            texts={{
              failed: t('passkey.not-used'),
              unsupported: t('passkey.unsupported'),
              noscript: t('passkey.noscript'),
            }}
          >
            {t('passkey.use')}
          </PasskeyButton>
        </ActionForm>
      )}
      {env().SIMULATION === 'on' && session.role !== 'CITIZEN' && (
        <Callout tone="notice" title={t('demo.title')}>
          <p>
            <Link href={localePath(locale, '/demo-codes')}>{t('demo.link')}</Link>
          </p>
        </Callout>
      )}
      <p className="flex flex-wrap gap-x-8 gap-y-2">
        {recoveryCodes > 0 && (
          <Link
            href={`${localePath(locale, '/second-factor/recovery')}${query}` as Route}
            className="inline-flex min-h-11 items-center"
          >
            {t('second.lost')}
          </Link>
        )}
        <Link
          href={localePath(locale, again ? homeOf(session.role) : '/sign-out')}
          className="inline-flex min-h-11 items-center"
        >
          {t(again ? 'second.back' : 'second.sign-out')}
        </Link>
      </p>
    </>
  );
}
