import type { Metadata } from 'next';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { typedKey } from '@/lib/endpoints/typed-order';
import { asLocale } from '@/lib/i18n/locale';
import { ProspectusText } from '../../../prospectus-text';
import { loadPlan } from '../../load-plan';
import { planPath, typedPlan } from '../../typed-plan';

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
  const { prospectus, openedAt } = page.reader;
  return (
    <ProspectusText
      {...{ locale, prospectus, back }}
      opened={openedAt !== null}
      words="plans.document"
      kept={key !== undefined}
    />
  );
}
