import type { Metadata } from 'next';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { requireInvestor } from '@/lib/auth/session';
import { typedKey } from '@/lib/endpoints/typed-order';
import { asLocale } from '@/lib/i18n/locale';
import { ProspectusText } from '../../../prospectus-text';
import { loadDealing } from '../ticket';
import { dealPath, typedDealing } from '../typed';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/deal/[class]/prospectus'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale: segment, class: name } = await params;
  const locale = asLocale(segment);
  const ticket = await loadDealing(name);
  return ticket ? { title: ticket.prospectus.title[locale] } : missingMetadata(locale);
}

/** The newest prospectus of the fund, from the review of an order at NAV. */
export default async function NewestProspectusPage({ params, searchParams }: Props) {
  await requireInvestor();
  const { locale: segment, class: name } = await params;
  const locale = asLocale(segment);
  const search = await searchParams;
  const key = typedKey(search);
  const ticket = await loadDealing(name);
  if (!ticket) return <Missing locale={locale} />;
  const back = dealPath(locale, name, key ? '/review' : '', typedDealing(search), { key });
  return (
    <ProspectusText {...{ locale, back }} prospectus={ticket.prospectus} opened={ticket.reader.openedAt !== null} />
  );
}
