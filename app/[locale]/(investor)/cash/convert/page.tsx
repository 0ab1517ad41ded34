import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Facts } from '@/components/ui/facts';
import { PageHeading, SectionHeading } from '@/components/ui/heading';
import { getCashPage } from '@/db/queries/investor-pages';
import type { MidRateLine } from '@/db/queries/wallets';
import { requireInvestor } from '@/lib/auth/session';
import { dealtRateE4 } from '@/lib/domain/money/conversion';
import { formatDate, formatRate } from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { reviewConversion } from '../actions';
import { AmountField, CurrencyField } from '../currency-field';
import { mayUseCash, NotAllowed } from '../not-allowed';
import { typedCash } from '../typed-cash';
import { ConversionEstimate } from './estimate';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cash'))('convert.title') };
}

export default async function ConvertPage({ params, searchParams }: PageProps<'/[locale]/cash/convert'>) {
  const session = await requireInvestor();
  const locale = asLocale((await params).locale);
  const typed = typedCash(await searchParams);
  const t = await getTranslations('cash');
  const common = await getTranslations('common');
  const { wallets, midRate } = await getCashPage(session.investorId, 0);
  return (
    <>
      <PageHeading
        kicker={<Link href={localePath(locale, '/cash')}>{t('deposit.back')}</Link>}
        title={t('convert.title')}
        lead={t('convert.lead')}
      />
      {!mayUseCash(session) ? (
        <NotAllowed locale={locale} session={session} what="convert" />
      ) : midRate ? (
        <div className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,35rem)_minmax(0,1fr)]">
          <ActionForm action={reviewConversion} locale={locale} summaryTitle={common('form.summary')}>
            <CurrencyField
              locale={locale}
              wallets={wallets}
              chosen={typed.currency ?? session.displayCurrency}
              label={t('convert.direction')}
              words={{ USD: t('convert.USD'), JPY: t('convert.JPY') }}
            />
            <AmountField label={t('convert.amount')} hint={t('withdraw.amount-hint')} amount={typed.amount} />
            <ConversionEstimate
              locale={locale}
              midRate={midRate}
              labels={{ title: t('convert.estimate'), waiting: t('convert.estimate-waiting') }}
              noscript={t('convert.estimate-noscript')}
            />
            <div>
              <Button>{t('convert.submit')}</Button>
            </div>
          </ActionForm>
          <Rates locale={locale} midRate={midRate} />
        </div>
      ) : (
        <Callout tone="notice" title={t('convert.none')} />
      )}
    </>
  );
}

async function Rates({ locale, midRate }: { locale: Locale; midRate: MidRateLine }) {
  const t = await getTranslations('cash.convert');
  return (
    <section className="grid gap-4">
      <SectionHeading>{t('rates')}</SectionHeading>
      <Facts
        items={[
          {
            term: t('mid'),
            value: formatRate(locale, midRate.jpyPerUsdE4),
            note: t('mid-note', { date: formatDate(locale, midRate.rateDate) }),
            figure: true,
          },
          {
            term: t('spread'),
            value: formatRate(locale, BigInt(midRate.spreadSen) * 100n),
            note: t('spread-note'),
            figure: true,
          },
          { term: t('you-buy'), value: formatRate(locale, dealtRateE4(midRate, 'USD')), figure: true },
          { term: t('you-sell'), value: formatRate(locale, dealtRateE4(midRate, 'JPY')), figure: true },
        ]}
      />
    </section>
  );
}
