import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { DeskHeading } from '@/components/ui/desk-heading';
import { DeskTable } from '@/components/ui/desk-table';
import { Pager } from '@/components/ui/pager';
import { TableFilter } from '@/components/ui/table-filter';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES, mayExport } from '@/lib/domain/desk/places';
import { readTable } from '@/lib/domain/desk/table';
import { VALUATION_STATES } from '@/lib/domain/states';
import { formatDate, formatMoney, formatPrice } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { mayPropose } from '@/lib/services/view-proposals';
import { VALUATION_TABLE, type ValuationLine, viewValuations } from '@/lib/services/view-valuations';
import { forStaff, staffMetadata } from '../for-staff';
import { filterParts, pagerParts, sortable } from '../table-parts';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

async function metadata(): Promise<Metadata> {
  return { title: (await getTranslations('valuations'))('title') };
}

/** Every revision of every day's value. */
async function ValuationsPage({ params, searchParams }: PageProps<'/[locale]/operator/valuations'>) {
  const session = await requireSession(...DESK_PLACES.valuations.roles);
  const locale = asLocale((await params).locale);
  const query = readTable(VALUATION_TABLE, await searchParams);
  const page = await viewValuations(session, query);
  const t = await getTranslations('valuations');
  const table = await getTranslations('desk.table');
  const { path } = DESK_PLACES.valuations;
  const parts = { locale, path, spec: VALUATION_TABLE, query };
  const columns = [
    { key: 'day', label: t('columns.day') },
    { key: 'revision', label: t('columns.revision'), figure: true },
    { key: 'state', label: t('columns.state') },
    { key: 'reason', label: t('columns.reason') },
    { key: 'source', label: t('columns.source') },
    { key: 'assets', label: t('columns.assets'), figure: true },
    { key: 'prices', label: t('columns.prices'), figure: true },
  ].map((column) => sortable(parts, column));
  const cells = (line: ValuationLine) => [
    <Link key="day" href={localePath(locale, `${path}/${line.date}`)}>
      {formatDate(locale, line.date)}
    </Link>,
    String(line.revision),
    t(`state.${line.state}`),
    line.reason ? t(`reason.${line.reason}`) : t('none'),
    t(`source.${line.source}`),
    line.netAssetsUsdMinor === null ? t('none') : formatMoney(locale, line.netAssetsUsdMinor, 'USD'),
    line.classes
      .map(({ price, currency, priceDecimals }) => formatPrice(locale, price, currency, priceDecimals))
      .join(' / ') || t('none'),
  ];
  return (
    <>
      <DeskHeading
        title={t('title')}
        lead={t('lead')}
        act={
          mayPropose(session.role) && (
            <LinkButton look="secondary" href={localePath(locale, `${path}/import`)}>
              {t('import.title')}
            </LinkButton>
          )
        }
      />
      <TableFilter
        {...(await filterParts(parts))}
        fields={[
          {
            name: 'state',
            label: t('columns.state'),
            value: query.filters.state,
            options: [
              { value: '', label: table('all') },
              ...VALUATION_STATES.map((value) => ({ value, label: t(`state.${value}`) })),
            ],
          },
        ]}
      />
      <DeskTable
        caption={t('title')}
        columns={columns}
        rows={page.rows.map((line) => ({ id: `${line.date}.${line.revision}`, cells: cells(line) }))}
        empty={table('empty')}
      />
      <Pager {...(await pagerParts(parts, page, { file: mayExport(session.role) }))} />
    </>
  );
}

export const generateMetadata = staffMetadata(DESK_PLACES.valuations.roles, metadata);
export default forStaff(DESK_PLACES.valuations.roles, ValuationsPage);
