/** The parts of a table's page that follow from what it was asked for: the links of its heads, its filter, its pager. */
import { getTranslations } from 'next-intl/server';
import type { DeskColumn } from '@/components/ui/desk-table';
import { MAX_PAGE, PAGE_SIZE, type TableQuery, type TableSpec, tableSearch } from '@/lib/domain/desk/table';
import { formatInteger } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';

type Table<S extends string, F extends string> = {
  locale: Locale;
  /** Of the table's page. */
  path: `/${string}`;
  spec: TableSpec<S, F>;
  query: TableQuery<S, F>;
};

/** A head that sorts; a second click turns the order round. Columns that the spec does not sort by stay plain. */
export function sortable<S extends string, F extends string>(
  { locale, path, spec, query }: Table<S, F>,
  column: DeskColumn,
): DeskColumn {
  const sort = spec.sorts.find((known) => known === column.key);
  if (sort === undefined) return column;
  const isNow = query.sort === sort;
  const descending = isNow ? !query.descending : column.figure === true;
  return {
    ...column,
    sort: {
      href: localePath(locale, `${path}${tableSearch(spec, query, { sort, descending })}`),
      now: isNow ? (query.descending ? 'descending' : 'ascending') : 'none',
    },
  };
}

/** What both the filter's form and its way back need. */
export async function filterParts<S extends string, F extends string>({ locale, path, spec, query }: Table<S, F>) {
  const t = await getTranslations('desk.table');
  const isFiltered = query.search !== '' || Object.keys(query.filters).length > 0;
  const order = { search: '', filters: {} } satisfies Partial<TableQuery<S, F>>;
  return {
    label: t('filter'),
    action: localePath(locale, path),
    hidden: Object.fromEntries(
      [...new URLSearchParams(tableSearch(spec, query, order))].filter(([name]) => name !== 'page'),
    ),
    show: t('show'),
    clear: isFiltered
      ? { label: t('clear'), href: localePath(locale, `${path}${tableSearch(spec, query, order)}`) }
      : null,
  };
}

export async function pagerParts<S extends string, F extends string>(
  { locale, path, spec, query }: Table<S, F>,
  { rows, count, more }: { rows: readonly unknown[]; count: number; more: boolean },
  options: { file: boolean },
) {
  const t = await getTranslations('desk.table');
  const start = (query.page - 1) * PAGE_SIZE;
  const to = (page: number) => localePath(locale, `${path}${tableSearch(spec, query, { page })}`);
  const figures = {
    from: formatInteger(locale, rows.length === 0 ? 0 : start + 1),
    to: formatInteger(locale, start + rows.length),
    count: formatInteger(locale, count),
  };
  const hasNext = rows.length === PAGE_SIZE && (more || start + rows.length < count) && query.page < MAX_PAGE;
  return {
    label: t('pages'),
    range: rows.length === 0 ? t('range-none') : t(more ? 'range-more' : 'range', figures),
    previous: query.page > 1 ? { label: t('previous'), href: to(query.page - 1) } : null,
    next: hasNext ? { label: t('next'), href: to(query.page + 1) } : null,
    file: options.file ? { label: t('csv'), href: localePath(locale, `${path}/csv${tableSearch(spec, query)}`) } : null,
  };
}
