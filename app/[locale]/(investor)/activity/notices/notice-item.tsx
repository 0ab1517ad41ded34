import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { HiddenFields } from '@/components/ui/hidden-fields';
import type { Notice } from '@/db/queries/notices';
import { formatInstant } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { noticeParts, placeOf } from '@/lib/mail/notice';
import { markReadAction } from './actions';

/** In a mailbox the subject says who writes; here everything is from us. */
const OUR_NAME = /^【分かち】/;

/** One notice in the language that it was written in: folded to its subject, with the ways that its mail names. */
export async function NoticeItem({ locale, notice, before }: { locale: Locale; notice: Notice; before: string }) {
  const t = await getTranslations('notices');
  const common = await getTranslations('common');
  const parts = noticeParts(notice.body);
  const subject = notice.subject.replace(OUR_NAME, '');
  const unread = notice.readAt === null;
  const id = String(notice.id);
  return (
    <li className="grid gap-x-6 gap-y-3 py-3 sm:grid-cols-[1fr_auto]">
      <div className="grid min-w-0 content-start gap-1">
        <h2 lang={notice.locale} className={unread ? 'font-700' : ''}>
          {subject}
        </h2>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.875rem] text-soft">
          <span>{formatInstant(locale, notice.createdAt)}</span>
          <span
            className={`rounded-4 border px-2 ${unread ? 'border-notice bg-notice-soft text-ink' : 'border-line text-soft'}`}
          >
            {t(unread ? 'unread' : 'read')}
          </span>
        </p>
        <Disclosure summary={t('show')}>
          <div className="measure grid gap-3">
            {parts.map((part) =>
              'text' in part ? (
                <p key={part.text} lang={notice.locale} className="whitespace-pre-line wrap-anywhere">
                  {part.text}
                </p>
              ) : (
                <p key={part.path}>
                  <Link href={localePath(locale, part.path)}>{t(`place.${placeOf(part.path)}`)}</Link>
                </p>
              ),
            )}
          </div>
        </Disclosure>
      </div>
      {unread && (
        <ActionForm
          action={markReadAction}
          locale={locale}
          summaryTitle={common('form.summary')}
          className="content-start justify-self-start"
        >
          <HiddenFields values={{ from: id, upTo: id, before }} />
          <Button look="secondary">
            {t('mark')}
            {/* Said only aloud: which of the many it is. */}
            <span className="sr-only" lang={notice.locale}>
              {subject}
            </span>
          </Button>
        </ActionForm>
      )}
    </li>
  );
}
