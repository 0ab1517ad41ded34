import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Facts } from '@/components/ui/facts';
import { PageHeading, SectionHeading } from '@/components/ui/heading';
import { requireInvestor } from '@/lib/auth/session';
import { NEXT_STEP, type NextStep } from '@/lib/domain/people/eligibility';
import { IDENTITY_REASONS } from '@/lib/domain/people/identity';
import { scoreSuitability, suitabilityAnswersSchema } from '@/lib/domain/people/suitability';
import { between, formatDeadline, formatInstant, formatInstantDate } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { type EligibilityView, viewEligibility } from '@/lib/services/view-eligibility';
import { AppealForm } from './appeal-form';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

const NEXT_PATH: Record<Exclude<NextStep, 'wait'>, `/${string}`> = {
  identity: '/identity',
  suitability: '/suitability',
  look: '/fund',
  buy: '/offerings',
};
const TONE = { PENDING: 'info', ELIGIBLE: 'good', INELIGIBLE: 'danger', FROZEN: 'danger' } as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('eligibility');
  return { title: t('title') };
}

/** The decision, its reason, and the one thing to do next. */
export default async function EligibilityPage() {
  const session = await requireInvestor();
  const view = (await viewEligibility(session)) ?? notFound();
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('eligibility');
  const { status, statusReason } = view.investor;
  const next = NEXT_STEP[statusReason];
  const identityReason = IDENTITY_REASONS.find((reason) => reason === view.events[0]?.reason);
  // What was refused is mended where it stands, not on the page that only shows it.
  const wrongAddress = identityReason === 'address-mismatch' || identityReason === 'address-unclear';
  const stepToMend = next === 'identity' && wrongAddress ? '?step=address' : '';
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <Callout tone={TONE[status]} title={t(`status.${status}`)}>
        <p>{t(`reasons.${statusReason}`)}</p>
        {statusReason.startsWith('identity') && identityReason && identityReason !== 'started' && (
          <p>{t(`identity-reasons.${identityReason}`)}</p>
        )}
        {statusReason === 'suitability-not-suitable' && <Concerns view={view} />}
        {view.reviewDueAt && <p>{t('waiting', { due: formatDeadline(locale, view.reviewDueAt) })}</p>}
      </Callout>
      {next !== 'wait' && (
        <div>
          <LinkButton href={(localePath(locale, NEXT_PATH[next]) + stepToMend) as Route}>
            {t(`next.${next}`)}
          </LinkButton>
        </div>
      )}
      <Standing view={view} />
      {view.appealedAt && <Callout title={t('appeal.made', { at: formatInstant(locale, view.appealedAt) })} />}
      {view.mayAppeal && (
        <section className="grid gap-4" aria-labelledby="appeal">
          <SectionHeading id="appeal">{t('appeal.title')}</SectionHeading>
          <p className="measure">{t('appeal.lead')}</p>
          <AppealForm locale={locale} />
        </section>
      )}
      <p>
        <Link href={localePath(locale, '/account')} className="inline-flex min-h-11 items-center">
          {t('account')}
        </Link>
      </p>
    </>
  );
}

async function Standing({ view }: { view: EligibilityView }) {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('eligibility');
  const { investor, suitability } = view;
  const until = suitability && formatInstantDate(locale, suitability.expiresAt);
  const suitable = !suitability
    ? t('not-answered')
    : suitability.outcome === 'SUITABLE'
      ? t('suitable-until', { date: until ?? '' })
      : t('not-suitable');
  return (
    <section className="grid gap-4" aria-labelledby="standing">
      <SectionHeading id="standing">{t('steps-title')}</SectionHeading>
      <Facts
        items={[
          { term: t('step-identity'), value: t(`identity-states.${investor.identityState}`) },
          { term: t('step-suitability'), value: suitable },
          {
            term: t('step-country'),
            value: t(`class.${investor.status === 'ELIGIBLE' ? (investor.country ?? 'none') : 'none'}`),
          },
        ]}
      />
      <details>
        <summary className="min-h-11 cursor-pointer py-2">{t('history')}</summary>
        <ol className="grid gap-2">
          {view.events.map(({ sequence, state, reason, at }) => {
            const known = IDENTITY_REASONS.find((code) => code === reason);
            return (
              <li key={sequence}>
                {formatInstant(locale, at)}
                {between(locale)}
                {t(`identity-states.${state}`)}
                {known && <span className="text-soft">{`${between(locale)}${t(`identity-reasons.${known}`)}`}</span>}
              </li>
            );
          })}
        </ol>
      </details>
    </section>
  );
}

/** Why the answers speak against it, each in a sentence. */
async function Concerns({ view }: { view: EligibilityView }) {
  const t = await getTranslations('suitability');
  const answers = suitabilityAnswersSchema.safeParse(view.suitability?.answers);
  if (!answers.success) return null;
  return (
    <ul className="list-disc pl-6">
      {scoreSuitability(answers.data).concerns.map((concern) => (
        <li key={concern}>{t(`concerns.${concern}`)}</li>
      ))}
    </ul>
  );
}
