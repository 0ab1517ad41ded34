import { getTranslations } from 'next-intl/server';
import { requireSession } from '@/lib/auth/session';
import { csvResponse } from '@/lib/documents/csv';
import { EXPORTERS } from '@/lib/domain/desk/places';
import { readTable } from '@/lib/domain/desk/table';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import { decimalString } from '@/lib/i18n/format';
import { asLocale } from '@/lib/i18n/locale';
import { exportValuations, VALUATION_TABLE, type ValuationLine } from '@/lib/services/view-valuations';
import { queryParams } from '../../query-params';

/** Each class has a column of its own, which a sheet can calculate with. */
const CLASSES = ['US', 'JP'] as const;

/** The table that the page shows, all of it, as a file: a line for each revision of each day. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/[locale]/operator/valuations/csv'>,
): Promise<Response> {
  const session = await requireSession(...EXPORTERS);
  const locale = asLocale((await params).locale);
  const query = readTable(VALUATION_TABLE, queryParams(request));
  const t = await getTranslations({ locale, namespace: 'valuations' });
  const head = [
    t('columns.day'),
    t('columns.revision'),
    t('columns.state'),
    t('columns.reason'),
    t('columns.source'),
    t('columns.assets'),
    ...CLASSES.map((code) => t(`columns.price-${code}`)),
  ];
  const row = (line: ValuationLine): string[] => [
    line.date,
    String(line.revision),
    t(`state.${line.state}`),
    line.reason ? t(`reason.${line.reason}`) : '',
    t(`source.${line.source}`),
    line.netAssetsUsdMinor === null ? '' : decimalString(line.netAssetsUsdMinor, CURRENCY_DECIMALS.USD),
    ...CLASSES.map((code) => {
      const found = line.classes.find((one) => one.code === code);
      return found ? decimalString(found.price, found.priceDecimals) : '';
    }),
  ];
  async function* batches() {
    for await (const batch of exportValuations(session, query)) yield batch.map(row);
  }
  return csvResponse('wakachi-valuations', head, batches());
}
