import type { Route } from 'next';
import { getTranslations } from 'next-intl/server';
import { Missing } from '@/components/layout/not-found';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { Prose } from '@/components/ui/prose';
import { formatInstant } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { getDocument } from '@/lib/public-data/documents';
import { Instead } from './instead';

/** The prospectus after its opening was recorded, with the way back to the order or plan as it was left. */
export async function ProspectusText({
  locale,
  prospectus,
  opened,
  back,
  words = 'buy.prospectus',
  kept = true,
}: Props) {
  const t = await getTranslations(words);
  // Reading without the record would not count: the button of the page before makes it.
  if (!opened) return <Instead title={t('closed')} note={t('closed-note')} go={t('back')} href={back} />;
  const document = await getDocument(prospectus.slug, prospectus.version, locale);
  if (!document) return <Missing locale={locale} />;
  const wayBack = (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <LinkButton href={back}>{t('back')}</LinkButton>
      {kept && <p className="text-soft">{t('kept')}</p>}
    </div>
  );
  return (
    <>
      <PageHeading
        title={document.title}
        lead={t('lead', { version: document.version, at: formatInstant(locale, document.publishedAt) })}
      />
      {wayBack}
      <p className="text-[0.875rem] text-soft">
        {t('hash')} <code className="block break-all font-mono">{document.sha256}</code>
      </p>
      <Prose markdown={document.body} />
      {wayBack}
    </>
  );
}

type Props = {
  locale: Locale;
  prospectus: { slug: string; version: number };
  /** Whether the opening is on record. */
  opened: boolean;
  back: Route;
  words?: 'buy.prospectus' | 'plans.document';
  /** Whether something was typed before. */
  kept?: boolean;
};
