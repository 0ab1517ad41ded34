import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { Slice } from '@/components/finance/slice';
import { SliceForm } from '@/components/finance/slice-form';
import { alternates } from '@/components/layout/document';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { toUsdMinor } from '@/lib/domain/fund/slice';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import { parseDecimal } from '@/lib/domain/money/parse';
import { CURRENCIES, type Currency } from '@/lib/domain/states';
import { formatMoney } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { type Fund, getFund, getMidRate } from '@/lib/public-data/fund';

/** The one public page that depends on a question: it answers without script, so it waits for its answer instead of streaming it. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('fund.slice');
  return { title: t('page-title'), alternates: alternates(asLocale(await rootLocale()), '/slice') };
}

type Asked = {
  typed: string;
  currency: Currency;
  amountMinor: bigint | null;
  fault: 'bad' | 'too-small' | 'too-large' | null;
};

/** Reads the question of the address. Whatever is not a sum that a citizen could hold is answered in words, never with an error page. */
function readQuestion(
  query: Record<string, string | string[] | undefined>,
  fallback: Currency,
  fund: Fund,
  jpyPerUsdE4: bigint,
): Asked {
  const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
  const currency = CURRENCIES.find((code) => code === single(query.currency)) ?? fallback;
  const typed = single(query.amount)?.slice(0, 40) ?? (currency === 'JPY' ? '10000' : '100');
  const parsed = parseDecimal(typed, CURRENCY_DECIMALS[currency]);
  if (!parsed.ok) {
    const fault = parsed.fault === 'too-large' ? 'too-large' : parsed.fault === 'zero' ? 'too-small' : 'bad';
    return { typed, currency, amountMinor: null, fault };
  }
  const usdMinor = toUsdMinor(parsed.value, currency, jpyPerUsdE4);
  const citizens = fund.owners.find((owner) => owner.group === 'CITIZENS')?.committedUsdMinor ?? 0n;
  if (usdMinor < 1n) return { typed, currency, amountMinor: null, fault: 'too-small' };
  if (usdMinor > citizens) return { typed, currency, amountMinor: null, fault: 'too-large' };
  return { typed, currency, amountMinor: parsed.value, fault: null };
}

export default async function SlicePage({ searchParams }: PageProps<'/[locale]/slice'>) {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('fund.slice');
  const [query, fund, rate] = await Promise.all([searchParams, getFund(), getMidRate()]);
  const asked = readQuestion(query, locale === 'ja' ? 'JPY' : 'USD', fund, rate.jpyPerUsdE4);
  const error = asked.fault
    ? t(asked.fault, {
        example: asked.currency === 'JPY' ? '10000' : '100',
        least: formatMoney(locale, 1n, asked.currency),
      })
    : undefined;
  return (
    <div className="grid gap-10">
      <PageHeading title={t('page-title')} lead={t('page-lead')} />
      <SliceForm
        locale={locale}
        amount={asked.typed}
        currency={asked.currency}
        {...(error !== undefined && { error })}
      />
      {asked.amountMinor !== null && (
        <Slice
          locale={locale}
          owners={fund.owners}
          amountMinor={asked.amountMinor}
          currency={asked.currency}
          rate={rate}
          headingLevel={2}
        />
      )}
      <div>
        <LinkButton href={localePath(locale, '/offerings')}>{t('see-offerings')}</LinkButton>
      </div>
    </div>
  );
}
