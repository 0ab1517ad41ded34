import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { MovementList } from '@/components/finance/movement-list';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { PageHeading } from '@/components/ui/heading';
import { getActivity } from '@/db/queries/investor-pages';
import { type InvestorSession, requireInvestor } from '@/lib/auth/session';
import { inParentheses } from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { movementItems } from '../movement-items';
import { pathOf } from '../overview/waits';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('activity'))('title') };
}

const PAGE = 25;

/** Every order and every movement of cash, newest first; older ones are a link away, which stays valid while new ones arrive. */
export default async function ActivityPage({ params, searchParams }: PageProps<'/[locale]/activity'>) {
  const session = await requireInvestor();
  const locale = asLocale((await params).locale);
  const { after } = await searchParams;
  const cursor = typeof after === 'string' ? after : null;
  const t = await getTranslations('activity');
  const notices = await getTranslations('notices');
  const { movements, next, unread } = await getActivity(session.investorId, { after: cursor, limit: PAGE });
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      {movements.length === 0 && !cursor ? (
        <Nothing locale={locale} reason={session.statusReason} />
      ) : (
        <MovementList label={t('caption')} items={await movementItems(locale, movements)} />
      )}
      {(next || cursor) && (
        <nav aria-label={t('page-label')} className="flex flex-wrap gap-4">
          {cursor && (
            <LinkButton look="secondary" href={localePath(locale, '/activity')}>
              {t('newest')}
            </LinkButton>
          )}
          {next && (
            <LinkButton look="secondary" href={localePath(locale, `/activity?after=${encodeURIComponent(next)}`)}>
              {t('older')}
            </LinkButton>
          )}
        </nav>
      )}
      <p>
        <Link href={localePath(locale, '/activity/notices')}>
          {notices('title')}
          {unread > 0 && inParentheses(locale, notices('unread-count', { count: unread }))}
        </Link>
      </p>
      <p>
        <Link href={localePath(locale, '/plans')}>{t('plans')}</Link>
      </p>
      <p>
        <Link href={localePath(locale, '/activity/documents')}>{t('documents.link')}</Link>
      </p>
    </>
  );
}

/** What to do first: add cash, for whoever may; otherwise what stands before that. */
async function Nothing({ locale, reason }: { locale: Locale; reason: InvestorSession['statusReason'] }) {
  const t = await getTranslations('activity');
  const waits = await getTranslations('overview.waits');
  return (
    <Callout title={t('empty-title')}>
      <p>{t('empty')}</p>
      {reason !== 'all-met' && <p>{waits(`${reason}.body`)}</p>}
      <div>
        {reason === 'all-met' ? (
          <LinkButton href={localePath(locale, '/cash/deposit')}>{t('empty-go')}</LinkButton>
        ) : (
          <LinkButton href={localePath(locale, pathOf(reason))}>{waits(`${reason}.go`)}</LinkButton>
        )}
      </div>
    </Callout>
  );
}
