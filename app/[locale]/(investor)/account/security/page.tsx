import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';
import { oneParam, type SearchParams } from '@/lib/actions/search-params';
import { requireListSession } from '@/lib/auth/session';
import { formatInstant } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { viewFactors } from '@/lib/services/view-factors';
import { removeTotpAction } from './actions';
import { PasskeyList } from './passkey-list';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

const DONE = ['added', 'removed'] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('factors');
  return { title: t('security.title') };
}

/** What the second step can be done with. Staff who have nothing yet begin here, and get no further before. */
export default async function SecurityPage({ searchParams }: { searchParams: SearchParams }) {
  const session = await requireListSession();
  const { totpSince, passkeys, recoveryCodes } = await viewFactors(session);
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('factors');
  const common = await getTranslations('common');
  const asked = await oneParam(searchParams, 'done');
  const done = DONE.find((what) => what === asked);
  // Staff keep one factor at least; the last one has no button that would only be refused.
  const factors = (totpSince ? 1 : 0) + passkeys.length;
  const removable = session.role === 'CITIZEN' || factors > 1;
  const hasFactor = factors > 0;
  const form = { locale, summaryTitle: common('form.summary') };
  const codesPath = localePath(locale, '/account/security/recovery-codes');
  // Whoever has just set one up and could not get in without it.
  const leadsOn = done === 'added' && recoveryCodes === 0;
  return (
    <>
      <PageHeading title={t('security.title')} lead={t('security.lead')} />
      {done && (
        <Callout tone="good" title={t(`security.${done}`)}>
          {leadsOn && (
            <>
              <p>{t('security.codes-next')}</p>
              <div>
                <LinkButton href={codesPath}>{t('codes.make')}</LinkButton>
              </div>
            </>
          )}
        </Callout>
      )}
      {session.secondStep === 'ENROL' && (
        <Callout tone="notice" title={t('security.enrol-title')}>
          <p>{t('security.enrol')}</p>
        </Callout>
      )}
      <Section id="authenticator" title={t('totp.title')}>
        <p className="measure">
          {totpSince ? t('totp.since', { at: formatInstant(locale, totpSince) }) : t('totp.what')}
        </p>
        <div className="flex flex-wrap gap-4">
          <LinkButton
            look={hasFactor ? 'secondary' : 'primary'}
            href={localePath(locale, '/account/security/authenticator')}
          >
            {t(totpSince ? 'totp.replace' : 'totp.add')}
          </LinkButton>
          {totpSince && removable && (
            <ActionForm action={removeTotpAction} {...form}>
              <Button look="quiet">{t('totp.remove')}</Button>
            </ActionForm>
          )}
        </div>
      </Section>
      <Section id="passkeys" title={t('passkey.title')}>
        <p className="measure">{t('passkey.what')}</p>
        <PasskeyList passkeys={passkeys} removable={removable} locale={locale} />
        <div>
          <LinkButton look="secondary" href={localePath(locale, '/account/security/passkey')}>
            {t('passkey.add')}
          </LinkButton>
        </div>
      </Section>
      {hasFactor && (
        <Section id="recovery-codes" title={t('codes.title')}>
          <p className="measure">{t('codes.left', { left: recoveryCodes })}</p>
          {!leadsOn && (
            <div>
              <LinkButton look={recoveryCodes === 0 ? 'primary' : 'secondary'} href={codesPath}>
                {t('codes.make')}
              </LinkButton>
            </div>
          )}
        </Section>
      )}
    </>
  );
}
