import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { Callout } from '@/components/ui/callout';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';
import type { PlanPage } from '@/db/queries/plan-pages';
import { calendarOf } from '@/lib/domain/calendar/holidays';
import { planTurn } from '@/lib/domain/dealing/plan';
import { PLAN_ACTS } from '@/lib/domain/states';
import { formatInstant, formatMoney } from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { loadPlan } from '../load-plan';
import { turnItems } from '../next-turn';
import { Rules } from '../rules';
import { standingText } from '../standing';
import { typedPlan } from '../typed-plan';
import { Changes, Resume } from './changes';
import { Acts, Turns } from './history';
import { SetUp } from './set-up';
import type { Standing } from './standing-plan';
import { Warning } from './warning';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/plans/[class]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale: segment, class: code } = await params;
  const locale = asLocale(segment);
  const page = await loadPlan(code);
  return page ? { title: await titleOf(locale, page) } : missingMetadata(locale);
}

const titleOf = async (locale: Locale, { plan, unitClass }: PlanPage) => {
  const t = await getTranslations('plans');
  return plan ? t('list.name', { class: unitClass.name[locale] }) : t('form.title');
};

/**
 * The plan of a class: how it stands, what comes next, what became of each month; right after an act it is its confirmation. Whoever has none sets one
 * up here. A person has one plan of a class at most, so the class is its address.
 */
export default async function PlanPageView({ params, searchParams }: Props) {
  const { locale: segment, class: code } = await params;
  const locale = asLocale(segment);
  const page = await loadPlan(code);
  if (!page) return <Missing locale={locale} />;
  const search = await searchParams;
  const t = await getTranslations('plans');
  const act = PLAN_ACTS.find((name) => name === search.done);
  const { plan } = page;
  return (
    <>
      <PageHeading
        kicker={<Link href={localePath(locale, '/plans')}>{t('title')}</Link>}
        title={await titleOf(locale, page)}
        {...(!plan && { lead: page.unitClass.name[locale] })}
      />
      {act && plan && (
        <Callout tone="good" title={t(`done.${act}`)}>
          <p>{t(`done.${act}-note`)}</p>
        </Callout>
      )}
      {plan ? (
        <StandingPlan locale={locale} page={{ ...page, plan }} />
      ) : (
        <SetUp locale={locale} page={page} typed={typedPlan(search)} />
      )}
      {(plan || page.turns.length > 0) && <Turns locale={locale} page={page} />}
      {plan && <Changes locale={locale} page={{ ...page, plan }} />}
      {page.acts.length > 0 && <Acts locale={locale} page={page} />}
      {!plan && <Rules />}
    </>
  );
}

async function StandingPlan({ locale, page }: { locale: Locale; page: Standing }) {
  const t = await getTranslations('plans.facts');
  const { plan, unitClass, reader, holidays } = page;
  const { dayOfMonth, nextMonth } = plan;
  const turn = nextMonth && planTurn(dayOfMonth, nextMonth.slice(0, 7), unitClass, calendarOf(holidays));
  const { state, note } = await standingText(plan);
  const money = (minor: bigint) => formatMoney(locale, minor, unitClass.currency);
  return (
    <>
      {plan.state === 'PAUSED' && <Resume locale={locale} page={page} />}
      <Warning locale={locale} page={page} />
      <Section id="standing" title={t('title')}>
        <Facts
          items={[
            { term: t('state'), value: <strong>{state}</strong>, note },
            { term: t('amount'), value: money(plan.amountMinor) },
            { term: t('day'), value: t('day-value', { day: dayOfMonth }) },
            ...(turn
              ? await turnItems({ locale, unitClass, turn, dayOfMonth })
              : [{ term: t('next'), value: t('next-none') }]),
            { term: t('available'), value: money(reader.availableMinor) },
            { term: t('set-up'), value: formatInstant(locale, plan.startedAt) },
          ]}
        />
      </Section>
    </>
  );
}
