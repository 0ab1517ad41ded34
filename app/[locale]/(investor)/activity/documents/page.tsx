import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '@/components/ui/heading';
import { listOwnConsents } from '@/db/queries/investor-pages';
import { requireInvestor } from '@/lib/auth/session';
import { formatInstant, termAndValue } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('activity'))('documents.title') };
}

/** What was opened and agreed to, with the hash of the very text: append-only, so that neither side can say otherwise later. */
export default async function OwnDocumentsPage({ params }: PageProps<'/[locale]/activity/documents'>) {
  const { investorId } = await requireInvestor();
  const locale = asLocale((await params).locale);
  const t = await getTranslations('activity.documents');
  const records = await listOwnConsents(investorId);
  return (
    <>
      <PageHeading
        kicker={<Link href={localePath(locale, '/activity')}>{t('back')}</Link>}
        title={t('title')}
        lead={t('lead')}
      />
      {records.length === 0 ? (
        <p className="text-soft">{t('empty')}</p>
      ) : (
        <ol aria-label={t('caption')} className="divide-y divide-line border-y border-line">
          {records.map((record) => (
            <li key={`${record.documentVersionId} ${record.act} ${record.locale}`} className="grid gap-1 py-4">
              <h2 className="font-700">
                {record.title[locale]} <span className="font-400">{t('version', { version: record.version })}</span>
              </h2>
              <p className="flex flex-wrap items-center gap-x-3 text-[0.9375rem]">
                <strong>{t(record.act)}</strong>
                <span className="text-soft">{formatInstant(locale, record.at)}</span>
                <span className="text-soft">{termAndValue(locale, t('language'), t(record.locale))}</span>
              </p>
              <p className="text-[0.875rem] text-soft">
                {t('hash')} <code className="block break-all font-mono">{record.sha256}</code>
              </p>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
