/**
 * What a table of the desk is asked for, read from an address: sorted by what, filtered to what, which page. Everything is optional, and whatever
 * the table does not know counts as not given, so that no address can break a page or reach into its statement.
 */
export type TableSpec<S extends string = string, F extends string = string> = {
  sorts: readonly S[];
  start: { sort: S; descending: boolean };
  /** The values that each filter lets through. */
  filters: Record<F, readonly string[]>;
};

export type TableQuery<S extends string = string, F extends string = string> = {
  sort: S;
  descending: boolean;
  /** From 1. */
  page: number;
  search: string;
  filters: Partial<Record<F, string>>;
};

export const PAGE_SIZE = 50;
/** Deeper than this nobody reads: a filter finds it sooner, and the file holds everything. */
export const MAX_PAGE = 200;
const MAX_SEARCH = 100;

type Params = Record<string, string | string[] | undefined>;

export function readTable<S extends string, F extends string>(spec: TableSpec<S, F>, params: Params): TableQuery<S, F> {
  const one = (name: string): string => {
    const value = params[name];
    return typeof value === 'string' ? value : '';
  };
  const sort = spec.sorts.find((known) => known === one('sort'));
  const page = /^[1-9][0-9]{0,2}$/.test(one('page')) ? Math.min(Number(one('page')), MAX_PAGE) : 1;
  const filters: Partial<Record<F, string>> = {};
  for (const name of Object.keys(spec.filters) as F[]) {
    const value = spec.filters[name].find((known) => known === one(name));
    if (value !== undefined) filters[name] = value;
  }
  return {
    sort: sort ?? spec.start.sort,
    descending: sort === undefined ? spec.start.descending : one('dir') === 'desc',
    page,
    search: searchText(one('q')),
    filters,
  };
}

/** Full-width letters and digits are what a Japanese keyboard gives. Control characters are nobody's name, and 0 could not be sent at all. */
const searchText = (raw: string): string =>
  raw
    .slice(0, MAX_SEARCH)
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Surrogate}]/gu, '')
    .trim();

/** The address of the same table with something changed; anything but another page begins at the first again. */
export function tableSearch<S extends string, F extends string>(
  spec: TableSpec<S, F>,
  query: TableQuery<S, F>,
  change: Partial<TableQuery<S, F>> = {},
): '' | `?${string}` {
  const next = { ...query, page: 1, ...change };
  const params = new URLSearchParams();
  if (next.search) params.set('q', next.search);
  for (const name of Object.keys(spec.filters) as F[]) {
    const value = next.filters[name];
    if (value !== undefined) params.set(name, value);
  }
  if (next.sort !== spec.start.sort || next.descending !== spec.start.descending) {
    params.set('sort', next.sort);
    params.set('dir', next.descending ? 'desc' : 'asc');
  }
  if (next.page > 1) params.set('page', String(next.page));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
