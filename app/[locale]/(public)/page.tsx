import type { Metadata } from 'next';
import Link from 'next/link';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { Deadline } from '@/components/finance/deadline';
import { OwnersRing } from '@/components/finance/owners-ring';
import { Slice } from '@/components/finance/slice';
import { SliceForm } from '@/components/finance/slice-form';
import { alternates } from '@/components/layout/document';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { Phrased } from '@/components/ui/phrased';
import { Section } from '@/components/ui/section';
import { totalOf } from '@/lib/domain/fund/slice';
import { amountForUnits } from '@/lib/domain/orders/pricing';
import type { Currency, Locale } from '@/lib/domain/states';
import { formatDeadline, formatMoney, formatPercentE4, sentences } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { loadMessages } from '@/lib/i18n/messages';
import { ownCountryFirst } from '@/lib/i18n/own-first';
import { type Fund, getFund, getMidRate } from '@/lib/public-data/fund';
import { listOfferings, type Offering } from '@/lib/public-data/offerings';

export const ensureStatic = 'navigation';
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { alternates: alternates(asLocale(await rootLocale()), '') };
}

/** The sum that the slice shows before anyone has tried their own: what a small purchase is in each country. */
const SAMPLE: Record<Locale, { amountMinor: bigint; currency: Currency; typed: string }> = {
  en: { amountMinor: 10_000n, currency: 'USD', typed: '100' },
  ja: { amountMinor: 10_000n, currency: 'JPY', typed: '10000' },
};

export default async function HomePage() {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('home');
  const [fund, rate, offerings] = await Promise.all([getFund(), getMidRate(), listOfferings()]);
  const sample = SAMPLE[locale];
  return (
    <div className="grid gap-14 lg:gap-20">
      <div className="grid items-center gap-10 lg:grid-cols-[1fr_auto] lg:gap-20">
        <div className="grid gap-6">
          <PageHeading large title={t('title')} lead={t('lead')} />
          <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
            <LinkButton href={localePath(locale, '/offerings')}>{t('see-offerings')}</LinkButton>
            <p className="text-[0.875rem] text-soft">{t('look-first')}</p>
          </div>
        </div>
        <OwnersRing locale={locale} owners={fund.owners} />
      </div>

      <Section id="owners" title={t('owners.title')}>
        <p className="measure">{t('owners.together')}</p>
        <p>
          <Link href={localePath(locale, '/fund')}>{t('owners.more')}</Link>
        </p>
      </Section>

      <Section id="slice" title={t('slice.title')}>
        <p className="measure">{t('slice.text')}</p>
        <Slice
          locale={locale}
          owners={fund.owners}
          amountMinor={sample.amountMinor}
          currency={sample.currency}
          rate={rate}
        />
        <SliceForm locale={locale} amount={sample.typed} currency={sample.currency} />
      </Section>

      <Section id="open" title={t('open.title')}>
        <OpenOfferings locale={locale} offerings={offerings} />
      </Section>

      <Section id="risks" title={t('risks.title')}>
        <Risks fund={fund} locale={locale} />
      </Section>

      <Section id="steps" title={t('steps.title')}>
        <Steps locale={locale} />
        <p>
          <Link href={localePath(locale, '/sign-up')} className="inline-flex min-h-11 items-center">
            {t('steps.start')}
          </Link>
        </p>
      </Section>
    </div>
  );
}

async function OpenOfferings({ locale, offerings }: { locale: Locale; offerings: Offering[] }) {
  const t = await getTranslations('home.open');
  const open = ownCountryFirst(locale, offerings).filter((offering) => offering.phase === 'OPEN');
  const next = offerings.filter((offering) => offering.phase === 'UPCOMING').at(-1);
  return (
    <>
      {open.length > 0 ? (
        <ul className="divide-y divide-line border-y border-line">
          {open.map((offering) => (
            <li key={offering.slug} className="grid gap-x-6 py-4 sm:grid-cols-[1fr_auto] sm:items-baseline">
              <Link href={localePath(locale, `/offerings/${offering.slug}`)} className="inline-block py-1 font-700">
                <Phrased>{offering.name[locale]}</Phrased>
              </Link>
              <span className="figures sm:text-right">
                {t('from', {
                  minimum: formatMoney(
                    locale,
                    amountForUnits(offering.minUnits, offering.price, offering),
                    offering.currency,
                  ),
                })}
              </span>
              <span className="text-[0.875rem] text-soft sm:col-span-2">
                <Deadline locale={locale} at={offering.closesAt} before={t('closes')} />
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p>
          {sentences(
            locale,
            t('none'),
            ...(next ? [t('next', { name: next.name[locale], opens: formatDeadline(locale, next.opensAt) })] : []),
          )}
        </p>
      )}
      <p>
        <Link href={localePath(locale, '/offerings')}>{t('all')}</Link>
      </p>
    </>
  );
}

/** What a fall of a tenth of all assets does to the owners: the debt stays whole, so they bear it alone. */
async function Risks({ fund, locale }: { fund: Fund; locale: Locale }) {
  const t = await getTranslations('home.risks');
  const equity = totalOf(fund.owners);
  const loss = formatPercentE4(locale, ((equity + fund.debtUsdMinor) * 1_000n) / equity, 0);
  return (
    <dl className="grid gap-x-12 gap-y-6 sm:grid-cols-2">
      {(['lose', 'debt', 'currency', 'time', 'narrow'] as const).map((risk) => (
        <div key={risk} className="grid content-start gap-1">
          <dt className="font-700">{t(`${risk}-title`)}</dt>
          <dd className="text-soft">{risk === 'debt' ? t('debt', { loss }) : t(risk)}</dd>
        </div>
      ))}
    </dl>
  );
}

async function Steps({ locale }: { locale: Locale }) {
  const { list } = (await loadMessages(locale)).home.steps;
  return (
    <ol className="grid gap-x-12 gap-y-6 sm:grid-cols-2">
      {list.map(({ title, text }, i) => (
        <li key={title} className="grid grid-cols-[2.25rem_1fr] content-start gap-x-2">
          <span
            aria-hidden="true"
            className="flex size-7 items-center justify-center rounded-full border-2 border-ink text-[0.875rem] font-700 tabular-nums"
          >
            {i + 1}
          </span>
          <div>
            <p className="font-700">{title}</p>
            <p className="text-soft">{text}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
