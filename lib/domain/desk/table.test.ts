import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_PAGE, readTable, type TableSpec, tableSearch } from './table';

const SPEC: TableSpec<'placed' | 'amount', 'state'> = {
  sorts: ['placed', 'amount'],
  start: { sort: 'placed', descending: true },
  filters: { state: ['OPEN', 'CLOSED'] },
};

describe('readTable', () => {
  test('without anything said it is the table’s own start', () => {
    expect(readTable(SPEC, {})).toEqual({ sort: 'placed', descending: true, page: 1, search: '', filters: {} });
  });

  test('reads what the table knows', () => {
    expect(readTable(SPEC, { sort: 'amount', dir: 'asc', page: '3', q: ' ｅｍｉｌｙ ', state: 'OPEN' })).toEqual({
      sort: 'amount',
      descending: false,
      page: 3,
      search: 'emily',
      filters: { state: 'OPEN' },
    });
  });

  test.each([
    { sort: 'password_hash' },
    { sort: ['amount', 'placed'] },
    { sort: '__proto__' },
    { state: 'DELETED' },
    { state: ['OPEN', 'OPEN'] },
    { page: '0' },
    { page: '-1' },
    { page: '1e3' },
    { page: '1; drop table orders' },
    { q: '\u0000' },
  ])('counts %j as not given', (params) => {
    expect(readTable(SPEC, params)).toEqual(readTable(SPEC, {}));
  });

  test('goes no deeper than the last page', () => {
    expect(readTable(SPEC, { page: '999' }).page).toBe(MAX_PAGE);
  });

  test('any address is a table, and its own address leads back to it', () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('OPEN', 'amount', 'desc', '7', 'placed'));
    const params = fc.dictionary(fc.constantFrom('sort', 'dir', 'page', 'q', 'state', 'x'), value);
    fc.assert(
      fc.property(params, (given) => {
        const query = readTable(SPEC, given);
        const address = new URLSearchParams(tableSearch(SPEC, query, { page: query.page }));
        expect(readTable(SPEC, Object.fromEntries(address))).toEqual(query);
      }),
    );
  });
});

test('another order or filter begins at the first page', () => {
  const query = readTable(SPEC, { page: '4', q: 'a b' });
  expect(tableSearch(SPEC, query, { filters: { state: 'OPEN' } })).toBe('?q=a+b&state=OPEN');
  expect(tableSearch(SPEC, query, { page: 5 })).toBe('?q=a+b&page=5');
});
