import type { Route } from 'next';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { formatMoney, formatRate } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { viewCashMovement } from '@/lib/services/view-cash-movement';
import { goOnWords } from './typed-cash';

type DoneProps = {
  locale: Locale;
  investorId: bigint;
  cashKey: string;
  /** The order or plan that the cash was added for; empty where there is none. */
  next: string;
};

/** What a form has just done, told from the record itself: a refresh or a shared address tells the same, and somebody else's nothing. */
export async function Done({ locale, investorId, cashKey, next }: DoneProps) {
  const found = await viewCashMovement({ investorId, locale }, cashKey);
  if (!found) return null;
  const t = await getTranslations('cash');
  const { kind, state, amountMinor, currency, conversion } = found.movement;
  const amount = formatMoney(locale, amountMinor, currency);
  if (conversion) {
    const to = formatMoney(locale, conversion.amountMinor, conversion.currency);
    return (
      <Callout tone="good" title={t('done.convert', { from: amount, to })}>
        <p>{t('done.convert-note', { rate: formatRate(locale, conversion.rateE4) })}</p>
      </Callout>
    );
  }
  if (kind === 'DEPOSIT') {
    return (
      <Callout tone="good" title={t('done.deposit', { amount })}>
        <p>{t('done.deposit-note')}</p>
        <div>
          {next ? (
            <LinkButton href={next as Route}>{t(goOnWords(next))}</LinkButton>
          ) : (
            <LinkButton href={localePath(locale, '/offerings')}>{t('done.buy')}</LinkButton>
          )}
        </div>
      </Callout>
    );
  }
  if (state === 'PENDING') {
    return (
      <Callout tone="info" title={t('done.withdraw', { amount })}>
        <p>{t('done.withdraw-note')}</p>
      </Callout>
    );
  }
  return state === 'SETTLED' ? (
    <Callout tone="good" title={t('done.withdraw-paid', { amount })} />
  ) : (
    <Callout tone="info" title={t('done.cancelled', { amount })}>
      <p>{t('done.cancelled-note')}</p>
    </Callout>
  );
}
