import type { Metadata } from 'next';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { requireInvestor } from '@/lib/auth/session';
import { typedKey } from '@/lib/endpoints/typed-order';
import { asLocale } from '@/lib/i18n/locale';
import { ProspectusText } from '../../../prospectus-text';
import { loadSwitching } from '../switching';
import { switchPath, typedSwitch } from '../typed';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/switch/[class]/prospectus'>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale: segment, class: name } = await params;
  const locale = asLocale(segment);
  const switching = await loadSwitching(name, typedSwitch(await searchParams).to);
  return switching ? { title: switching.into.prospectus.title[locale] } : missingMetadata(locale);
}

/** The newest prospectus of the fund, from the review of a switch. */
export default async function SwitchProspectusPage({ params, searchParams }: Props) {
  await requireInvestor();
  const { locale: segment, class: name } = await params;
  const locale = asLocale(segment);
  const search = await searchParams;
  const key = typedKey(search);
  const typed = typedSwitch(search);
  const switching = await loadSwitching(name, typed.to);
  if (!switching) return <Missing locale={locale} />;
  const { prospectus, reader } = switching.into;
  const back = switchPath(locale, name, key ? '/review' : '', typed, { key });
  return <ProspectusText {...{ locale, back, prospectus }} opened={reader.openedAt !== null} />;
}
