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
import { COUNTRIES, IDENTITY_STATES, INVESTOR_STATUSES } from '@/lib/domain/states';
import { formatInstantDate } from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { seesMasked } from '@/lib/services/read-as-staff';
import { classOf, investorTable, type SeenInvestor, viewInvestors } from '@/lib/services/view-investors';
import { forStaff, staffMetadata } from '../for-staff';
import { filterParts, pagerParts, sortable } from '../table-parts';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

async function metadata(): Promise<Metadata> {
  return { title: (await getTranslations('desk'))('investors.title') };
}

/** Every citizen with an account: found by name, address or number, narrowed by where they stand. */
async function InvestorsPage({ params, searchParams }: PageProps<'/[locale]/operator/investors'>) {
  const session = await requireSession(...DESK_PLACES.investors.roles);
  const locale = asLocale((await params).locale);
  const spec = investorTable(session);
  const query = readTable(spec, await searchParams);
  const page = await viewInvestors(session, query);
  const t = await getTranslations('desk.investors');
  const table = await getTranslations('desk.table');
  const states = await getTranslations('desk.identity-state');
  const status = await getTranslations('desk.investor-status');
  const country = await getTranslations('desk.country');
  const parts = { locale, path: DESK_PLACES.investors.path, spec, query };
  const all = { value: '', label: table('all') };
  const columns = [
    { key: 'name', label: t('name') },
    { key: 'email', label: t('email') },
    { key: 'id', label: t('number'), figure: true },
    { key: 'country', label: t('country') },
    { key: 'identity', label: t('identity') },
    { key: 'status', label: t('status') },
    { key: 'joined', label: t('joined'), figure: true },
  ].map((column) => sortable(parts, column));
  const cells = (line: SeenInvestor) => [
    <InvestorLink key="name" locale={locale} line={line} none={t('no-name')} />,
    <span key="email" className="break-all">
      {line.email}
    </span>,
    String(line.investorId),
    country(classOf(line)),
    states(line.identityState),
    status(line.status),
    formatInstantDate(locale, line.joinedAt),
  ];
  return (
    <>
      <DeskHeading title={t('title')} lead={seesMasked(session) ? t('lead-masked') : t('lead')} />
      <TableFilter
        {...(await filterParts(parts))}
        search={{
          label: t('search'),
          hint: seesMasked(session) ? t('search-whole') : t('search-parts'),
          value: query.search,
        }}
        fields={[
          {
            name: 'status',
            label: t('status'),
            value: query.filters.status,
            options: [all, ...INVESTOR_STATUSES.map((value) => ({ value, label: status(value) }))],
          },
          {
            name: 'identity',
            label: t('identity'),
            value: query.filters.identity,
            options: [all, ...IDENTITY_STATES.map((value) => ({ value, label: states(value) }))],
          },
          {
            name: 'country',
            label: t('country'),
            value: query.filters.country,
            options: [all, ...COUNTRIES.map((value) => ({ value, label: country(value) }))],
          },
        ]}
      />
      <DeskTable
        caption={t('title')}
        columns={columns}
        rows={page.rows.map((line) => ({ id: String(line.investorId), cells: cells(line) }))}
        empty={table('empty')}
      />
      <Pager {...(await pagerParts(parts, page, { file: mayExport(session.role) }))} />
    </>
  );
}

function InvestorLink({ locale, line, none }: { locale: Locale; line: SeenInvestor; none: string }) {
  return (
    <Link
      href={localePath(locale, `${DESK_PLACES.investors.path}/${line.investorId}`)}
      className="inline-flex min-h-6 items-center"
    >
      {line.name ? <Written>{line.name}</Written> : none}
    </Link>
  );
}

export const generateMetadata = staffMetadata(DESK_PLACES.investors.roles, metadata);
export default forStaff(DESK_PLACES.investors.roles, InvestorsPage);
