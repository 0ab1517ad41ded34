import type { Route } from 'next';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import type { Currency } from '@/lib/domain/states';
import { decimalString } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { refusalText } from '@/lib/i18n/refusal';
import type { Refusal } from '@/lib/result';

/** The page where cash is added, for so much if it is known, and from which the way back leads to `back`. */
export function addCashPath(currency: Currency, back: string, missingMinor?: bigint) {
  const query = new URLSearchParams({ currency, next: back });
  if (missingMinor) query.set('amount', decimalString(missingMinor, CURRENCY_DECIMALS[currency]));
  return `/cash/deposit?${query}` as const;
}

type Props = {
  locale: Locale;
  currency: Currency;
  error: Refusal;
  /** What is said first: that nothing was placed, where the order was just sent. */
  refused?: string | false;
  /** The page to come back to. */
  back: string;
  /** Where what was typed is changed. */
  change: { href: Route; label: string };
};

/** What stands against the order that was typed, with the figures of now, and how to mend it. */
export async function Against({ locale, currency, error, refused, back, change }: Props) {
  const t = await getTranslations('buy.stop');
  const missing = error.code === 'order.insufficient-cash' ? error.params?.missing : undefined;
  const missingMinor = typeof missing === 'object' && 'money' in missing ? missing.money : undefined;
  return (
    <Callout tone="danger" title={await refusalText(locale, error)}>
      {refused && <p>{refused}</p>}
      <div className="flex flex-wrap gap-4">
        {missingMinor !== undefined && (
          <LinkButton href={localePath(locale, addCashPath(currency, back, missingMinor))}>{t('add-cash')}</LinkButton>
        )}
        <LinkButton look={missingMinor === undefined ? 'primary' : 'secondary'} href={change.href}>
          {change.label}
        </LinkButton>
      </div>
    </Callout>
  );
}
