import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { PageHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { Pager } from '@/components/ui/pager';
import { getNotices, type NoticePage } from '@/db/queries/notices';
import { oneParam } from '@/lib/actions/search-params';
import { requireInvestor } from '@/lib/auth/session';
import { formatInteger } from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { markReadAction } from './actions';
import { noticeId } from './notice-id';
import { NoticeItem } from './notice-item';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notices'))('title') };
}

const PAGE = 25;

/** Everything that this person was told by mail, newest first, and what of it they have not read yet. */
export default async function NoticesPage({ params, searchParams }: PageProps<'/[locale]/activity/notices'>) {
  const session = await requireInvestor();
  const locale = asLocale((await params).locale);
  const t = await getTranslations('notices');
  const before = noticeId.safeParse(await oneParam(searchParams, 'before')).data ?? null;
  const page = await getNotices(session.investorId, before, PAGE);
  const done = (await oneParam(searchParams, 'done')) === 'read';
  return (
    <>
      <PageHeading
        kicker={<Link href={localePath(locale, '/activity')}>{t('back')}</Link>}
        title={t('title')}
        lead={t('lead')}
      />
      {done && <Callout tone="good" title={t('marked')} />}
      {page.total === 0 ? (
        <Callout title={t('empty-title')}>
          <p>{t('empty')}</p>
          <div>
            <LinkButton href={localePath(locale, '/offerings')}>{t('empty-go')}</LinkButton>
          </div>
        </Callout>
      ) : (
        <Listed locale={locale} page={page} before={before} />
      )}
    </>
  );
}

async function Listed({ locale, page, before }: { locale: Locale; page: NoticePage; before: bigint | null }) {
  const t = await getTranslations('notices');
  const common = await getTranslations('common');
  const { notices, total, unread, newer, next } = page;
  const newest = notices[0];
  const here = before === null ? '' : String(before);
  return (
    <div className="grid gap-4">
      {newest && unread > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <p className="font-700">{t('unread-count', { count: unread })}</p>
          <ActionForm action={markReadAction} locale={locale} summaryTitle={common('form.summary')}>
            <HiddenFields values={{ from: '0', upTo: String(newest.id), before: here }} />
            <Button look="secondary">{t(before === null ? 'mark-all' : 'mark-older')}</Button>
          </ActionForm>
        </div>
      )}
      <ol aria-label={t('caption')} className="divide-y divide-line border-y border-line">
        {notices.map((notice) => (
          <NoticeItem key={String(notice.id)} locale={locale} notice={notice} before={here} />
        ))}
      </ol>
      <Pager
        label={t('page-label')}
        range={t('range', {
          first: formatInteger(locale, notices.length > 0 ? newer + 1 : 0),
          last: formatInteger(locale, newer + notices.length),
          total: formatInteger(locale, total),
        })}
        previous={before === null ? null : { label: t('newest'), href: localePath(locale, '/activity/notices') }}
        next={
          next === null ? null : { label: t('older'), href: localePath(locale, `/activity/notices?before=${next}`) }
        }
        file={null}
      />
    </div>
  );
}
