import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { getCashPage } from '@/db/queries/investor-pages';
import { requireInvestor } from '@/lib/auth/session';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { reviewWithdrawal } from '../actions';
import { AmountField, CurrencyField } from '../currency-field';
import { mayWithdraw, NotAllowed } from '../not-allowed';
import { typedCash } from '../typed-cash';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cash'))('withdraw.title') };
}

export default async function WithdrawPage({ params, searchParams }: PageProps<'/[locale]/cash/withdraw'>) {
  const session = await requireInvestor();
  const locale = asLocale((await params).locale);
  const typed = typedCash(await searchParams);
  const t = await getTranslations('cash');
  const common = await getTranslations('common');
  const { wallets } = await getCashPage(session.investorId, 0);
  return (
    <>
      <PageHeading
        kicker={<Link href={localePath(locale, '/cash')}>{t('deposit.back')}</Link>}
        title={t('withdraw.title')}
        lead={t('withdraw.lead')}
      />
      {mayWithdraw(session) ? (
        <ActionForm action={reviewWithdrawal} locale={locale} summaryTitle={common('form.summary')}>
          <CurrencyField
            locale={locale}
            wallets={wallets}
            chosen={typed.currency ?? session.displayCurrency}
            label={t('withdraw.currency')}
            words={{ USD: t('wallets.USD'), JPY: t('wallets.JPY') }}
          />
          <AmountField label={t('deposit.amount')} hint={t('withdraw.amount-hint')} amount={typed.amount} />
          <div>
            <Button>{t('withdraw.submit')}</Button>
          </div>
        </ActionForm>
      ) : (
        <NotAllowed locale={locale} session={session} what="withdraw" />
      )}
    </>
  );
}
