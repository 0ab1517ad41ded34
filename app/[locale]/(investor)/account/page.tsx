import type { Metadata } from 'next';
import Link from 'next/link';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { Written } from '@/components/ui/written';
import { requireSession } from '@/lib/auth/session';
import { fullName } from '@/lib/domain/people/names';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { signOutAction } from '../../(account)/sign-out/actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

const MENU = ['security', 'sessions', 'password', 'settings'] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('title') };
}

/** For everybody who can sign in; staff have no investor's record. */
export default async function AccountPage() {
  const { email, investor, role, side } = await requireSession();
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('account');
  const eligibility = await getTranslations('eligibility');
  const common = await getTranslations('common');
  const { familyName, givenName } = investor ?? {};
  const name = familyName && givenName ? fullName(familyName, givenName) : undefined;
  const why = (
    <Link href={localePath(locale, '/eligibility')} className="inline-flex min-h-11 items-center">
      {t('see')}
    </Link>
  );
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <Facts
        items={[
          { term: t('email'), value: <span className="break-all">{email}</span> },
          ...(investor
            ? [
                { term: t('name'), value: name ? <Written>{name}</Written> : t('no-name') },
                { term: t('identity'), value: eligibility(`identity-states.${investor.identityState}`) },
                { term: t('eligibility'), value: eligibility(`status.${investor.status}`), note: why },
              ]
            : [{ term: t('staff.role'), value: t(`staff.${role === 'OPERATOR' && side ? side : role}`) }]),
        ]}
      />
      {!investor && (
        <Callout title={t('staff.title')}>
          <p>{t('staff.note')}</p>
          <div>
            <LinkButton href={localePath(locale, '/operator')}>{t('staff.go')}</LinkButton>
          </div>
        </Callout>
      )}
      <ul className="grid gap-3 sm:grid-cols-2">
        {MENU.filter((item) => item !== 'settings' || investor).map((item) => (
          <li key={item} className="relative grid content-start gap-1 rounded-8 border border-line bg-surface p-4">
            {/* The title is the link; all of the card can be pressed. */}
            <Link href={localePath(locale, `/account/${item}`)} className="font-700 after:absolute after:inset-0">
              {t(`menu.${item}`)}
            </Link>
            <p className="text-[0.875rem] text-soft">{t(`menu.${item}-note`)}</p>
          </li>
        ))}
      </ul>
      <ActionForm action={signOutAction} locale={locale} summaryTitle={common('form.summary')}>
        <Button look="secondary">{t('sign-out')}</Button>
      </ActionForm>
    </>
  );
}
