import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datesBetween } from '../calendar/dates';
import { isDealingDay } from '../calendar/dealing-days';
import { addMonths } from '../calendar/month';
import { least } from '../money/rounding';
import { type ClassQuotation, unitsForAmount } from '../orders/pricing';
import { priceOfPurchase, priceOfRedemption, redemptionPrice, reserveForUnits } from './amounts';
import { type DealingFacts, type DealingRequest, decideDealing, refuseCancel } from './decide';
import { priceOf } from './forward-price';
import { gateUnits, passGate, type Redeeming } from './gate';
import { type PlanProgress, planDate, resumePlan, takeTurn } from './plan';
import { type ClassTerms, dealPurchases } from './run';

const US: ClassQuotation = { currency: 'USD', unitDecimals: 3, quoteUnits: 1_000n, priceDecimals: 4 };
const JP: ClassQuotation = { currency: 'JPY', unitDecimals: 0, quoteUnits: 10_000n, priceDecimals: 0 };
const quotation = fc.constantFrom(US, JP);
const price = fc.bigInt({ min: 1n, max: 10_000_000n });
const amount = fc.bigInt({ min: 1n, max: 10_000_000_000n });

describe('the price of a session', () => {
  const cutOffAt = new Date('2026-11-18T06:00:00Z');
  const session = { classId: 2, dealingDate: '2026-11-18', cutOffAt };
  const nav = { classId: 2, navDate: '2026-11-18', price: 10_500n, struckAt: new Date('2026-11-18T23:00:00Z') };

  test.each([
    [nav, { ok: true, price: 10_500n }],
    [
      { ...nav, struckAt: cutOffAt },
      { ok: true, price: 10_500n },
    ],
    [
      { ...nav, struckAt: new Date(cutOffAt.getTime() - 1) },
      { ok: false, code: 'nav.before-cut-off' },
    ],
    [
      { ...nav, navDate: '2026-11-17' },
      { ok: false, code: 'nav.other-day' },
    ],
    [
      { ...nav, classId: 1 },
      { ok: false, code: 'nav.other-class' },
    ],
    [
      { ...nav, price: 0n },
      { ok: false, code: 'nav.not-positive' },
    ],
    [
      { ...nav, price: -1n },
      { ok: false, code: 'nav.not-positive' },
    ],
  ])('%o', (struck, decision) => {
    expect(priceOf(struck, session)).toEqual(decision);
  });
});

describe('amounts', () => {
  test('20,000 yen at a 基準価額 of 10,523, and what 1,000口 bring with a levy of 0.3 %', () => {
    expect(priceOfPurchase(20_000n, null, 10_523n, JP)).toEqual({
      units: 19_005n,
      costMinor: 19_999n,
      releaseMinor: 1n,
    });
    expect(redemptionPrice(10_523n, 30n)).toBe(10_491n);
    expect(priceOfRedemption(1_000n, 10_523n, 30n, JP)).toEqual({
      grossMinor: 1_052n,
      levyMinor: 3n,
      payoutMinor: 1_049n,
    });
    expect(priceOfRedemption(1_000n, 10_523n, 0n, JP)).toEqual({
      grossMinor: 1_052n,
      levyMinor: 0n,
      payoutMinor: 1_052n,
    });
    expect(reserveForUnits(10_000n, 10_523n, JP)).toBe(11_576n);
  });

  test('a purchase costs what was set aside or less, in units that are whole, and as many as it can have', () => {
    fc.assert(
      fc.property(amount, fc.option(amount), price, quotation, (reserved, asked, p, q) => {
        const { units, costMinor, releaseMinor } = priceOfPurchase(reserved, asked, p, q);
        expect(costMinor + releaseMinor).toBe(reserved);
        expect(releaseMinor >= 0n && units >= 0n && (asked === null || units <= asked)).toBe(true);
        if (units !== asked) expect(units).toBe(unitsForAmount(reserved, p, q));
      }),
    );
  });

  test('an order by units gets all of them unless the price rose by more than a tenth', () => {
    fc.assert(
      fc.property(amount, price, fc.bigInt({ min: 1n, max: 1_100n }), quotation, (units, last, permille, q) => {
        const now = (last * permille) / 1_000n;
        fc.pre(now > 0n);
        expect(priceOfPurchase(reserveForUnits(units, last, q), units, now, q).units).toBe(units);
      }),
    );
  });

  test('what is bought and redeemed at once never pays', () => {
    fc.assert(
      fc.property(amount, price, fc.bigInt({ min: 0n, max: 500n }), quotation, (reserved, p, levyE4, q) => {
        const { units, costMinor } = priceOfPurchase(reserved, null, p, q);
        const { grossMinor, levyMinor, payoutMinor } = priceOfRedemption(units, p, levyE4, q);
        expect(payoutMinor <= costMinor && levyMinor >= 0n && payoutMinor >= 0n).toBe(true);
        expect(grossMinor).toBe(levyMinor + payoutMinor);
      }),
    );
  });
});

describe('the gate', () => {
  const order = (id: string, number: number, since: string, units: bigint): Redeeming => ({
    ...{ id, number: BigInt(number), since, units },
  });

  test('cuts a day in proportion, after what was deferred before; equal remainders go by acceptance', () => {
    const dealt = passGate(
      [
        order('new', 4, '2026-11-19', 900n),
        order('b', 2, '2026-11-18', 100n),
        order('a', 1, '2026-11-18', 200n),
        order('newer', 5, '2026-11-19', 100n),
      ],
      gateUnits(10_005n, 1_000n),
    );
    expect(Object.fromEntries(dealt)).toEqual({ a: 200n, b: 100n, new: 630n, newer: 70n });
    const tight = passGate([order('x', 2, 'd', 5n), order('y', 1, 'd', 5n), order('z', 3, 'd', 5n)], 4n);
    expect(Object.fromEntries(tight)).toEqual({ x: 1n, y: 2n, z: 1n });
  });

  test('lets the last units of a class leave', () => {
    expect([gateUnits(0n, 1_000n), gateUnits(9n, 1_000n), gateUnits(19n, 1_000n)]).toEqual([0n, 1n, 1n]);
  });

  const orders = fc
    .array(fc.record({ units: amount, day: fc.integer({ min: 10, max: 14 }) }), { maxLength: 30 })
    .map((list) => list.map(({ units, day }, n) => order(`o${n}`, n, `2026-11-${day}`, units)));

  test('is used up exactly, by the earliest first, and by each in proportion to one part', () => {
    fc.assert(
      fc.property(orders, fc.bigInt({ min: 0n, max: 100_000_000_000n }), (list, capacity) => {
        const dealt = passGate(list, capacity);
        const sum = (of: readonly Redeeming[]) => of.reduce((total, { units }) => total + units, 0n);
        const got = list.reduce((total, { id }) => total + (dealt.get(id) ?? 0n), 0n);
        expect(got).toBe(least(sum(list), capacity));
        for (const { id, since, units } of list) {
          const mine = dealt.get(id) ?? 0n;
          const before = sum(list.filter((other) => other.since < since));
          const group = list.filter((other) => other.since === since);
          const left = capacity > before ? capacity - before : 0n;
          const supply = least(left, sum(group));
          // Within one part of the exact share: ⌊units × supply ÷ group⌋ or one more.
          const floor = (units * supply) / sum(group);
          expect(mine === floor || (mine === floor + 1n && mine <= units)).toBe(true);
        }
      }),
    );
  });

  test('and does not depend on the order of the list', () => {
    fc.assert(
      fc.property(orders, fc.bigInt({ min: 0n, max: 10_000_000_000n }), (list, capacity) => {
        expect(new Map([...passGate(list.toReversed(), capacity)].sort())).toEqual(
          new Map([...passGate(list, capacity)].sort()),
        );
      }),
    );
  });
});

describe('purchases', () => {
  const terms: ClassTerms = { ...JP, levyE4: 0n, gateE4: 1_000n, authorisedUnits: 1_000n };
  const buy = (id: string, number: bigint, reservedMinor: bigint) => ({ id, number, reservedMinor, askedUnits: null });

  test('stop at the last unit of the class, first come first; what is too small lapses', () => {
    const outcomes = dealPurchases(
      [buy('late', 3n, 100n), buy('first', 1n, 600n), buy('second', 2n, 500n)],
      10_000n,
      0n,
      terms,
    );
    expect(outcomes.map(({ id, state, units, releaseMinor }) => [id, state, units, releaseMinor])).toEqual([
      ['first', 'PRICED', 600n, 0n],
      ['second', 'LAPSED', 0n, 500n],
      ['late', 'LAPSED', 0n, 100n],
    ]);
    expect(dealPurchases([buy('tiny', 1n, 1n)], 20_000n, 0n, terms)[0]).toMatchObject({
      state: 'LAPSED',
      releaseMinor: 1n,
    });
  });
});

describe('a monthly plan', () => {
  test.each([
    [10, '2026-11', '2026-11-10'],
    [23, '2026-11', '2026-11-24'],
    [31, '2026-11', '2026-11-30'],
    [31, '2027-02', '2027-03-01'],
    [31, '2026-12', '2027-01-04'],
    [3, '2027-05', '2027-05-06'],
  ])('of day %i in %s deals on %s', (day, month, date) => {
    expect(planDate(day, month)).toBe(date);
  });

  test('deals once for each month, on the first dealing day that is not before its day', () => {
    for (let day = 1; day <= 31; day += 1) {
      let last = '';
      for (let month = '2024-01'; month < '2034-01'; month = addMonths(month, 1)) {
        const date = planDate(day, month);
        expect(isDealingDay(date) && date > last).toBe(true);
        const start = `${month}-${String(day).padStart(2, '0')}`;
        if (start < date && start > `${month}-28`) {
          // Between the day and the dealing day there is none, also when the month has no such day.
          expect(
            datesBetween(start, date)
              .slice(0, -1)
              .filter((d) => d !== start && isDealingDay(d)),
          ).toEqual([]);
        }
        last = date;
      }
    }
  });

  test('lapses without cash, pauses at the third time in a row, and forgets lapses that were not in a row', () => {
    const turns = (cash: readonly boolean[]) =>
      cash.reduce<PlanProgress>(
        (plan, enough) => takeTurn(plan, enough ? null : 'order.insufficient-cash')?.plan ?? plan,
        {
          state: 'ACTIVE',
          lapsesInARow: 0,
        },
      );
    expect(turns([false, false])).toEqual({ state: 'ACTIVE', lapsesInARow: 2 });
    expect(turns([false, false, true, false, false])).toEqual({ state: 'ACTIVE', lapsesInARow: 2 });
    expect(turns([false, false, false])).toEqual({ state: 'PAUSED', lapsesInARow: 3 });
    // A paused plan has no turn, whatever cash has come since.
    expect(takeTurn(turns([false, false, false]), null)).toBeNull();
    expect(resumePlan(turns([false, false, false]))).toEqual({ state: 'ACTIVE', lapsesInARow: 0 });
    expect(resumePlan({ state: 'ENDED', lapsesInARow: 0 }).state).toBe('ENDED');
  });
});

describe('the decision', () => {
  const unitClass = { ...JP, classId: 2, country: 'JP', dealing: true, lastPrice: 10_000n } as const;
  const facts: DealingFacts = {
    person: {
      ...{ status: 'ELIGIBLE', country: 'JP', suitabilityExpiresAt: null, openedProspectus: true, agreed: true },
      ...{ availableMinor: 20_000n, freeUnits: 5_000n },
    },
    unitClass,
    expectedDate: '2026-11-18',
    dealingDate: '2026-11-18',
    now: new Date('2026-11-18T03:00:00Z'),
  };
  const buy: DealingRequest = { kind: 'BUY_AMOUNT', amountMinor: 20_000n };
  const sell: DealingRequest = { kind: 'SELL_UNITS', units: 5_000n };
  const all: DealingRequest = { kind: 'SELL_ALL' };
  const outcome = (request: DealingRequest, change: Partial<DealingFacts> = {}, person: object = {}) => {
    const decision = decideDealing({ ...facts, ...change, person: { ...facts.person, ...person } }, request);
    return decision.ok ? decision.value : decision.code;
  };

  test('sets cash aside for a purchase and units for the others', () => {
    expect(outcome(buy)).toEqual({ reservedMinor: 20_000n, reservedUnits: 0n });
    expect(outcome({ kind: 'BUY_UNITS', units: 10_000n })).toEqual({ reservedMinor: 11_000n, reservedUnits: 0n });
    expect(outcome(sell)).toEqual({ reservedMinor: 0n, reservedUnits: 5_000n });
    expect(outcome(all)).toEqual({ reservedMinor: 0n, reservedUnits: 5_000n });
  });

  test.each([
    [buy, {}, { status: 'PENDING' }, 'order.not-eligible'],
    [buy, {}, { country: 'US' }, 'order.other-country'],
    [buy, {}, { suitabilityExpiresAt: facts.now }, 'order.suitability-expired'],
    [buy, { unitClass: { ...unitClass, dealing: false } }, {}, 'order.dealing-not-open'],
    [sell, { expectedDate: '2026-11-17' }, {}, 'order.day-changed'],
    [buy, {}, { openedProspectus: false }, 'order.prospectus-not-opened'],
    [buy, {}, { agreed: false }, 'order.consent-missing'],
    [{ kind: 'BUY_AMOUNT', amountMinor: 0n }, {}, {}, 'amount.zero'],
    [{ kind: 'SELL_UNITS', units: 10_000_000_000_001n }, {}, {}, 'amount.too-large'],
    [{ kind: 'BUY_UNITS', units: 1n }, { unitClass: { ...unitClass, lastPrice: null } }, {}, 'order.no-price'],
    [{ kind: 'BUY_AMOUNT', amountMinor: 20_001n }, {}, {}, 'order.insufficient-cash'],
    [{ kind: 'BUY_UNITS', units: 18_182n }, {}, {}, 'order.insufficient-cash'],
    [{ kind: 'SELL_UNITS', units: 5_001n }, {}, {}, 'order.insufficient-units'],
    [all, {}, { freeUnits: 0n }, 'order.insufficient-units'],
    [sell, {}, { status: 'FROZEN' }, 'order.not-eligible'],
  ] as const)('%o %o %o → %s', (request, change, person, code) => {
    expect(outcome(request, change, person)).toBe(code);
  });

  test('whoever may no longer buy may still redeem', () => {
    const gone = { status: 'INELIGIBLE', country: null, openedProspectus: false, agreed: false };
    expect(outcome(sell, {}, gone)).toEqual({ reservedMinor: 0n, reservedUnits: 5_000n });
    expect(outcome(buy, {}, gone)).toBe('order.not-eligible');
  });

  test.each([
    ['ACCEPTED', '2026-11-18T05:59:59.999Z', null],
    ['ACCEPTED', '2026-11-18T06:00:00Z', 'order.cut-off-passed'],
    ['CUT_OFF', '2026-11-18T05:00:00Z', 'order.cut-off-passed'],
    ['CANCELLED', '2026-11-18T05:00:00Z', 'order.not-waiting'],
    ['PRICED', '2026-11-18T05:00:00Z', 'order.not-waiting'],
  ] as const)('an order that is %s can be cancelled at %s: %s', (state, now, code) => {
    const cutOffAt = new Date('2026-11-18T06:00:00Z');
    expect(refuseCancel({ status: 'ELIGIBLE', state, cutOffAt, now: new Date(now) })).toBe(code);
  });
});
