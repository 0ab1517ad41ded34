import type { Metadata } from 'next';
import Link from 'next/link';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { Deadline } from '@/components/finance/deadline';
import { Slice } from '@/components/finance/slice';
import { alternates } from '@/components/layout/document';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { LinkButton } from '@/components/ui/button';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';
import { amountForUnits } from '@/lib/domain/orders/pricing';
import type { Locale } from '@/lib/domain/states';
import {
  decimalString,
  formatDate,
  formatInstant,
  formatInstantDate,
  formatInteger,
  formatUnits,
  sentences,
} from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { getFund, getMidRate } from '@/lib/public-data/fund';
import { getOffering, listOfferings, type Offering } from '@/lib/public-data/offerings';
import { offeringFigures, type ShownPhase, shownPhase } from '../offering';
import { PhaseTag } from '../phase-tag';

export const ensureStatic = 'navigation';
export const instant = false;

type Props = PageProps<'/[locale]/offerings/[slug]'>;

export const generateStaticParams = async () => (await listOfferings()).map(({ slug }) => ({ slug }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = asLocale(await rootLocale());
  const { slug } = await params;
  const offering = await getOffering(slug);
  if (!offering) return missingMetadata(locale);
  return { title: offering.name[locale], alternates: alternates(locale, `/offerings/${slug}`) };
}

export default async function OfferingPage({ params }: Props) {
  const locale = asLocale(await rootLocale());
  const offering = await getOffering((await params).slug);
  if (!offering) return <Missing locale={locale} />;
  const t = await getTranslations('offerings');
  const phase = shownPhase(offering);
  const [fund, rate] = await Promise.all([getFund(), getMidRate()]);
  return (
    <div className="grid gap-12">
      <div className="grid gap-6">
        <PageHeading
          kicker={<PhaseTag phase={phase} />}
          title={offering.name[locale]}
          lead={t(`who.${offering.country}`)}
        />
        <Ticket locale={locale} offering={offering} phase={phase} />
      </div>

      <Section id="terms" title={t('detail.terms')}>
        <Terms locale={locale} offering={offering} />
        {offering.method !== 'FIRST_COME' && (
          <p>
            <Link href={localePath(locale, `/offerings/${offering.slug}/result`)}>{t('detail.result')}</Link>
          </p>
        )}
      </Section>

      {offering.method === 'FIRST_COME' && phase !== 'UPCOMING' && (
        <Section id="left" title={t('detail.left')}>
          <Left locale={locale} offering={offering} />
        </Section>
      )}

      {offering.method !== 'FIRST_COME' && (
        <Section id="method" title={t('detail.how')}>
          <HowItIsShared locale={locale} offering={offering} phase={phase} />
        </Section>
      )}

      <Section id="slice" title={t('detail.slice')}>
        <Slice
          locale={locale}
          owners={fund.owners}
          amountMinor={amountForUnits(offering.minUnits, offering.price, offering)}
          currency={offering.currency}
          rate={rate}
        />
      </Section>

      <Section id="risks" title={t('detail.risks')}>
        <ul className="measure grid list-disc gap-2 pl-6">
          <li>{t('detail.risk-loss')}</li>
          <li>{t('detail.risk-debt')}</li>
          <li>{t(`detail.risk-currency-${offering.country}`)}</li>
          <li>{await exitText(locale, offering)}</li>
        </ul>
      </Section>

      <Section id="costs" title={t('detail.fees')}>
        <Facts
          items={[
            { term: t('detail.fee-purchase'), value: t('detail.fee-none') },
            { term: t('detail.fee-running'), value: t('detail.fee-running-value') },
            {
              term: t('detail.fee-conversion'),
              value: t('detail.fee-conversion-value', { spread: decimalString(BigInt(rate.spreadSen), 2) }),
            },
          ]}
        />
      </Section>

      <Section id="documents" title={t('detail.documents')}>
        <Prospectus locale={locale} offering={offering} />
      </Section>
    </div>
  );
}

/** Whether what is bought here can be sold back, and from when. */
async function exitText(locale: Locale, { method, dealingFrom }: Offering): Promise<string> {
  const t = await getTranslations('offerings.detail');
  const key = method === 'FIRST_COME' ? 'risk-exit' : 'risk-exit-window';
  return dealingFrom ? t(`${key}-from`, { day: formatDate(locale, dealingFrom) }) : t(key);
}

/** Above the fold: what it costs, what is the least, what is left, until when, and the one next step. */
async function Ticket({ locale, offering, phase }: { locale: Locale; offering: Offering; phase: ShownPhase }) {
  const t = await getTranslations('offerings');
  const figures = offeringFigures(locale, offering);
  const isWindow = offering.method !== 'FIRST_COME';
  const quote =
    offering.unitDecimals > 0
      ? t('quote.share')
      : t('quote.units', { units: formatInteger(locale, offering.quoteUnits) });
  const cells = [
    { term: t('fact.price'), value: figures.price, note: quote },
    { term: t('fact.minimum'), value: figures.minimum.cost, note: figures.minimum.units },
    phase === 'OPEN' && !isWindow
      ? { term: t('fact.left'), value: figures.left, note: t('fact.sold', { percent: figures.soldPercent }) }
      : { term: t('fact.size'), value: figures.size, note: null },
  ];
  return (
    <div className="grid gap-6 border-y-3 border-double border-line-strong py-6">
      <dl className="grid grid-cols-2 gap-x-8 gap-y-5 sm:grid-cols-3">
        {cells.map((cell) => (
          <div key={cell.term}>
            <dt className="text-[0.875rem] text-soft">{cell.term}</dt>
            <dd className="text-[1.25rem] leading-140 font-700 whitespace-nowrap tabular-nums sm:text-[1.5rem]">
              {cell.value}
              {cell.note && <span className="block text-[0.875rem] font-400 text-soft">{cell.note}</span>}
            </dd>
          </div>
        ))}
        <div className="col-span-full">
          <dt className="text-[0.875rem] text-soft">{t(phase === 'UPCOMING' ? 'fact.from' : 'fact.until')}</dt>
          <dd>
            <Deadline locale={locale} at={phase === 'UPCOMING' ? offering.opensAt : offering.closesAt} />
          </dd>
        </div>
      </dl>
      {phase === 'OPEN' ? (
        <div data-screen-only className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <LinkButton href={localePath(locale, `/buy/${offering.slug}`)}>
            {t(isWindow ? 'detail.subscribe' : 'detail.buy')}
          </LinkButton>
          <p className="text-[0.875rem] text-soft">
            {sentences(locale, t('detail.need-account'), t('detail.buy-note'))}
          </p>
        </div>
      ) : (
        <p>
          <span className="font-700">{t(`detail.state.${phase}`)}</span>{' '}
          <Link href={localePath(locale, '/offerings')}>{t('detail.others')}</Link>
        </p>
      )}
    </div>
  );
}

async function Terms({ locale, offering }: { locale: Locale; offering: Offering }) {
  const t = await getTranslations('offerings');
  const figures = offeringFigures(locale, offering);
  return (
    <Facts
      items={[
        { term: t('fact.who'), value: t(`who.${offering.country}`) },
        { term: t('fact.method'), value: t(`method.${offering.method}`) },
        {
          term: t('fact.price'),
          value: figures.price,
          note: sentences(
            locale,
            t('fact.price-note'),
            ...(figures.nav
              ? [t('fact.price-nav', { date: formatDate(locale, figures.nav.date), price: figures.nav.price })]
              : []),
          ),
        },
        {
          term: t('fact.minimum'),
          value: figures.minimum.units,
          note: t('fact.about', { amount: figures.minimum.cost }),
        },
        { term: t('fact.lot'), value: figures.lot },
        {
          term: t('fact.maximum'),
          value: figures.maximum.units,
          note: t('fact.about', { amount: figures.maximum.cost }),
        },
        {
          term: t('fact.size'),
          value: figures.size,
          ...(offering.upsizeUnits > 0n && { note: t('fact.upsize', { units: figures.upsize }) }),
        },
        { term: t('fact.opens'), value: <Deadline locale={locale} at={offering.opensAt} /> },
        { term: t('fact.closes'), value: <Deadline locale={locale} at={offering.closesAt} /> },
      ]}
    />
  );
}

/** How a window shares out what it offers, in plain words; how much has been asked for, where it says so; and where its result stands. */
async function HowItIsShared({ locale, offering, phase }: { locale: Locale; offering: Offering; phase: ShownPhase }) {
  const t = await getTranslations('offerings.shared');
  const { method, demand, unitDecimals } = offering;
  if (method === 'FIRST_COME') return null;
  return (
    <>
      <ol className="measure grid list-decimal gap-2 pl-6">
        <li>{t('collect')}</li>
        <li>{t(`method.${method}`, { lot: formatUnits(locale, offering.lotUnits, unitDecimals) })}</li>
        <li>{t('refund')}</li>
        <li>{t('draw')}</li>
      </ol>
      {phase === 'OPEN' && (
        <p>
          {demand
            ? t('demand', {
                units: formatUnits(locale, demand.units, unitDecimals),
                people: demand.applicants,
                at: formatInstant(locale, demand.at),
              })
            : t('no-demand')}
        </p>
      )}
      {phase === 'CLOSED' && (
        <p>
          <Link href={localePath(locale, `/offerings/${offering.slug}/result`)}>{t('result')}</Link>
        </p>
      )}
    </>
  );
}

/** How far it is sold, as a bar whose right end is what remains, and at what time that was so. */
async function Left({ locale, offering }: { locale: Locale; offering: Offering }) {
  const t = await getTranslations('offerings');
  const figures = offeringFigures(locale, offering);
  return (
    <div className="grid gap-2">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" className="h-6 w-full" fill="none">
        <rect width={figures.soldShare} height="10" className="fill-owner-us" />
        {[1, 5, 9].map((y) => (
          <path
            key={y}
            d={`M ${figures.soldShare} ${y} H 100`}
            className="stroke-slice"
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      <div className="flex flex-wrap justify-between gap-x-6 tabular-nums">
        <span>{t('detail.bar', { sold: figures.sold, size: figures.size })}</span>
        <span className="font-700">
          {t('fact.left')} {figures.left}
        </span>
      </div>
      <p className="text-[0.875rem] text-soft">
        {t('detail.left-note', { at: formatInstant(locale, offering.readAt) })}
      </p>
    </div>
  );
}

async function Prospectus({ locale, offering }: { locale: Locale; offering: Offering }) {
  const t = await getTranslations('offerings.detail');
  const { slug, version, publishedAt, title, sha256 } = offering.prospectus;
  return (
    <div className="grid gap-3">
      <p>
        <Link href={localePath(locale, `/documents/${slug}/${version}`)} className="font-700">
          {title[locale]}
        </Link>
        <span className="text-soft">
          {locale === 'ja' ? '（' : ' ('}
          {t('version', { version })}
          {locale === 'ja' ? '、' : ', '}
          {t('published', { date: formatInstantDate(locale, publishedAt) })}
          {locale === 'ja' ? '）' : ')'}
        </span>
      </p>
      <p className="text-[0.875rem] text-soft">
        {t('hash')}
        <code className="block font-mono break-all">{sha256[locale]}</code>
      </p>
      <p className="measure text-[0.875rem] text-soft">{t('documents-note')}</p>
    </div>
  );
}
