import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';
import { getPlansPage, type PlansPage, type PlanView } from '@/db/queries/plan-pages';
import { type InvestorSession, requireInvestor } from '@/lib/auth/session';
import { calendarOf } from '@/lib/domain/calendar/holidays';
import { planTurn } from '@/lib/domain/dealing/plan';
import { formatMoney } from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { isDealing } from './load-plan';
import { turnItems } from './next-turn';
import { Rules } from './rules';
import { standingText } from './standing';
import { planPath } from './typed-plan';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('plans'))('title') };
}

/** Every plan of the person with how it stands, and the way to a new one. */
export default async function PlansPageView({ params, searchParams }: PageProps<'/[locale]/plans'>) {
  const session = await requireInvestor();
  const locale = asLocale((await params).locale);
  const t = await getTranslations('plans');
  const page = await getPlansPage(session.investorId);
  const standing = page.plans.filter(({ state }) => state !== 'ENDED');
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      {(await searchParams).done === 'ENDED' && (
        <Callout tone="good" title={t('done.ENDED')}>
          <p>{t('done.ENDED-note')}</p>
        </Callout>
      )}
      <Section id="plans" title={t('list.title')}>
        {standing.length === 0 && <p>{t('list.none')}</p>}
        {standing.map((plan) => (
          <Standing key={plan.key} locale={locale} plan={plan} page={page} />
        ))}
      </Section>
      <Section id="new" title={t('offer.title')}>
        <Offer locale={locale} session={session} page={page} />
      </Section>
      <Rules />
    </>
  );
}

async function Standing({ locale, plan, page }: { locale: Locale; plan: PlanView; page: PlansPage }) {
  const t = await getTranslations('plans');
  const { unitClass, dayOfMonth, nextMonth } = plan;
  const name = t('list.name', { class: unitClass.name[locale] });
  const turn = nextMonth && planTurn(dayOfMonth, nextMonth.slice(0, 7), unitClass, calendarOf(page.holidays));
  const { state, note } = await standingText(plan);
  return (
    <article aria-label={name} className="grid gap-4">
      <h3 className="font-700">{name}</h3>
      <Facts
        items={[
          { term: t('facts.state'), value: state, note },
          { term: t('facts.amount'), value: formatMoney(locale, plan.amountMinor, unitClass.currency) },
          { term: t('facts.day'), value: t('facts.day-value', { day: dayOfMonth }) },
          ...(turn
            ? await turnItems({ locale, unitClass, turn, dayOfMonth })
            : [{ term: t('facts.next'), value: t('facts.next-none') }]),
        ]}
      />
      <div>
        <LinkButton look="secondary" href={planPath(locale, unitClass.code)}>
          {t('list.details')}
        </LinkButton>
      </div>
    </article>
  );
}

/** The way to a new plan of the person's own class, or what stands against it. */
async function Offer({ locale, session, page }: { locale: Locale; session: InvestorSession; page: PlansPage }) {
  const t = await getTranslations('plans.offer');
  if (session.status !== 'ELIGIBLE')
    return (
      <>
        <p>{t('not-eligible')}</p>
        <p>
          <Link href={localePath(locale, '/eligibility')}>{t('not-eligible-go')}</Link>
        </p>
      </>
    );
  const own = page.classes.filter(({ country }) => country === session.country);
  const free = own.filter(({ id }) => !page.plans.some((plan) => plan.unitClass.id === id && plan.state !== 'ENDED'));
  if (free.length === 0) return <p>{t('all')}</p>;
  const calendar = calendarOf(page.holidays);
  return free.map((unitClass) =>
    isDealing(unitClass, calendar, page.readAt) ? (
      <div key={unitClass.code}>
        <LinkButton href={planPath(locale, unitClass.code)}>{t('for', { class: unitClass.name[locale] })}</LinkButton>
      </div>
    ) : (
      <div key={unitClass.code} className="grid gap-2">
        <p>{t('closed', { class: unitClass.name[locale] })}</p>
        <p>
          <Link href={localePath(locale, '/calendar')}>{t('calendar')}</Link>
        </p>
      </div>
    ),
  );
}
