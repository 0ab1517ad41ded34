import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { Slice } from '@/components/finance/slice';
import { SliceForm } from '@/components/finance/slice-form';
import { alternates } from '@/components/layout/document';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { toUsdMinor } from '@/lib/domain/fund/slice';
import { parseAmount } from '@/lib/domain/money/parse';
import { CURRENCIES, type Currency, type Locale } from '@/lib/domain/states';
import { formatMoney } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { refusalText } from '@/lib/i18n/refusal';
import { type Fund, getFund, getMidRate } from '@/lib/public-data/fund';
import type { Refusal } from '@/lib/result';

/** The one public page that depends on a question: it answers without script, so it waits for its answer instead of streaming it. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('fund.slice');
  return { title: t('page-title'), alternates: alternates(asLocale(await rootLocale()), '/slice') };
}

type Asked = { typed: string; currency: Currency } & (
  | { amountMinor: bigint; refusal?: undefined }
  | { amountMinor?: undefined; refusal: Refusal | 'too-small' | 'too-many' }
);

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
  const parsed = parseAmount(typed, currency);
  if (!parsed.ok) return { typed, currency, refusal: parsed.error };
  const usdMinor = toUsdMinor(parsed.value, currency, jpyPerUsdE4);
  const citizens = fund.owners.find((owner) => owner.group === 'CITIZENS')?.committedUsdMinor ?? 0n;
  if (usdMinor < 1n) return { typed, currency, refusal: 'too-small' };
  if (usdMinor > citizens) return { typed, currency, refusal: 'too-many' };
  return { typed, currency, amountMinor: parsed.value };
}

async function refusalWords(locale: Locale, { refusal, currency }: Asked): Promise<string | undefined> {
  const t = await getTranslations('fund.slice');
  if (!refusal) return undefined;
  if (refusal === 'too-small') return t('too-small', { least: formatMoney(locale, 1n, currency) });
  return refusal === 'too-many' ? t('too-large') : refusalText(locale, refusal);
}

export default async function SlicePage({ searchParams }: PageProps<'/[locale]/slice'>) {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('fund.slice');
  const [query, fund, rate] = await Promise.all([searchParams, getFund(), getMidRate()]);
  const asked = readQuestion(query, locale === 'ja' ? 'JPY' : 'USD', fund, rate.jpyPerUsdE4);
  const error = await refusalWords(locale, asked);
  return (
    <div className="grid gap-10">
      <PageHeading title={t('page-title')} lead={t('page-lead')} />
      <SliceForm
        locale={locale}
        amount={asked.typed}
        currency={asked.currency}
        {...(error !== undefined && { error })}
      />
      {asked.amountMinor !== undefined && (
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
