import type { Metadata } from 'next';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { requireInvestor } from '@/lib/auth/session';
import { ticketPath, typedKey, typedOrder } from '@/lib/endpoints/typed-order';
import { asLocale } from '@/lib/i18n/locale';
import { ProspectusText } from '../../../prospectus-text';
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
  return <ProspectusText {...{ locale, back }} prospectus={offering.prospectus} opened={buyer.openedAt !== null} />;
}
