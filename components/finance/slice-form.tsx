/** Try an amount: a plain GET form, so that its answer has an address that can be shared, and the page it stands on stays static. */
import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { CONTROL } from '@/components/ui/control';
import type { Currency, Locale } from '@/lib/domain/states';
import { CURRENCIES } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';

export async function SliceForm({
  locale,
  amount,
  currency,
  error,
}: {
  locale: Locale;
  /** As it was typed. */
  amount: string;
  currency: Currency;
  error?: string;
}) {
  const t = await getTranslations({ locale, namespace: 'fund.slice' });
  const order = locale === 'ja' ? CURRENCIES.toReversed() : CURRENCIES;
  return (
    <form action={localePath(locale, '/slice')} method="get" className="grid max-w-140 gap-2">
      <p className="font-700">{t('form')}</p>
      {error && (
        <p id="amount-error" role="alert" className="font-700 text-danger">
          {error}
        </p>
      )}
      <div className="flex flex-wrap items-end gap-3">
        <label className="grid grow basis-36 gap-1 text-[0.875rem]">
          {t('amount')}
          <input
            name="amount"
            defaultValue={amount}
            inputMode="decimal"
            autoComplete="off"
            maxLength={24}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? 'amount-error' : undefined}
            className={`${CONTROL} text-right text-[1rem] tabular-nums`}
          />
        </label>
        <label className="grid basis-36 gap-1 text-[0.875rem]">
          {t('currency')}
          <select name="currency" defaultValue={currency} className={`${CONTROL} text-[1rem]`}>
            {order.map((code) => (
              <option key={code} value={code}>
                {t(code)}
              </option>
            ))}
          </select>
        </label>
        <Button look="secondary">{t('show')}</Button>
      </div>
    </form>
  );
}
