import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { requireInvestor } from '@/lib/auth/session';
import { valueAtMid } from '@/lib/domain/money/conversion';
import { formatDate, formatMoney, formatRate } from '@/lib/i18n/format';
import { asLocale } from '@/lib/i18n/locale';
import { quoteConversion } from '@/lib/services/quote-conversion';
import { convert } from '../../actions';
import { NoReview } from '../../no-review';
import { readReview, typedPath } from '../../typed-cash';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cash'))('convert.review-title') };
}

/** What is paid, what is received and at which rate of which day, before anything is converted. */
export default async function ConvertReviewPage({ params, searchParams }: PageProps<'/[locale]/cash/convert/review'>) {
  const { investorId } = await requireInvestor();
  const locale = asLocale((await params).locale);
  const review = await readReview(locale, investorId, await searchParams);
  if (typeof review === 'string') return <NoReview locale={locale} act="convert" reason={review} />;
  const { currency, amountMinor, amount, key } = review;
  const back = typedPath(locale, 'convert', currency, amountMinor);
  const quoted = await quoteConversion({ currency, amountMinor });
  if (!quoted.ok) return <NoReview locale={locale} act="convert" reason="lost" />;
  const quote = quoted.value;
  const t = await getTranslations('cash.convert');
  const common = await getTranslations('common');
  const from = formatMoney(locale, quote.amountMinor, quote.from);
  const to = formatMoney(locale, quote.toAmountMinor, quote.to);
  const rate = formatRate(locale, quote.rateE4);
  const atMid = valueAtMid(quote.amountMinor, quote.from, quote.midRateE4);
  return (
    <>
      <PageHeading title={t('review-title')} />
      <div className="grid max-w-180 gap-8">
        <Facts
          items={[
            { term: t('pay'), value: <strong className="text-[1.5rem]">{from}</strong> },
            { term: t('get'), value: <strong className="text-[1.5rem]">{to}</strong>, note: t('get-note') },
            {
              term: t('rate'),
              value: rate,
              note: t('rate-note', {
                mid: formatRate(locale, quote.midRateE4),
                date: formatDate(locale, quote.rateDate),
                spread: formatRate(locale, BigInt(quote.spreadSen) * 100n),
              }),
            },
            {
              term: t('cost'),
              value: formatMoney(locale, atMid - quote.toAmountMinor, quote.to),
              note: t('cost-note'),
            },
            { term: t('when'), value: t('when-value') },
          ]}
        />
        <Disclosure summary={t('why')}>
          <p>{t(quote.from === 'USD' ? 'why-usd' : 'why-jpy', { amount: from, rate, result: to })}</p>
        </Disclosure>
        <ActionForm action={convert} locale={locale} summaryTitle={common('form.summary')}>
          <HiddenFields values={{ currency, amount, key, rateE4: String(quote.rateE4) }} />
          <div className="flex flex-wrap gap-4">
            <Button>{t('confirm', { from })}</Button>
            <LinkButton look="secondary" href={back}>
              {t('change')}
            </LinkButton>
          </div>
        </ActionForm>
      </div>
    </>
  );
}
