import { getTranslations } from 'next-intl/server';
import { requireSession } from '@/lib/auth/session';
import { csvResponse } from '@/lib/documents/csv';
import { EXPORTERS } from '@/lib/domain/desk/places';
import { readTable } from '@/lib/domain/desk/table';
import { decimalString } from '@/lib/i18n/format';
import { asLocale } from '@/lib/i18n/locale';
import { exportOfferings, OFFERING_TABLE, type OfferingLine } from '@/lib/services/view-desk-offerings';
import { queryParams } from '../../query-params';

/** The table that the page shows, all of it, as a file. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/[locale]/operator/offerings/csv'>,
): Promise<Response> {
  const session = await requireSession(...EXPORTERS);
  const locale = asLocale((await params).locale);
  const query = readTable(OFFERING_TABLE, queryParams(request));
  const t = await getTranslations({ locale, namespace: 'desk.offerings' });
  const states = await getTranslations({ locale, namespace: 'desk.offering-state' });
  const head = [
    t('slug'),
    t('name'),
    t('state'),
    t('class'),
    t('price'),
    t('size'),
    t('sold'),
    t('opens'),
    t('closes'),
  ];
  const row = (line: OfferingLine): string[] => [
    line.slug,
    locale === 'ja' ? line.nameJa : line.nameEn,
    states(line.state),
    line.country,
    decimalString(line.price, line.priceDecimals),
    decimalString(line.sizeUnits, line.unitDecimals),
    decimalString(line.soldUnits, line.unitDecimals),
    line.opensAt.toISOString(),
    line.closesAt.toISOString(),
  ];
  async function* batches() {
    for await (const batch of exportOfferings(session, query)) yield batch.map(row);
  }
  return csvResponse('wakachi-offerings', head, batches());
}
