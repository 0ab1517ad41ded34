import type { Metadata } from 'next';
import Link from 'next/link';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { Deadline } from '@/components/finance/deadline';
import { alternates } from '@/components/layout/document';
import { PageHeading } from '@/components/ui/heading';
import { Phrased } from '@/components/ui/phrased';
import { Section } from '@/components/ui/section';
import type { Locale } from '@/lib/domain/states';
import { formatInstant, formatInteger } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { ownCountryFirst } from '@/lib/i18n/own-first';
import { getCalendar } from '@/lib/public-data/calendar';
import { listClassNavs } from '@/lib/public-data/fund';
import { listOfferings, type Offering } from '@/lib/public-data/offerings';
import { AtNav } from './at-nav';
import { groupOf, offeringFigures, shownPhase } from './offering';
import { PhaseTag } from './phase-tag';

export const ensureStatic = 'navigation';
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('offerings');
  return {
    title: t('title'),
    description: t('lead'),
    alternates: alternates(asLocale(await rootLocale()), '/offerings'),
  };
}

export default async function OfferingsPage() {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('offerings');
  const [offerings, { classes }, navs] = await Promise.all([listOfferings(), getCalendar(), listClassNavs()]);
  const sorted = ownCountryFirst(locale, offerings);
  const readAt = offerings[0]?.readAt;
  return (
    <div className="grid gap-12">
      <PageHeading title={t('title')} lead={t('lead')} />
      <AtNav locale={locale} classes={ownCountryFirst(locale, classes)} navs={navs} />
      {(['OPEN', 'UPCOMING', 'CLOSED'] as const).map((group) => {
        const members = sorted.filter((offering) => groupOf(shownPhase(offering)) === group);
        return (
          <Section
            key={group}
            id={group.toLowerCase()}
            title={t(`group.${group}`)}
            note={group === 'OPEN' && readAt ? t('as-of', { at: formatInstant(locale, readAt) }) : undefined}
          >
            {members.length > 0 ? (
              <ul className="grid gap-8">
                {members.map((offering) => (
                  <li key={offering.slug} className="border-b border-line pb-8 last:border-0 last:pb-0">
                    <Entry locale={locale} offering={offering} />
                  </li>
                ))}
              </ul>
            ) : (
              <p>{t(`empty.${group}`)}</p>
            )}
          </Section>
        );
      })}
    </div>
  );
}

async function Entry({ locale, offering }: { locale: Locale; offering: Offering }) {
  const t = await getTranslations('offerings');
  const phase = shownPhase(offering);
  const figures = offeringFigures(locale, offering);
  const quote =
    offering.unitDecimals > 0
      ? t('quote.share')
      : t('quote.units', { units: formatInteger(locale, offering.quoteUnits) });
  const facts = [
    { term: t('fact.price'), value: figures.price, note: quote },
    ...(phase === 'OPEN'
      ? [
          { term: t('fact.minimum'), value: figures.minimum.cost, note: figures.minimum.units },
          offering.method === 'FIRST_COME'
            ? { term: t('fact.left'), value: figures.left, note: t('fact.sold', { percent: figures.soldPercent }) }
            : { term: t('fact.size'), value: figures.size, note: null },
        ]
      : [{ term: t('fact.size'), value: figures.size, note: null }]),
  ];
  const when = phase === 'UPCOMING' ? offering.opensAt : offering.closesAt;
  const whenTerm = phase === 'OPEN' || phase === 'SOLD_OUT' ? 'until' : phase === 'UPCOMING' ? 'from' : 'closed-on';
  return (
    <article className="grid gap-4">
      <header className="grid gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="text-[1.25rem] font-700 leading-140">
            <Link href={localePath(locale, `/offerings/${offering.slug}`)} className="inline-block py-1">
              <Phrased>{offering.name[locale]}</Phrased>
            </Link>
          </h3>
          <PhaseTag phase={phase} />
        </div>
        <p className="text-soft">{t(`who.${offering.country}`)}</p>
      </header>
      <dl className="grid grid-cols-2 gap-x-8 gap-y-4 sm:grid-cols-3">
        {facts.map((fact) => (
          <div key={fact.term}>
            <dt className="text-[0.875rem] text-soft">{fact.term}</dt>
            <dd className="text-[1.125rem] font-700 whitespace-nowrap tabular-nums">
              {fact.value}
              {fact.note && <span className="block text-[0.875rem] font-400 text-soft">{fact.note}</span>}
            </dd>
          </div>
        ))}
        <div className="col-span-full">
          <dt className="text-[0.875rem] text-soft">{t(`fact.${whenTerm}`)}</dt>
          <dd>
            <Deadline locale={locale} at={when} />
          </dd>
        </div>
      </dl>
    </article>
  );
}
