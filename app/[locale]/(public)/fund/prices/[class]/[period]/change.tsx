import { getTranslations } from 'next-intl/server';
import { Gain } from '@/components/finance/gain';
import { changeE4, type Period } from '@/lib/domain/fund/price-history';
import type { Locale } from '@/lib/domain/states';
import { formatPercentE4, formatPrice } from '@/lib/i18n/format';
import type { ClassNav, NavPoint } from '@/lib/public-data/fund';

/** What became of the price over the period, in a word and with a sign; what it is counted from stands under the chart. */
export async function Change({
  locale,
  unit,
  points,
  period,
}: {
  locale: Locale;
  unit: ClassNav;
  points: readonly NavPoint[];
  period: Period;
}) {
  const t = await getTranslations('fund.prices');
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return null;
  const price = (value: bigint) => formatPrice(locale, value, unit.currency, unit.priceDecimals);
  const change = last.price - first.price;
  const size = change < 0n ? -change : change;
  const words = {
    over: t(`over.${period}`),
    amount: `${change < 0n ? '−' : '+'}${price(size)}`,
    percent: `${change < 0n ? '−' : '+'}${formatPercentE4(locale, changeE4(first.price, first.price + size))}`,
  };
  return (
    <p className="text-[1.25rem]">
      <Gain minor={change}>{change > 0n ? t('up', words) : change < 0n ? t('down', words) : t('flat', words)}</Gain>
    </p>
  );
}
