import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { Prose } from '@/components/ui/prose';
import { requireInvestor } from '@/lib/auth/session';
import { formatInstant } from '@/lib/i18n/format';
import { asLocale } from '@/lib/i18n/locale';
import { getDocument } from '@/lib/public-data/documents';
import { Instead } from '../../../instead';
import { loadTicket } from '../ticket';
import { ticketPath, typedKey, typedOrder } from '../typed-order';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata({ params }: PageProps<'/[locale]/buy/[slug]/prospectus'>): Promise<Metadata> {
  const { locale, slug } = await params;
  const { offering } = await loadTicket(slug);
  return { title: offering.prospectus.title[asLocale(locale)] };
}

/** The prospectus after its opening was recorded, with the way back to the order as it was left. */
export default async function ProspectusPage({ params, searchParams }: PageProps<'/[locale]/buy/[slug]/prospectus'>) {
  await requireInvestor();
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const search = await searchParams;
  const back = ticketPath(locale, slug, typedKey(search) ? '/review' : '', typedOrder(search), typedKey(search));
  const { offering, buyer } = await loadTicket(slug);
  // Reading without the record would not count: the button on the review page makes it.
  const t = await getTranslations('buy.prospectus');
  if (!buyer.openedAt) return <Instead title={t('closed')} note={t('closed-note')} go={t('back')} href={back} />;
  const { prospectus } = offering;
  const document = (await getDocument(prospectus.slug, prospectus.version, locale)) ?? notFound();
  const wayBack = (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <LinkButton href={back}>{t('back')}</LinkButton>
      <p className="text-soft">{t('kept')}</p>
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
