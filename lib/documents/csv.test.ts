import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvResponse, csvText, safeCell, safeFileName } from './csv';

describe('safeCell', () => {
  test.each([
    '=1+1',
    '+1 800',
    '-cmd|x',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠A1',
    '-1-1',
    '-',
    '--1',
    '-1e5',
    '+1',
  ])('is afraid of %j', (text) => {
    expect(safeCell(text)).toBe(`'${text}`);
  });

  test.each(['-1', '-1234.56', '0', '1234.5', '', 'Carter', '髙橋 美咲', 'a=b', '2026-11-18', '−1'])(
    'leaves %j as it is',
    (text) => {
      expect(safeCell(text)).toBe(text);
    },
  );

  test('whatever follows, no text begins like a formula unless it is a number', () => {
    const start = fc.constantFrom(...'=+-@\t\r\n＝＋－＠');
    const rest = fc.oneof(fc.string({ maxLength: 12 }), fc.integer().map(String));
    fc.assert(
      fc.property(start, rest, (sign, text) => {
        const cell = safeCell(sign + text);
        if (!cell.startsWith("'")) expect(cell).toMatch(/^-[0-9.]+$/);
      }),
    );
  });
});

test('begins with the mark that tells Excel its letters, once', () => {
  expect(csvText([['注文番号', 'a"b,c']], { begin: true })).toBe('\uFEFF注文番号,"a""b,c"\r\n');
  expect(csvText([['-12.50', 'two\nlines']], { begin: false })).toBe('-12.50,"two\nlines"\r\n');
});

test.each([
  ['orders-2026-11-18', 'orders-2026-11-18'],
  ['../../etc/passwd', 'etc-passwd'],
  ['a"\r\nset-cookie: x=1', 'a-set-cookie-x-1'],
  ['注文', 'table'],
  ['', 'table'],
])('%j names the file %s', (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});

describe('csvResponse', () => {
  test('asks for a batch when the reader wants one, and never for all of them', async () => {
    let made = 0;
    async function* batches() {
      for (; made < 1_000; made += 1) yield [[String(made)]];
    }
    const response = csvResponse('numbers', ['n'], batches());
    const reader = response.body?.getReader();
    for (let i = 0; i < 3; i += 1) await reader?.read();
    expect(made).toBeLessThan(5);
    await reader?.cancel();
  });

  test('is whole at its end, and broken off where a batch fails', async () => {
    async function* good() {
      yield [['1'], ['2']];
      yield [['3']];
    }
    expect(await csvResponse('n', ['n'], good()).text()).toBe('n\r\n1\r\n2\r\n3\r\n');
    async function* bad() {
      yield [['1']];
      throw new Error('the session has ended');
    }
    await expect(csvResponse('n', ['n'], bad()).text()).rejects.toThrow('the session has ended');
  });
});
