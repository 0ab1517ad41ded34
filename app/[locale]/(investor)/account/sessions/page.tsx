import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { PageHeading } from '@/components/ui/heading';
import { oneParam, type SearchParams } from '@/lib/actions/search-params';
import { requireSession } from '@/lib/auth/session';
import { between, formatInstant } from '@/lib/i18n/format';
import { asLocale } from '@/lib/i18n/locale';
import { viewSessions } from '@/lib/services/view-sessions';
import { endAllSessionsAction, endSessionAction } from './actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('sessions.title') };
}

export default async function SessionsPage({ searchParams }: { searchParams: SearchParams }) {
  const session = await requireSession();
  const sessions = await viewSessions(session);
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('account');
  const common = await getTranslations('common');
  const ended = (await oneParam(searchParams, 'done')) === 'ended';
  return (
    <>
      <PageHeading title={t('sessions.title')} lead={t('sessions.lead')} />
      {ended && <Callout tone="good" title={t('sessions.ended')} />}
      <ul className="divide-y divide-line border-y border-line">
        {sessions.map(({ id, isThis, browser, system, createdAt, lastSeenAt, address }) => (
          <li key={id} className="grid gap-3 py-4 sm:grid-cols-[1fr_auto] sm:items-center">
            <div>
              <p className="font-700">
                {browser && system ? t('sessions.on', { browser, system }) : t('sessions.unknown')}
                {isThis && (
                  <span className="ml-3 rounded-8 bg-accent-soft px-2 py-1 text-[0.875rem]">{t('sessions.this')}</span>
                )}
              </p>
              <p className="text-[0.875rem] text-soft">
                <span className="inline-block">{t('sessions.started', { at: formatInstant(locale, createdAt) })}</span>
                {between(locale)}
                <span className="inline-block">{t('sessions.seen', { at: formatInstant(locale, lastSeenAt) })}</span>
                {address && between(locale)}
                {address && <span className="inline-block">{t('sessions.from', { address })}</span>}
              </p>
            </div>
            {!isThis && (
              <ActionForm action={endSessionAction} locale={locale} summaryTitle={common('form.summary')}>
                <input type="hidden" name="sessionId" value={id} />
                <Button look="secondary">{t('sessions.end')}</Button>
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
      <ActionForm action={endAllSessionsAction} locale={locale} summaryTitle={common('form.summary')}>
        <Button look="secondary">{t('sessions.end-all')}</Button>
      </ActionForm>
    </>
  );
}
