import { getTranslations } from 'next-intl/server';
import { Field, RadioField } from '@/components/ui/field';
import type { WalletLine } from '@/db/queries/wallets';
import type { Currency } from '@/lib/domain/states';
import { formatMoney, termAndValue } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { ownCurrencyFirst } from '@/lib/i18n/own-first';

/** Which wallet, with what stands in it. */
export async function CurrencyField({
  locale,
  wallets,
  chosen,
  label,
  words,
}: {
  locale: Locale;
  wallets: WalletLine[];
  chosen: Currency;
  label: string;
  /** What choosing a currency means here. */
  words: Record<Currency, string>;
}) {
  const t = await getTranslations('cash');
  const common = await getTranslations('common');
  return (
    <RadioField
      name="currency"
      label={label}
      need={common('form.required')}
      defaultValue={chosen}
      options={ownCurrencyFirst(locale, wallets).map(({ currency, availableMinor }) => ({
        value: currency,
        label: words[currency],
        hint: termAndValue(locale, t('wallets.available'), formatMoney(locale, availableMinor, currency)),
      }))}
    />
  );
}

export async function AmountField({ label, hint, amount }: { label: string; hint: string; amount: string }) {
  const common = await getTranslations('common');
  return (
    <Field
      name="amount"
      label={label}
      hint={hint}
      need={common('form.required')}
      inputMode="decimal"
      autoComplete="off"
      defaultValue={amount}
      className="max-w-60 text-right tabular-nums"
    />
  );
}
