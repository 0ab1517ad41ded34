import { getTranslations } from 'next-intl/server';
import { csvResponse } from '@/lib/documents/csv';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import { decimalString } from '@/lib/i18n/format';
import { isLocale } from '@/lib/i18n/locale';
import { listClassNavs, type NavPoint } from '@/lib/public-data/fund';

/** All published prices of a class, those in force, as a file: a line a day, the newest first. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/[locale]/fund/prices/[class]/csv'>,
): Promise<Response> {
  const { locale, class: name } = await params;
  const unit = (await listClassNavs()).find(({ code }) => code.toLowerCase() === name);
  if (!unit || !isLocale(locale)) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });
  const t = await getTranslations({ locale, namespace: 'fund.prices.file-head' });
  const head = [t('date'), t('price'), t('currency'), t('quote'), t('net-assets'), t('published'), t('before')];
  const price = (value: bigint) => decimalString(value, unit.priceDecimals);
  const quote = decimalString(unit.quoteUnits, unit.unitDecimals);
  const row = (point: NavPoint): string[] => [
    point.date,
    price(point.price),
    unit.currency,
    quote,
    // Of the days before anybody held the class there are none.
    point.netAssetsMinor > 0n ? decimalString(point.netAssetsMinor, CURRENCY_DECIMALS[unit.currency]) : '',
    point.publishedAt.toISOString(),
    point.priceBefore === null ? '' : price(point.priceBefore),
  ];
  async function* batches() {
    yield unit?.prices.toReversed().map(row) ?? [];
  }
  return csvResponse(`wakachi-prices-${name}`, head, batches());
}
