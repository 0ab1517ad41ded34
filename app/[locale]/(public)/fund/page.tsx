import type { Metadata } from 'next';
import Link from 'next/link';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { NavChart } from '@/components/finance/nav-chart';
import { OwnersTable } from '@/components/finance/owners-table';
import { recordDaysText } from '@/components/finance/record-days';
import { alternates } from '@/components/layout/document';
import { Disclosure } from '@/components/ui/disclosure';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';
import { periodsOf } from '@/lib/domain/fund/price-history';
import { totalOf } from '@/lib/domain/fund/slice';
import type { CovenantLimit, Locale } from '@/lib/domain/states';
import {
  decimalString,
  formatDate,
  formatInteger,
  formatLargeMoney,
  formatMoney,
  formatPercentE4,
  formatPrice,
  formatRate,
} from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { type ClassNav, type Fund, getFund, getMidRate, listClassNavs, listProjects } from '@/lib/public-data/fund';
import { listCovenant } from '@/lib/public-data/governance';
import { Portfolio } from './portfolio';
import { Valuation } from './valuation';

export const ensureStatic = 'navigation';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('fund');
  return { title: t('title'), description: t('lead'), alternates: alternates(asLocale(await rootLocale()), '/fund') };
}

export default async function FundPage() {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('fund');
  const [fund, classes, rate, projects, covenant] = await Promise.all([
    getFund(),
    listClassNavs(),
    getMidRate(),
    listProjects(),
    listCovenant(),
  ]);
  const limit = (name: CovenantLimit) => covenant.find((line) => line.name === name)?.limitE4 ?? 10_000n;
  return (
    <div className="grid gap-12 lg:gap-16">
      <PageHeading kicker={t('title')} title={fund.name[locale]} lead={t('lead')} />

      <Section id="owners" title={t('owners.title')} note={t('owners.caption')}>
        <OwnersTable locale={locale} owners={fund.owners} />
      </Section>

      <Section id="capital" title={t('capital.title')}>
        <Capital locale={locale} fund={fund} />
      </Section>

      <Section id="portfolio" title={t('portfolio.title')} note={t('portfolio.note')}>
        <Portfolio
          locale={locale}
          projects={projects}
          assetsUsdMinor={totalOf(fund.owners) + fund.debtUsdMinor}
          limits={{ sectorE4: limit('SECTOR_SHARE'), stateE4: limit('STATE_SHARE') }}
        />
      </Section>

      <Section id="price" title={t('nav.title')}>
        <Valuation locale={locale} />
        {classes.map((unit) => (
          <ClassPrices key={unit.id} locale={locale} unit={unit} />
        ))}
      </Section>

      <Section id="rate" title={t('rate.title')} note={t('as-of', { date: formatDate(locale, rate.rateDate) })}>
        <Facts
          items={[
            {
              term: t('rate.mid'),
              value: t('rate.value', { rate: formatRate(locale, rate.jpyPerUsdE4) }),
              figure: true,
            },
          ]}
        />
      </Section>
    </div>
  );
}

/** Debt beside equity. The ratio is to the hundredth, halves up; it is shown, never calculated with. */
async function Capital({ locale, fund }: { locale: Locale; fund: Fund }) {
  const t = await getTranslations('fund.capital');
  const common = await getTranslations('fund');
  const equity = totalOf(fund.owners);
  const assets = equity + fund.debtUsdMinor;
  const ratio = decimalString((200n * assets + equity) / (2n * equity), 2);
  const sum = (value: bigint) => formatLargeMoney(locale, value, 'USD');
  return (
    <>
      <CapitalBar equity={equity} assets={assets} labels={[t('equity'), t('debt')]} />
      <Facts
        items={[
          { term: t('equity'), value: sum(equity), figure: true },
          { term: t('debt'), value: sum(fund.debtUsdMinor), figure: true },
          { term: t('assets'), value: sum(assets), figure: true },
          { term: t('leverage'), value: t('leverage-value', { ratio }), figure: true },
        ]}
      />
      <p className="measure">{t('meaning', { ratio, move: formatPercentE4(locale, (assets * 1_000n) / equity, 0) })}</p>
      <Disclosure summary={common('why')}>
        <p className="measure">{t('why', { equity: sum(equity), debt: sum(fund.debtUsdMinor), ratio })}</p>
      </Disclosure>
    </>
  );
}

/** One bar: what the owners put in, solid; what was borrowed on top, engraved. The figures stand below it. */
function CapitalBar({ equity, assets, labels }: { equity: bigint; assets: bigint; labels: [string, string] }) {
  const share = Number((equity * 1_000n) / assets) / 10;
  return (
    <div aria-hidden="true" className="grid gap-1 text-[0.875rem]">
      <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none" className="h-10 w-full" fill="none">
        <rect width={share} height="10" className="fill-owner-us" />
        {[1, 3, 5, 7, 9].map((y) => (
          <path
            key={y}
            d={`M ${share + 0.4} ${y} H 100`}
            className="stroke-owner-lp"
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      <div className="flex justify-between">
        <span>{labels[0]}</span>
        <span>{labels[1]}</span>
      </div>
    </div>
  );
}

/** Where the history is long enough for a chart, the way to its periods. */
async function PricesLink({ locale, unit }: { locale: Locale; unit: ClassNav }) {
  const t = await getTranslations('fund.prices');
  const [shortest] = periodsOf(unit.prices);
  if (!shortest) return null;
  return (
    <p data-screen-only>
      <Link href={localePath(locale, `/fund/prices/${unit.code.toLowerCase()}/${shortest}`)}>
        {t('other-periods', { name: unit.name[locale] })}
      </Link>
    </p>
  );
}

async function ClassPrices({ locale, unit }: { locale: Locale; unit: ClassNav }) {
  const t = await getTranslations('fund.nav');
  const common = await getTranslations('fund');
  const latest = unit.prices.at(-1);
  const quote =
    unit.unitDecimals > 0 ? t('per-share') : t('per-units', { units: formatInteger(locale, unit.quoteUnits) });
  return (
    <article className="grid gap-4 border-b border-line pb-6 last:border-0 last:pb-0">
      <h3 className="text-[1.125rem] font-700">{unit.name[locale]}</h3>
      {latest ? (
        <>
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span className="figures text-[2rem] font-700 leading-130">
              {formatPrice(locale, latest.price, unit.currency, unit.priceDecimals)}
            </span>
            <span className="text-soft">
              {quote}
              {locale === 'ja' ? '、' : ', '}
              {common('as-of', { date: formatDate(locale, latest.date) })}
            </span>
          </p>
          <NavChart
            locale={locale}
            id={`nav-${unit.code.toLowerCase()}`}
            name={unit.name[locale]}
            points={unit.prices}
            currency={unit.currency}
            priceDecimals={unit.priceDecimals}
          />
          <PricesLink locale={locale} unit={unit} />
          <Facts
            items={[
              ...(latest.netAssetsMinor > 0n
                ? [
                    {
                      term: t('net-assets'),
                      value: formatMoney(locale, latest.netAssetsMinor, unit.currency),
                      figure: true,
                    },
                  ]
                : []),
              { term: t('record-date'), value: await recordDaysText(locale, unit.recordDays) },
            ]}
          />
          <Disclosure summary={common('why')}>
            <p className="measure">
              {t('why-text', {
                step: formatPrice(locale, 1n, unit.currency, unit.priceDecimals),
                cutOff: unit.cutOff,
                zone: unit.country === 'US' ? t('us-zone') : t('jp-zone'),
              })}
            </p>
          </Disclosure>
        </>
      ) : (
        <p>{t('none')}</p>
      )}
    </article>
  );
}
