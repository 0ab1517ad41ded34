import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '@/components/ui/heading';
import { Written } from '@/components/ui/written';
import { getOverviewPage } from '@/db/queries/investor-pages';
import { requireInvestor } from '@/lib/auth/session';
import { asLocale } from '@/lib/i18n/locale';
import { Changed } from './changed';
import { Have } from './have';
import { OwnSlice } from './own-slice';
import { Waits } from './waits';
import { Wallets } from './wallets';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('overview'))('title') };
}

const RECENT = 4;

/** What I have, what waits for me, what changed; below, my slice of the fund and my cash. */
export default async function OverviewPage({ params }: PageProps<'/[locale]/overview'>) {
  const session = await requireInvestor();
  const locale = asLocale((await params).locale);
  const t = await getTranslations('overview');
  const page = await getOverviewPage(session.investorId, RECENT);
  return (
    <>
      <PageHeading
        title={t('title')}
        {...(session.displayName && { kicker: <Written>{session.displayName}</Written> })}
      />
      <div className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-2">
        <Have locale={locale} page={page} />
        <Waits locale={locale} session={session} page={page} />
      </div>
      <Changed locale={locale} page={page} />
      <OwnSlice locale={locale} page={page} />
      <Wallets locale={locale} page={page} />
    </>
  );
}
