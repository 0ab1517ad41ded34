import type { Metadata } from 'next';
import Link from 'next/link';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { NavChart } from '@/components/finance/nav-chart';
import { alternates } from '@/components/layout/document';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';
import { isPeriod, type Period, periodsOf, pricesOf } from '@/lib/domain/fund/price-history';
import type { Locale } from '@/lib/domain/states';
import { formatDate, formatInstant, formatInteger, formatMoney, formatPrice } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { type ClassNav, listClassNavs } from '@/lib/public-data/fund';
import { Change } from './change';
import { Choosers } from './choosers';

export const ensureStatic = 'navigation';
export const instant = false;

type Props = PageProps<'/[locale]/fund/prices/[class]/[period]'>;

/** Class and period are segments of the path, so that each choice is a page that is kept for everybody. */
export const generateStaticParams = async () =>
  (await listClassNavs()).flatMap(({ code, prices }) =>
    periodsOf(prices).map((period) => ({ class: code.toLowerCase(), period })),
  );

/** Null where there is no such class, or its history is too short for the period. */
async function find({ params }: Props) {
  const { class: name, period } = await params;
  const classes = await listClassNavs();
  const unit = classes.find(({ code }) => code.toLowerCase() === name);
  return unit && isPeriod(period) && periodsOf(unit.prices).includes(period) ? { classes, unit, period } : null;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const locale = asLocale(await rootLocale());
  const found = await find(props);
  if (!found) return missingMetadata(locale);
  const { unit, period } = found;
  const t = await getTranslations('fund.prices');
  return {
    title: t('page-title', { name: unit.name[locale], period: t(`period.${period}`) }),
    description: t('lead'),
    alternates: alternates(locale, `/fund/prices/${unit.code.toLowerCase()}/${period}`),
  };
}

export default async function PricesPage(props: Props) {
  const locale = asLocale(await rootLocale());
  const found = await find(props);
  if (!found) return <Missing locale={locale} />;
  const { classes, unit, period } = found;
  const t = await getTranslations('fund.prices');
  const fund = await getTranslations('fund');
  const points = pricesOf(unit.prices, period);
  return (
    <div className="grid gap-10 lg:gap-12">
      <PageHeading
        kicker={<Link href={localePath(locale, '/fund')}>{fund('title')}</Link>}
        title={t('title', { name: unit.name[locale] })}
        lead={t('lead')}
      />
      <Choosers locale={locale} classes={classes} unit={unit} period={period} />
      <Section id="chart" title={t('chart-title')}>
        <Change locale={locale} unit={unit} points={points} period={period} />
        <NavChart
          locale={locale}
          id={`nav-${unit.code.toLowerCase()}`}
          name={unit.name[locale]}
          points={points}
          currency={unit.currency}
          priceDecimals={unit.priceDecimals}
        />
        <p data-screen-only>
          {/* A plain link: nothing may fetch a file before somebody asks for it. */}
          <a href={localePath(locale, `/fund/prices/${unit.code.toLowerCase()}/csv`)} download>
            {t('file')}
          </a>
        </p>
      </Section>
      <Newest locale={locale} unit={unit} />
      <Corrections locale={locale} unit={unit} period={period} />
    </div>
  );
}

async function Newest({ locale, unit }: { locale: Locale; unit: ClassNav }) {
  const t = await getTranslations('fund.prices');
  const nav = await getTranslations('fund.nav');
  const newest = unit.prices.at(-1);
  if (!newest) return null;
  return (
    <Section id="newest" title={t('newest')}>
      <Facts
        items={[
          {
            term: nav('price'),
            value: formatPrice(locale, newest.price, unit.currency, unit.priceDecimals),
            figure: true,
            note:
              unit.unitDecimals > 0
                ? nav('per-share')
                : nav('per-units', { units: formatInteger(locale, unit.quoteUnits) }),
          },
          { term: t('day'), value: formatDate(locale, newest.date), figure: true },
          { term: t('published'), value: formatInstant(locale, newest.publishedAt), figure: true },
          ...(newest.netAssetsMinor > 0n
            ? [
                {
                  term: nav('net-assets'),
                  value: formatMoney(locale, newest.netAssetsMinor, unit.currency),
                  figure: true,
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

/** Days of the period whose price was corrected: what is in force, and what stood before. */
async function Corrections({ locale, unit, period }: { locale: Locale; unit: ClassNav; period: Period }) {
  const t = await getTranslations('fund.prices');
  const price = (value: bigint) => formatPrice(locale, value, unit.currency, unit.priceDecimals);
  const corrected = pricesOf(unit.prices, period).flatMap((point) =>
    point.priceBefore === null ? [] : [{ ...point, priceBefore: point.priceBefore }],
  );
  if (corrected.length === 0) return null;
  return (
    <Section id="corrections" title={t('corrections')}>
      <ul className="grid gap-2">
        {corrected.toReversed().map((point) => (
          <li key={point.date} className="measure">
            {t('correction', {
              date: formatDate(locale, point.date),
              price: price(point.price),
              at: formatInstant(locale, point.publishedAt),
              before: price(point.priceBefore),
            })}
          </li>
        ))}
      </ul>
      <p className="measure text-soft">
        {t('corrections-note')} <Link href={localePath(locale, '/governance')}>{t('governance')}</Link>
      </p>
    </Section>
  );
}
