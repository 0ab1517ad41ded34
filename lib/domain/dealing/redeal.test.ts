/** A day that is dealt again: what stands, what changes, and who bears what cannot be taken back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountForUnits, type ClassQuotation, unitsForAmount } from '../orders/pricing';
import { priceOfPurchase } from './amounts';
import { bridge, type DealtPurchase, isRedealt, redealPurchases, redealRedemption, redealtCost } from './redeal';
import type { ClassTerms } from './run';

const JP: ClassQuotation = { currency: 'JPY', unitDecimals: 0, quoteUnits: 10_000n, priceDecimals: 0 };
const TERMS: ClassTerms = { ...JP, levyE4: 30n, gateE4: 1_000n, authorisedUnits: 1_000_000n };
const price = fc.bigInt({ min: 5_000n, max: 20_000n });
const sum = fc.bigInt({ min: 0n, max: 1_000_000n });

test.each([
  [10_000n, 10_049n, false],
  [10_000n, 10_050n, true],
  [10_000n, 9_951n, false],
  [10_000n, 9_950n, true],
  [10_001n, 10_051n, false],
  [10_001n, 10_052n, true],
  [10_000n, 10_000n, false],
])('dealt at %s and corrected to %s: dealt again is %s', (before, after, again) => {
  expect(isRedealt(before, after)).toBe(again);
});

describe('purchases', () => {
  const dealt = (id: string, number: bigint, reservedMinor: bigint, at: bigint, more: Partial<DealtPurchase> = {}) => ({
    ...{ id, number, reservedMinor, askedUnits: null, lapsed: false },
    units: priceOfPurchase(reservedMinor, null, at, TERMS).units,
    ...more,
  });

  test('get what their cash buys at the corrected price; what lapsed stays lapsed', () => {
    const orders = [dealt('a', 1n, 20_000n, 10_000n), dealt('b', 2n, 1n, 20_001n, { lapsed: true, units: 0n })];
    expect(redealPurchases(orders, 10_523n, 1_000n, TERMS)).toEqual([
      { id: 'a', units: 19_005n, costMinor: 19_999n, releaseMinor: 1n },
      { id: 'b', units: 0n, costMinor: 0n, releaseMinor: 1n },
    ]);
  });

  test('keep their units where the class has no more, first come first, and pay less for them', () => {
    const orders = [dealt('late', 2n, 10_000n, 10_000n), dealt('first', 1n, 10_000n, 10_000n)];
    expect(redealPurchases(orders, 8_000n, 2_500n, TERMS)).toEqual([
      { id: 'first', units: 12_500n, costMinor: 10_000n, releaseMinor: 0n },
      { id: 'late', units: 10_000n, costMinor: 8_000n, releaseMinor: 2_000n },
    ]);
  });

  test('never cost more than was set aside, nor another price', () => {
    const order = fc.record({
      ...{
        reservedMinor: fc.bigInt({ min: 1n, max: 500_000n }),
        askedUnits: fc.option(fc.bigInt({ min: 1n, max: 500_000n })),
      },
    });
    fc.assert(
      fc.property(fc.array(order, { maxLength: 12 }), price, price, sum, (list, at, corrected, room) => {
        const orders = list.map((one, n) => ({
          ...{ ...one, id: `${n}`, number: BigInt(n), lapsed: false },
          units: priceOfPurchase(one.reservedMinor, one.askedUnits, at, TERMS).units,
        }));
        const again = redealPurchases(orders, corrected, room, TERMS);
        let more = 0n;
        for (const [n, { units, costMinor, releaseMinor }] of again.entries()) {
          const { reservedMinor, units: had } = orders[n] as (typeof orders)[number];
          expect(costMinor + releaseMinor).toBe(reservedMinor);
          expect(releaseMinor >= 0n).toBe(true);
          expect(costMinor).toBe(amountForUnits(units, corrected, TERMS));
          expect(units <= unitsForAmount(reservedMinor, corrected, TERMS)).toBe(true);
          if (units > had) more += units - had;
        }
        expect(more <= room).toBe(true);
      }),
    );
  });

  test('corrected back, are what they were', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 500_000n }), price, price, (reservedMinor, at, wrong) => {
        const once = redealPurchases([dealt('a', 1n, reservedMinor, at)], wrong, 10_000_000n, TERMS);
        const back = redealPurchases(
          [{ ...dealt('a', 1n, reservedMinor, at), units: once[0]?.units ?? 0n }],
          at,
          10_000_000n,
          TERMS,
        );
        expect(back[0]).toEqual({ id: 'a', ...priceOfPurchase(reservedMinor, null, at, TERMS) });
      }),
    );
  });
});

test('a redemption pays the corrected price, levy and all', () => {
  expect(redealRedemption(1_000n, 10_523n, TERMS)).toEqual({ grossMinor: 1_052n, levyMinor: 3n, payoutMinor: 1_049n });
});

describe('what the fund lends for a reversal', () => {
  const moved = fc.record({ backMinor: sum, backUnits: sum, againMinor: sum, againUnits: sum });
  const free = fc.record({ minor: sum, units: sum });

  test('keeps everybody at or above nothing, and is borne only so far as they have nothing free', () => {
    fc.assert(
      fc.property(moved, free, (one, has) => {
        const { lentMinor, lentUnits, returnedMinor, returnedUnits } = bridge(one, has);
        // During the reversal, and at the end.
        expect(has.minor + lentMinor - one.backMinor >= 0n && has.units + lentUnits - one.backUnits >= 0n).toBe(true);
        const minor = has.minor + lentMinor - one.backMinor + one.againMinor - returnedMinor;
        const units = has.units + lentUnits - one.backUnits + one.againUnits - returnedUnits;
        expect(minor >= 0n && units >= 0n).toBe(true);
        if (lentMinor > returnedMinor) expect(minor).toBe(0n);
        if (lentUnits > returnedUnits) expect(units).toBe(0n);
        // Whoever has enough for the difference bears it all.
        if (has.minor + one.againMinor >= one.backMinor) expect(returnedMinor).toBe(lentMinor);
        if (has.units + one.againUnits >= one.backUnits) expect(returnedUnits).toBe(lentUnits);
      }),
    );
  });
});

describe('the cost of a holding', () => {
  test.each([
    [{ units: 1_000n, costMinor: 1_000n }, { units: 1_000n, costMinor: 1_000n }, 1_010n, 990n, 1_010n],
    [{ units: 500n, costMinor: 500n }, { units: 1_000n, costMinor: 1_000n }, 1_011n, 490n, 506n],
    [{ units: 500n, costMinor: 500n }, { units: 1_000n, costMinor: 1_000n }, 989n, 490n, 495n],
    [{ units: 3_000n, costMinor: 2_500n }, { units: 1_000n, costMinor: 1_000n }, 1_010n, 2_990n, 2_510n],
    [{ units: 0n, costMinor: 0n }, { units: 1_000n, costMinor: 1_000n }, 1_010n, 0n, 0n],
    [{ units: 10n, costMinor: 3n }, { units: 0n, costMinor: 0n }, 7n, 20n, 10n],
    [{ units: 10n, costMinor: 3n }, { units: 10n, costMinor: 9n }, 1n, 10n, 0n],
  ])('%o of which %o was bought, now for %s, with %s units in the end: %s', (has, bought, costMinor, after, cost) => {
    expect(redealtCost(has, bought, { costMinor }, after)).toBe(cost);
  });
});
