import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { getCashPage } from '@/db/queries/investor-pages';
import { requireInvestor } from '@/lib/auth/session';
import { DEPOSIT_LIMIT } from '@/lib/domain/ledger/limits';
import { formatMoney } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { deposit } from '../actions';
import { AmountField, CurrencyField } from '../currency-field';
import { mayUseCash, NotAllowed } from '../not-allowed';
import { goOnWords, pageToGoOn, typedCash } from '../typed-cash';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cash'))('deposit.title') };
}

export default async function DepositPage({ params, searchParams }: PageProps<'/[locale]/cash/deposit'>) {
  const session = await requireInvestor();
  const locale = asLocale((await params).locale);
  const search = await searchParams;
  const typed = typedCash(search);
  const next = pageToGoOn(locale, search.next);
  const t = await getTranslations('cash');
  const common = await getTranslations('common');
  const heading = (
    <PageHeading
      kicker={
        next ? (
          <Link href={next as Route}>{t(goOnWords(next))}</Link>
        ) : (
          <Link href={localePath(locale, '/cash')}>{t('deposit.back')}</Link>
        )
      }
      title={t('deposit.title')}
      lead={t('deposit.lead')}
    />
  );
  if (!mayUseCash(session)) {
    return (
      <>
        {heading}
        <NotAllowed locale={locale} session={session} what="deposit" />
      </>
    );
  }
  const { wallets } = await getCashPage(session.investorId, 0);
  return (
    <>
      {heading}
      <ActionForm action={deposit} locale={locale} summaryTitle={common('form.summary')}>
        <HiddenFields values={{ key: crypto.randomUUID(), next }} />
        <CurrencyField
          locale={locale}
          wallets={wallets}
          chosen={typed.currency ?? session.displayCurrency}
          label={t('deposit.currency')}
          words={{ USD: t('wallets.USD'), JPY: t('wallets.JPY') }}
        />
        <AmountField
          label={t('deposit.amount')}
          hint={t('deposit.amount-hint', {
            maxUsd: formatMoney(locale, DEPOSIT_LIMIT.USD, 'USD'),
            maxJpy: formatMoney(locale, DEPOSIT_LIMIT.JPY, 'JPY'),
          })}
          amount={typed.amount}
        />
        <div>
          <Button>{t('deposit.submit')}</Button>
        </div>
      </ActionForm>
    </>
  );
}
