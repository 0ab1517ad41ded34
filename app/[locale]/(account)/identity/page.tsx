import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { Callout } from '@/components/ui/callout';
import { PageHeading } from '@/components/ui/heading';
import { oneParam, type SearchParams } from '@/lib/actions/search-params';
import { requireInvestor } from '@/lib/auth/session';
import { canEditIdentity } from '@/lib/domain/people/identity';
import { missingSteps } from '@/lib/domain/people/identity-form';
import { between } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { viewIdentity } from '@/lib/services/view-identity';
import { AddressStep, PersonStep, ResidenceStep, ReviewStep } from './steps';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

const STEPS = ['residence', 'person', 'address', 'review'] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('identity');
  return { title: t('title') };
}

/** One step a page. A step opens only when those before it are filled in, so that each can rely on them. */
export default async function IdentityPage({ searchParams }: { searchParams: SearchParams }) {
  const session = await requireInvestor();
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('identity');
  const investor = await viewIdentity(session);
  if (!investor || !canEditIdentity(investor.identityState)) redirect(localePath(locale, '/eligibility'));

  const firstMissing = missingSteps(investor)[0] ?? 'review';
  const asked = await oneParam(searchParams, 'step');
  const wanted = STEPS.find((step) => step === asked) ?? firstMissing;
  const step = STEPS.indexOf(wanted) > STEPS.indexOf(firstMissing) ? firstMissing : wanted;
  const number = STEPS.indexOf(step) + 1;
  return (
    <>
      <PageHeading
        kicker={`${t('title')}${between(locale)}${t('progress', { step: number, steps: STEPS.length })}`}
        title={t(`steps.${step}`)}
        lead={step === 'residence' ? t('lead') : step === 'review' ? t('review-lead') : undefined}
      />
      {investor.identityState === 'APPROVED' && <Callout tone="notice" title={t('approved')} />}
      {step === 'residence' && <ResidenceStep locale={locale} investor={investor} />}
      {step === 'person' && <PersonStep locale={locale} investor={investor} />}
      {step === 'address' && <AddressStep locale={locale} investor={investor} />}
      {step === 'review' && <ReviewStep locale={locale} investor={investor} />}
    </>
  );
}
