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
import { COUNTRIES, OFFERING_STATES } from '@/lib/domain/states';
import { formatInstant, formatPercentE4, formatUnits } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { mayDraft, OFFERING_TABLE, type OfferingLine, viewDeskOfferings } from '@/lib/services/view-desk-offerings';
import { forStaff, staffMetadata } from '../for-staff';
import { filterParts, pagerParts, sortable } from '../table-parts';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

async function metadata(): Promise<Metadata> {
  return { title: (await getTranslations('desk'))('offerings.title') };
}

/** Every offering, drafts too, with what has been sold of it. */
async function DeskOfferingsPage({ params, searchParams }: PageProps<'/[locale]/operator/offerings'>) {
  const session = await requireSession(...DESK_PLACES.offerings.roles);
  const locale = asLocale((await params).locale);
  const query = readTable(OFFERING_TABLE, await searchParams);
  const page = await viewDeskOfferings(session, query);
  const t = await getTranslations('desk.offerings');
  const table = await getTranslations('desk.table');
  const states = await getTranslations('desk.offering-state');
  const country = await getTranslations('desk.country');
  const { path } = DESK_PLACES.offerings;
  const parts = { locale, path, spec: OFFERING_TABLE, query };
  const all = { value: '', label: table('all') };
  const columns = [
    { key: 'name', label: t('name') },
    { key: 'slug', label: t('slug') },
    { key: 'state', label: t('state') },
    { key: 'class', label: t('class') },
    { key: 'size', label: t('size'), figure: true },
    { key: 'sold', label: t('sold'), figure: true },
    { key: 'opens', label: t('opens') },
    { key: 'closes', label: t('closes') },
  ].map((column) => sortable(parts, column));
  const cells = (line: OfferingLine) => [
    <Link key="name" href={localePath(locale, `${path}/${line.slug}`)}>
      {locale === 'ja' ? line.nameJa : line.nameEn}
    </Link>,
    <span key="slug" lang="en">
      {line.slug}
    </span>,
    states(line.state),
    country(line.country),
    formatUnits(locale, line.sizeUnits, line.unitDecimals),
    formatPercentE4(locale, (line.soldUnits * 10_000n) / line.sizeUnits, 1),
    formatInstant(locale, line.opensAt),
    formatInstant(locale, line.closesAt),
  ];
  return (
    <>
      <DeskHeading
        title={t('title')}
        lead={t('lead')}
        act={mayDraft(session.role) && <LinkButton href={localePath(locale, `${path}/new`)}>{t('new')}</LinkButton>}
      />
      <TableFilter
        {...(await filterParts(parts))}
        search={{ label: t('search'), hint: t('search-hint'), value: query.search }}
        fields={[
          {
            name: 'state',
            label: t('state'),
            value: query.filters.state,
            options: [all, ...OFFERING_STATES.map((value) => ({ value, label: states(value) }))],
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
        rows={page.rows.map((line) => ({ id: line.slug, cells: cells(line) }))}
        empty={table('empty')}
      />
      <Pager {...(await pagerParts(parts, page, { file: mayExport(session.role) }))} />
    </>
  );
}

export const generateMetadata = staffMetadata(DESK_PLACES.offerings.roles, metadata);
export default forStaff(DESK_PLACES.offerings.roles, DeskOfferingsPage);
