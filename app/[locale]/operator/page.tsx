import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeskHeading } from '@/components/ui/desk-heading';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { formatInstant } from '@/lib/i18n/format';
import { asLocale } from '@/lib/i18n/locale';
import { viewDashboard } from '@/lib/services/view-dashboard';
import { Books, Runs, Today, UnderWay, Waits } from './dashboard';
import { forStaff, staffMetadata } from './for-staff';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

async function metadata(): Promise<Metadata> {
  const t = await getTranslations('desk');
  const template = (await getTranslations('common'))('title-template');
  // The layout's template is for the pages below it; this one is its own.
  return { title: { absolute: template.replace('%s', t('dashboard.title')) } };
}

/** What is open, what waits, what happened today, and whether the books balance. */
async function DashboardPage({ params }: PageProps<'/[locale]/operator'>) {
  const session = await requireSession(...DESK_PLACES.dashboard.roles);
  const locale = asLocale((await params).locale);
  const t = await getTranslations('desk.dashboard');
  const { readAt, underWay, runs, waiting, today, balances } = await viewDashboard(session);
  return (
    <>
      <DeskHeading title={t('title')} lead={t('lead')} />
      <p className="text-[0.875rem] text-soft">{t('as-of', { at: formatInstant(locale, readAt) })}</p>
      <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1fr)_16rem]">
        <div className="grid min-w-0 content-start gap-8">
          <UnderWay locale={locale} offerings={underWay} />
          {runs.length > 0 && <Runs locale={locale} runs={runs} />}
        </div>
        <Waits locale={locale} role={session.role} waiting={waiting} />
      </div>
      <div className="grid gap-x-12 gap-y-8 xl:grid-cols-2">
        <Today locale={locale} lines={today} />
        <Books locale={locale} balances={balances} />
      </div>
    </>
  );
}

export const generateMetadata = staffMetadata(DESK_PLACES.dashboard.roles, metadata);
export default forStaff(DESK_PLACES.dashboard.roles, DashboardPage);
