import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addDays, dealingDays } from '../calendar/dealing-days';
import { PROJECT_SECTORS } from '../states';
import { type Book, modelPrice, portfolioOf, rollBook, scaleMarks } from './book';
import { apartE4, valuationFault } from './check';
import { step, walk } from './market-model';
import { type Balance, type ClassUnits, netAssets, parUsdE12, valueFund, yenInUsdMinor } from './net-assets';
import { readStatement, STATEMENT_HEADER } from './statement';

const US = { id: 1, currency: 'USD', quoteUnits: 1_000n, priceDecimals: 4, parUsdE12: 10n * 10n ** 12n } as const;
const JP = {
  id: 2,
  currency: 'JPY',
  quoteUnits: 10_000n,
  priceDecimals: 0,
  parUsdE12: parUsdE12('JPY', 10_000n, 0, 1_520_000n),
} as const;

const sum = fc.bigInt({ min: 0n, max: 10n ** 15n });
const units = fc.bigInt({ min: 0n, max: 10n ** 12n });
const rate = fc.bigInt({ min: 800_000n, max: 2_500_000n });
const owners = fc.bigInt({ min: 1n, max: 3n * 10n ** 13n });
const balance: fc.Arbitrary<Balance> = fc.record({
  portfolioUsdMinor: sum,
  cashUsdMinor: sum,
  citizensUsdMinor: sum,
  citizensJpyMinor: sum,
  debtUsdMinor: sum,
  feesUsdMinor: sum,
});
const classes = fc.record({ us: units, jp: units }).map(({ us, jp }): ClassUnits[] => [
  { ...US, units: us },
  { ...JP, units: jp },
]);

describe('the value of the fund', () => {
  it('is that of the first day at the first prices', () => {
    // 100 dollars of owners, 3 shares, and 20,000口 at 152 yen a dollar.
    const fund = [
      { ...US, units: 3_000n },
      { ...JP, units: 20_000n },
    ];
    const net = 100_00n + 30_00n + 131_58n;
    const { classes: values, ownersUsdMinor } = valueFund(net, 1_520_000n, 100_00n, fund);
    expect(values.map(({ price }) => price)).toEqual([100_000n, 10_000n]);
    expect(values.map(({ netAssetsUsdMinor }) => netAssetsUsdMinor)).toEqual([30_00n, 131_57n]);
    expect(ownersUsdMinor).toBe(100_01n);
  });

  test('assets less debt less fees is the sum over classes and owners; rounding leaves the owners less than a cent a class', () => {
    fc.assert(
      fc.property(balance, rate, owners, classes, (b, jpyPerUsdE4, par, fund) => {
        const net = netAssets(b, jpyPerUsdE4);
        const value = valueFund(net, jpyPerUsdE4, par, fund);
        const parts = value.classes.reduce((all, { netAssetsUsdMinor }) => all + netAssetsUsdMinor, 0n);
        expect(parts + value.ownersUsdMinor).toBe(net);
        const assets =
          b.portfolioUsdMinor + b.cashUsdMinor + b.citizensUsdMinor + yenInUsdMinor(b.citizensJpyMinor, jpyPerUsdE4);
        expect(net).toBe(assets - b.debtUsdMinor - b.feesUsdMinor);
        // The owners' own part, worked out by itself, is what they get but for what rounding leaves.
        const claims = fund.map(({ units: n, parUsdE12: p, quoteUnits }) => (n * p * 10_000n) / quoteUnits);
        const total = claims.reduce((all, claim) => all + claim, par * 10n ** 14n);
        const exact = value.ownersUsdMinor * total - net * par * 10n ** 14n;
        expect(exact >= 0n && exact < total * BigInt(fund.length)).toBe(true);
      }),
    );
  });

  test('units at the price are the class’s net assets, but for half a step of the price a quote and one smallest part', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), rate, owners, classes, (net, jpyPerUsdE4, par, fund) => {
        for (const [index, value] of valueFund(net, jpyPerUsdE4, par, fund).classes.entries()) {
          const unit = fund[index] ?? { ...US, units: 0n };
          // In smallest parts of the currency, times a hundred: cents have two decimals, prices in dollars four.
          const step = unit.currency === 'USD' ? 1n : 100n;
          const distance = (unit.units * value.price * step) / unit.quoteUnits - value.netAssetsMinor * 100n;
          const room = (unit.units * step) / (2n * unit.quoteUnits) + 101n;
          expect(distance <= room && distance >= -room).toBe(true);
        }
      }),
    );
  });

  test('more net assets never lower a price, and more yen for a dollar never lower the price in yen', () => {
    const positive = fc.bigInt({ min: 1n, max: 10n ** 15n });
    fc.assert(
      fc.property(positive, positive, rate, rate, owners, classes, (a, b, first, second, par, fund) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        const [low, high] = first < second ? [first, second] : [second, first];
        const prices = (net: bigint, r: bigint) => valueFund(net, r, par, fund).classes.map(({ price }) => price);
        const [poor, rich, weak] = [prices(less, low), prices(more, low), prices(less, high)];
        expect(poor.every((price, n) => price <= (rich[n] ?? 0n))).toBe(true);
        expect((poor[1] ?? 0n) <= (weak[1] ?? 0n) && poor[0] === weak[0]).toBe(true);
      }),
    );
  });

  it('is nobody’s where nobody has a claim', () => {
    expect(() => valueFund(1n, 1_500_000n, 0n, [{ ...US, units: 0n }])).toThrow(RangeError);
  });
});

describe('the market model', () => {
  const model = walk('seed');

  it('is the same on every machine', () => {
    expect(['2026-11-18', '2026-11-19', '2030-02-01'].map((date) => step('seed', 'market', date))).toEqual(
      ['2026-11-18', '2026-11-19', '2030-02-01'].map((date) => {
        const bytes = createHash('sha256').update(`seed market ${date}`).digest();
        return BigInt([...bytes.subarray(0, 4)].reduce((all, byte) => all + byte, 0) - 510);
      }),
    );
    expect(walk('seed').midRate('2026-11-18', 1_500_000n)).toBe(model.midRate('2026-11-18', 1_500_000n));
    expect(walk('other').midRate('2026-11-18', 1_500_000n)).not.toBe(model.midRate('2026-11-18', 1_500_000n));
  });

  it('stays believable for ten years', () => {
    let rateE4 = 1_520_000n;
    let value = 1_000_000n;
    for (const date of dealingDays('2026-11-18', '2036-11-18')) {
      rateE4 = model.midRate(date, rateE4) ?? 0n;
      expect(rateE4 > 1_200_000n && rateE4 < 1_900_000n).toBe(true);
      const returns = PROJECT_SECTORS.map((sector) => model.sectorReturnE6(date, sector));
      for (const returnE6 of returns) expect(returnE6 > -30_000n && returnE6 < 30_000n).toBe(true);
      value += (value * (returns[0] ?? 0n)) / 1_000_000n;
    }
    expect(value > 800_000n && value < 6_000_000n).toBe(true);
  });
});

const book = (marks: readonly bigint[], date = '2026-11-17'): Book => ({
  date,
  marks: marks.map((valueUsdMinor, n) => ({
    projectId: n + 1,
    slug: `p${n}`,
    sector: PROJECT_SECTORS[n % PROJECT_SECTORS.length] ?? 'GRID',
    valueUsdMinor,
  })),
  cashUsdMinor: 36_500_000n,
  debtUsdMinor: 18_250_000n,
  feesUsdMinor: 700n,
  netAssetsUsdMinor: 36_500_000n,
});
const marks = fc.array(fc.bigInt({ min: 1n, max: 10n ** 13n }), { minLength: 1, maxLength: 12 });

describe('the books', () => {
  const model = { ...walk('seed'), projectReturnE6: () => 10_000n };

  it('take interest and the fee for each calendar day, and pay the fee when the month is over', () => {
    // From Tuesday to Friday: 3 days of 40 and minus 22.5 dollars of interest, and of 3 dollars of fee.
    const rolled = rollBook(book([100n, 50n]), '2026-11-20', model, 3_000n);
    expect(rolled.marks.map(({ valueUsdMinor }) => valueUsdMinor)).toEqual([101n, 51n]);
    expect(rolled.cashUsdMinor).toBe(36_500_000n + 12_000n - 6_750n);
    expect(rolled.feesUsdMinor).toBe(700n + 900n);
    const next = rollBook(book([100n], '2026-11-30'), '2026-12-01', model, 3_000n);
    expect(next.cashUsdMinor).toBe(36_500_000n + 4_000n - 2_250n - 700n);
    expect(next.feesUsdMinor).toBe(300n);
    expect(() => rollBook(book([1n]), '2026-11-17', model, 0n)).toThrow(RangeError);
  });

  test('a portfolio that was scaled has the sum that was asked for, in the old proportions', () => {
    fc.assert(
      fc.property(marks, fc.bigInt({ min: 0n, max: 10n ** 14n }), (values, wanted) => {
        const before = book(values).marks;
        const after = scaleMarks(before, wanted);
        expect(portfolioOf(after)).toBe(wanted);
        for (const [n, mark] of after.slice(1).entries()) {
          const exact = (before[n + 1]?.valueUsdMinor ?? 0n) * wanted;
          expect(mark.valueUsdMinor).toBe(exact / portfolioOf(before));
        }
      }),
    );
  });

  test('a fund that earns what the model says is where the model expects it', () => {
    fc.assert(
      fc.property(marks, rate, rate, fc.integer({ min: 1, max: 300 }), (values, then, now, days) => {
        const even = { ...walk('seed'), cashRateE6: 0n, debtRateE6: 0n };
        const exact = {
          ...even,
          projectReturnE6: (date: string, { sector }: { sector: 'GRID' }) => even.sectorReturnE6(date, sector),
        };
        const start = { ...book(values), debtUsdMinor: 0n, feesUsdMinor: 0n, cashUsdMinor: 10n ** 12n };
        const first: Book = { ...start, netAssetsUsdMinor: portfolioOf(start.marks) + 10n ** 12n };
        const date = addDays(first.date, days);
        const rolled = rollBook(first, date, exact as never, 0n);
        const par = first.netAssetsUsdMinor;
        const price = (net: bigint, r: bigint) =>
          valueFund(net, r, par, [
            { ...US, units: 0n },
            { ...JP, units: 0n },
          ]).classes;
        const before = price(first.netAssetsUsdMinor, then);
        const after = price(portfolioOf(rolled.marks) + rolled.cashUsdMinor, now);
        for (const [n, unit] of [US, JP].entries()) {
          const expected =
            modelPrice(first, date, even, unit, { price: before[n]?.price ?? 0n, jpyPerUsdE4: then }, now) ?? 0n;
          const distance = expected - (after[n]?.price ?? 0n);
          expect(distance >= -3n && distance <= 3n).toBe(true);
        }
      }),
    );
  });

  it('expect nothing without a rate', () => {
    const before = { price: 100_000n, jpyPerUsdE4: 1_500_000n };
    expect(modelPrice(book([1n]), '2026-11-18', walk('seed'), US, before, null)).toBeNull();
  });
});

describe('the check', () => {
  const limits = { toleranceE4: 100n, jumpE4: 500n };
  const sound = { hasRate: true, baseIsDayBefore: true, netAssetsUsdMinor: 1n };
  const check = (price: bigint | null, model: bigint | null, more: Partial<typeof sound> = {}) =>
    valuationFault({ ...sound, ...more, prices: [{ price, model, before: 10_000n }] }, limits);

  it.each([
    ['is on the model', 10_100n, 10_100n, null],
    ['is at the tolerance', 10_100n, 10_000n, null],
    ['is a hair past it', 10_101n, 10_000n, 'OUT_OF_TOLERANCE'],
    ['is below it', 9_899n, 10_000n, 'OUT_OF_TOLERANCE'],
    ['has no model', 10_000n, null, 'OUT_OF_TOLERANCE'],
    ['jumped as far as it may', 10_500n, 10_500n, null],
    ['jumped further', 10_501n, 10_501n, 'JUMP'],
    ['fell further', 9_499n, 9_499n, 'JUMP'],
    ['is nothing', 0n, 10_000n, 'NOT_POSITIVE'],
    ['is less than nothing', -1n, 10_000n, 'NOT_POSITIVE'],
    ['is not there', null, 10_000n, 'NOT_POSITIVE'],
  ] as const)('a price that %s', (_, price, model, reason) => {
    expect(check(price, model)).toBe(reason);
  });

  it('says first what joint approval cannot lift', () => {
    expect(check(1n, 1n, { baseIsDayBefore: false, hasRate: false })).toBe('STALE');
    expect(check(null, null, { hasRate: false })).toBe('MISSING_RATE');
    expect(check(20_000n, 10_000n, { netAssetsUsdMinor: 0n })).toBe('NOT_POSITIVE');
    expect(apartE4(10_001n, 10_000n)).toBe(1n);
  });
});

describe('a valuation from a file', () => {
  const file = (row: string, header = STATEMENT_HEADER) => readStatement(`${header}\n${row}`);

  it.each([
    ['2026-11-18,318000000000.25,151.2', 31_800_000_000_025n, 1_512_000n],
    ['2026-11-18,0.00,', 0n, null],
    ['2026-11-18,-5.10,151.2345', -510n, 1_512_345n],
  ])('%s', (row, netAssetsUsdMinor, jpyPerUsdE4) => {
    expect(file(row)).toEqual({ ok: true, value: { date: '2026-11-18', netAssetsUsdMinor, jpyPerUsdE4 } });
  });

  it('comes from spreadsheets too', () => {
    expect(readStatement(`\ufeff${STATEMENT_HEADER}\r\n2026-11-18,1.00,150.0\r\n`)).toMatchObject({ ok: true });
  });

  it.each([
    ['', 'form.required'],
    [`${STATEMENT_HEADER}`, 'valuation.file-shape'],
    [`nav_date,net_assets,usd_jpy\n2026-11-18,1.00,150.0`, 'valuation.file-shape'],
    [`${STATEMENT_HEADER}\n2026-11-18,1.00`, 'valuation.file-shape'],
    [`${STATEMENT_HEADER}\n2026-11-18,1,000.00,150.0`, 'valuation.file-shape'],
    [`${STATEMENT_HEADER}\n2026-11-18,1.00,150.0\n2026-11-19,1.00,150.0`, 'valuation.file-shape'],
    [`${STATEMENT_HEADER}\n2026-02-30,1.00,150.0`, 'valuation.file-numbers'],
    [`${STATEMENT_HEADER}\n2026-11-18,1,150.0`, 'valuation.file-numbers'],
    [`${STATEMENT_HEADER}\n2026-11-18,1e9,150.0`, 'valuation.file-numbers'],
    [`${STATEMENT_HEADER}\n2026-11-18,=1.00,150.0`, 'valuation.file-numbers'],
    [`${STATEMENT_HEADER}\n2026-11-18,１.00,150.0`, 'valuation.file-numbers'],
    [`${STATEMENT_HEADER}\n2026-11-18,999999999999999.00,150.0`, 'valuation.file-numbers'],
    [`${STATEMENT_HEADER}\n2026-11-18,1.00,0.0`, 'valuation.file-numbers'],
  ])('%j is refused', (text, code) => {
    expect(readStatement(text)).toEqual({ ok: false, error: { code } });
  });

  it('is short', () => {
    expect(file('9'.repeat(100_000))).toEqual({ ok: false, error: { code: 'valuation.file-shape' } });
  });

  test('nothing that is sent throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (row) => void file(row)));
  });
});
