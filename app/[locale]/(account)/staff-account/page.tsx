import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { requireSession } from '@/lib/auth/session';
import { homeOf } from '@/lib/domain/people/session';
import { asLocale, localePath } from '@/lib/i18n/locale';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('access');
  return { title: t('staff-account.title') };
}

/** Where staff arrive who followed "Buy" or another link of a citizen: what their account is for, and what buying would take. */
export default async function StaffAccountPage() {
  const { role, side } = await requireSession();
  const locale = asLocale(await rootLocale());
  if (role === 'CITIZEN') redirect(localePath(locale, '/overview'));
  const t = await getTranslations('access.staff-account');
  const who = await getTranslations('account.staff');
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead', { role: who(role === 'OPERATOR' && side ? side : role) })} />
      <p className="measure">{t('what')}</p>
      <p className="measure">{t('buy')}</p>
      <div className="flex flex-wrap gap-4">
        <LinkButton href={localePath(locale, homeOf(role))}>{t('go')}</LinkButton>
        <LinkButton look="secondary" href={localePath(locale, '/sign-out')}>
          {t('sign-out')}
        </LinkButton>
      </div>
    </>
  );
}
