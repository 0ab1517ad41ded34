import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { getCashPage } from '@/db/queries/investor-pages';
import { requireInvestor } from '@/lib/auth/session';
import { formatMoney } from '@/lib/i18n/format';
import { asLocale } from '@/lib/i18n/locale';
import { withdraw } from '../../actions';
import { NoReview } from '../../no-review';
import { readReview, typedPath } from '../../typed-cash';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cash'))('withdraw.review-title') };
}

export default async function WithdrawReviewPage({
  params,
  searchParams,
}: PageProps<'/[locale]/cash/withdraw/review'>) {
  const { investorId } = await requireInvestor();
  const locale = asLocale((await params).locale);
  const review = await readReview(locale, investorId, await searchParams);
  if (typeof review === 'string') return <NoReview locale={locale} act="withdraw" reason={review} />;
  const { currency, amountMinor, amount, key } = review;
  const { wallets } = await getCashPage(investorId, 0);
  const available = wallets.find((wallet) => wallet.currency === currency)?.availableMinor ?? 0n;
  const back = typedPath(locale, 'withdraw', currency, amountMinor);
  if (amountMinor > available) return <NoReview locale={locale} act="withdraw" reason="lost" />;
  const t = await getTranslations('cash.withdraw');
  const common = await getTranslations('common');
  const money = formatMoney(locale, amountMinor, currency);
  return (
    <>
      <PageHeading title={t('review-title')} />
      <div className="grid max-w-180 gap-8">
        <Facts
          items={[
            { term: t('pay'), value: <strong className="text-[1.5rem]">{money}</strong> },
            { term: t('after'), value: formatMoney(locale, available - amountMinor, currency) },
            { term: t('fee'), value: t('fee-none') },
            { term: t('when'), value: t('when-value') },
            { term: t('cancel'), value: t('cancel-value') },
          ]}
        />
        <ActionForm action={withdraw} locale={locale} summaryTitle={common('form.summary')}>
          <HiddenFields values={{ currency, amount, key }} />
          <div className="flex flex-wrap gap-4">
            <Button>{t('confirm', { amount: money })}</Button>
            <LinkButton look="secondary" href={back}>
              {t('change')}
            </LinkButton>
          </div>
        </ActionForm>
      </div>
    </>
  );
}
