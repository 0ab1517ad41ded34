import { getTranslations } from 'next-intl/server';
import { requireSession } from '@/lib/auth/session';
import { csvResponse } from '@/lib/documents/csv';
import { EXPORTERS } from '@/lib/domain/desk/places';
import { readTable } from '@/lib/domain/desk/table';
import { asLocale } from '@/lib/i18n/locale';
import { exportInvestors, investorTable, type SeenInvestor } from '@/lib/services/view-investors';
import { queryParams } from '../../query-params';

/** The table that the page shows, all of it, as a file. It answers nobody whom the page would not, and no one of the support desk. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/[locale]/operator/investors/csv'>,
): Promise<Response> {
  const session = await requireSession(...EXPORTERS);
  const locale = asLocale((await params).locale);
  const query = readTable(investorTable(session), queryParams(request));
  const t = await getTranslations({ locale, namespace: 'desk.investors' });
  const states = await getTranslations({ locale, namespace: 'desk.identity-state' });
  const status = await getTranslations({ locale, namespace: 'desk.investor-status' });
  const head = [t('number'), t('name'), t('email'), t('country'), t('identity'), t('status'), t('joined')];
  const row = (line: SeenInvestor): string[] => [
    String(line.investorId),
    line.name ?? '',
    line.email,
    line.country ?? '',
    states(line.identityState),
    status(line.status),
    line.joinedAt.toISOString(),
  ];
  async function* batches() {
    for await (const batch of exportInvestors(session, query)) yield batch.map(row);
  }
  return csvResponse('wakachi-investors', head, batches());
}
