import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { Prose } from '@/components/ui/prose';
import { requireInvestor } from '@/lib/auth/session';
import { ticketPath, typedKey, typedOrder } from '@/lib/endpoints/typed-order';
import { formatInstant } from '@/lib/i18n/format';
import { asLocale } from '@/lib/i18n/locale';
import { getDocument } from '@/lib/public-data/documents';
import { Instead } from '../../../instead';
import { loadTicket } from '../ticket';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata({ params }: PageProps<'/[locale]/buy/[slug]/prospectus'>): Promise<Metadata> {
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const ticket = await loadTicket(slug);
  return ticket ? { title: ticket.offering.prospectus.title[locale] } : missingMetadata(locale);
}

/** The prospectus after its opening was recorded, with the way back to the order as it was left. */
export default async function ProspectusPage({ params, searchParams }: PageProps<'/[locale]/buy/[slug]/prospectus'>) {
  await requireInvestor();
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const search = await searchParams;
  const back = ticketPath(locale, slug, typedKey(search) ? '/review' : '', typedOrder(search), typedKey(search));
  const ticket = await loadTicket(slug);
  if (!ticket) return <Missing locale={locale} />;
  const { offering, buyer } = ticket;
  // Reading without the record would not count: the button on the review page makes it.
  const t = await getTranslations('buy.prospectus');
  if (!buyer.openedAt) return <Instead title={t('closed')} note={t('closed-note')} go={t('back')} href={back} />;
  const { prospectus } = offering;
  const document = await getDocument(prospectus.slug, prospectus.version, locale);
  if (!document) return <Missing locale={locale} />;
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
