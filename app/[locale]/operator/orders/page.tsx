import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { DeskHeading } from '@/components/ui/desk-heading';
import { DeskTable } from '@/components/ui/desk-table';
import { Pager } from '@/components/ui/pager';
import { TableFilter } from '@/components/ui/table-filter';
import { Written } from '@/components/ui/written';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES, mayExport } from '@/lib/domain/desk/places';
import { readTable } from '@/lib/domain/desk/table';
import { COUNTRIES, ORDER_STATES } from '@/lib/domain/states';
import { formatInstant, formatMoney, formatUnits } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { seesMasked } from '@/lib/services/read-as-staff';
import { ORDER_TABLE, type SeenOrder, viewOrders } from '@/lib/services/view-orders';
import { forStaff, staffMetadata } from '../for-staff';
import { filterParts, pagerParts, sortable } from '../table-parts';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

async function metadata(): Promise<Metadata> {
  return { title: (await getTranslations('desk'))('orders.title') };
}

/** Every order of everybody, the newest first. */
async function OrdersPage({ params, searchParams }: PageProps<'/[locale]/operator/orders'>) {
  const session = await requireSession(...DESK_PLACES.orders.roles);
  const locale = asLocale((await params).locale);
  const query = readTable(ORDER_TABLE, await searchParams);
  const page = await viewOrders(session, query);
  const t = await getTranslations('desk.orders');
  const table = await getTranslations('desk.table');
  const order = await getTranslations('order');
  const country = await getTranslations('desk.country');
  const parts = { locale, path: DESK_PLACES.orders.path, spec: ORDER_TABLE, query };
  const all = { value: '', label: table('all') };
  const columns = [
    { key: 'number', label: t('number') },
    { key: 'placed', label: t('placed') },
    { key: 'investor', label: t('investor') },
    { key: 'offering', label: t('offering') },
    { key: 'kind', label: t('kind') },
    { key: 'amount', label: t('amount'), figure: true },
    { key: 'units', label: t('units'), figure: true },
    { key: 'state', label: t('state') },
  ].map((column) => sortable(parts, column));
  const cells = (line: SeenOrder) => [
    String(line.number),
    formatInstant(locale, line.placedAt),
    <Link key="investor" href={localePath(locale, `${DESK_PLACES.investors.path}/${line.investorId}`)}>
      {line.name ? <Written>{line.name}</Written> : line.email}
    </Link>,
    line.offeringName[locale],
    order(`kind.${line.kind}`),
    formatMoney(locale, line.amountMinor, line.currency),
    formatUnits(locale, line.units, line.unitDecimals),
    line.refunded ? order('refunded') : order(`state.${line.state}`),
  ];
  return (
    <>
      <DeskHeading title={t('title')} lead={t('lead')} />
      <TableFilter
        {...(await filterParts(parts))}
        search={{
          label: t('search'),
          hint: seesMasked(session) ? t('search-whole') : t('search-parts'),
          value: query.search,
        }}
        fields={[
          {
            name: 'state',
            label: t('state'),
            value: query.filters.state,
            options: [all, ...ORDER_STATES.map((value) => ({ value, label: order(`state.${value}`) }))],
          },
          {
            name: 'class',
            label: t('class'),
            value: query.filters.class,
            options: [all, ...COUNTRIES.map((value) => ({ value, label: country(value) }))],
          },
        ]}
      />
      <DeskTable
        caption={t('title')}
        columns={columns}
        rows={page.rows.map((line) => ({ id: String(line.number), cells: cells(line) }))}
        empty={table('empty')}
      />
      <Pager {...(await pagerParts(parts, page, { file: mayExport(session.role) }))} />
    </>
  );
}

export const generateMetadata = staffMetadata(DESK_PLACES.orders.roles, metadata);
export default forStaff(DESK_PLACES.orders.roles, OrdersPage);
