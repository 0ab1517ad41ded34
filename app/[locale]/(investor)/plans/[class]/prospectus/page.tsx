import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { Prose } from '@/components/ui/prose';
import { formatInstant } from '@/lib/i18n/format';
import { asLocale } from '@/lib/i18n/locale';
import { getDocument } from '@/lib/public-data/documents';
import { Instead } from '../../../instead';
import { loadPlan } from '../../load-plan';
import { planPath, typedKey, typedPlan } from '../../typed-plan';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/plans/[class]/prospectus'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale: segment, class: code } = await params;
  const locale = asLocale(segment);
  const page = await loadPlan(code);
  return page ? { title: page.reader.prospectus.title[locale] } : missingMetadata(locale);
}

/** The prospectus after its opening was recorded, with the way back to the plan as it was left. */
export default async function PlanProspectusPage({ params, searchParams }: Props) {
  const { locale: segment, class: code } = await params;
  const locale = asLocale(segment);
  const page = await loadPlan(code);
  if (!page) return <Missing locale={locale} />;
  const search = await searchParams;
  const key = typedKey(search);
  const back = key ? planPath(locale, code, '/review', typedPlan(search), key) : planPath(locale, code);
  const t = await getTranslations('plans.document');
  const { prospectus, openedAt } = page.reader;
  // Reading without the record would not count: the button of the page before makes it.
  if (!openedAt) return <Instead title={t('closed')} note={t('closed-note')} go={t('back')} href={back} />;
  const document = await getDocument(prospectus.slug, prospectus.version, locale);
  if (!document) return <Missing locale={locale} />;
  const wayBack = (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <LinkButton href={back}>{t('back')}</LinkButton>
      {key && <p className="text-soft">{t('kept')}</p>}
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
