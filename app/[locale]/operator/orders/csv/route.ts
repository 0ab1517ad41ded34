import { getTranslations } from 'next-intl/server';
import { requireSession } from '@/lib/auth/session';
import { csvResponse } from '@/lib/documents/csv';
import { EXPORTERS } from '@/lib/domain/desk/places';
import { readTable } from '@/lib/domain/desk/table';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import { decimalString } from '@/lib/i18n/format';
import { asLocale } from '@/lib/i18n/locale';
import { exportOrders, ORDER_TABLE, type SeenOrder } from '@/lib/services/view-orders';
import { queryParams } from '../../query-params';

/** The table that the page shows, all of it, as a file. It answers nobody whom the page would not, and no one of the support desk. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/[locale]/operator/orders/csv'>,
): Promise<Response> {
  const session = await requireSession(...EXPORTERS);
  const locale = asLocale((await params).locale);
  const query = readTable(ORDER_TABLE, queryParams(request));
  const t = await getTranslations({ locale, namespace: 'desk.orders' });
  const order = await getTranslations({ locale, namespace: 'order' });
  const head = [
    t('number'),
    t('placed'),
    t('account'),
    t('investor'),
    t('offering'),
    t('kind'),
    t('state'),
    t('currency'),
    t('amount'),
    t('units'),
    t('price'),
  ];
  const row = (line: SeenOrder): string[] => [
    String(line.number),
    line.placedAt.toISOString(),
    String(line.investorId),
    line.name ?? '',
    line.offeringName[locale],
    order(`kind.${line.kind}`),
    line.refunded ? order('refunded') : order(`state.${line.state}`),
    line.currency,
    decimalString(line.amountMinor, CURRENCY_DECIMALS[line.currency]),
    decimalString(line.units, line.unitDecimals),
    decimalString(line.price, line.priceDecimals),
  ];
  async function* batches() {
    for await (const batch of exportOrders(session, query)) yield batch.map(row);
  }
  return csvResponse('wakachi-orders', head, batches());
}
