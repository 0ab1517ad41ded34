import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountForUnits, type ClassQuotation } from '../orders/pricing';
import { allot } from './allot';
import { applicantsOf, pseudonym } from './applicants';
import { bandEnd } from './figures';
import { ALLOTMENT_METHODS } from './model';
import { settle } from './settlement';

const SEED = '5e'.repeat(32);
const ANN = '0a'.repeat(16);
const BEN = '0b'.repeat(16);
const US: ClassQuotation = { currency: 'USD', unitDecimals: 3, quoteUnits: 1_000n, priceDecimals: 4 };
const JP: ClassQuotation = { currency: 'JPY', unitDecimals: 0, quoteUnits: 10_000n, priceDecimals: 0 };

describe('one person is one applicant (名寄せ)', () => {
  const cap = { lotUnits: 10n, maxUnits: 100n };

  test('two subscriptions of one person count together', () => {
    const subscriptions = [
      { id: BEN, units: 20n },
      { id: ANN, units: 30n },
      { id: BEN, units: 40n },
    ];
    expect(applicantsOf(subscriptions, cap)).toEqual([
      { id: ANN, units: 30n },
      { id: BEN, units: 60n },
    ]);
  });

  test.each(ALLOTMENT_METHODS)('%s: nobody gains by applying twice', (method) => {
    const sale = { method, lotUnits: 10n, offeredUnits: 50n, upsizeUnits: 0n };
    const once = applicantsOf(
      [
        { id: ANN, units: 60n },
        { id: BEN, units: 60n },
      ],
      cap,
    );
    const twice = applicantsOf(
      [
        { id: ANN, units: 60n },
        { id: BEN, units: 20n },
        { id: BEN, units: 40n },
      ],
      cap,
    );
    expect(allot(sale, twice, SEED)).toEqual(allot(sale, once, SEED));
  });

  test('the cap counts what is held already, down to the lot, and never below nothing', () => {
    const asked = [{ id: ANN, units: 80n }];
    const room = (held: bigint) => applicantsOf(asked, { ...cap, heldUnits: new Map([[ANN, held]]) })[0]?.units;
    expect([0n, 20n, 25n, 91n, 100n, 130n].map(room)).toEqual([80n, 80n, 70n, 0n, 0n, 0n]);
    expect(applicantsOf([...asked, ...asked], cap)).toEqual([{ id: ANN, units: 100n }]);
  });

  test('who has no room is listed and gets nothing, and the draw passes them over', () => {
    for (const method of ALLOTMENT_METHODS) {
      const applicants = applicantsOf(
        [
          { id: ANN, units: 80n },
          { id: BEN, units: 80n },
        ],
        { ...cap, heldUnits: new Map([[ANN, 100n]]) },
      );
      expect(allot({ method, lotUnits: 10n, offeredUnits: 10n, upsizeUnits: 0n }, applicants, SEED).units).toEqual([
        0n,
        10n,
      ]);
    }
  });
});

test('a pseudonym depends on the salt and the person, and has 16 bytes', () => {
  const salt = new Uint8Array(32).fill(7);
  const all = [pseudonym(salt, 1n), pseudonym(salt, 2n), pseudonym(new Uint8Array(32), 1n)];
  expect(new Set(all).size).toBe(3);
  for (const one of all) expect(one).toMatch(/^[0-9a-f]{32}$/);
});

describe('what is paid back', () => {
  test('refund + cost = reservation, over any split of what a person asked (A4)', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(US, JP),
        fc.bigInt({ min: 1n, max: 10_000_000n }),
        fc.array(fc.bigInt({ min: 1n, max: 1_000_000n }), { minLength: 1, maxLength: 4 }),
        fc.nat(1_000),
        (quotation, price, subscriptions, permille) => {
          const asked = subscriptions.reduce((a, b) => a + b, 0n);
          const got = (asked * BigInt(permille)) / 1_000n;
          const reserved = subscriptions.reduce((sum, units) => sum + amountForUnits(units, price, quotation), 0n);
          const { costMinor, refundMinor } = settle(reserved, got, price, quotation);
          expect(costMinor + refundMinor).toBe(reserved);
          expect(costMinor).toBe(amountForUnits(got, price, quotation));
          expect(refundMinor >= 0n).toBe(true);
        },
      ),
    );
  });

  test('an allotment that was not paid for is an error, never a debt', () => {
    expect(() => settle(9n, 10_000n, 10_000n, JP)).toThrow(RangeError);
  });
});

test('bands of sizes: 1, 2, 3–5, 6–10, 11–20, …', () => {
  const ends = [1n, 2n, 3n, 5n, 6n, 10n, 11n, 20n, 21n, 50n, 51n, 100n, 101n].map(bandEnd);
  expect(ends).toEqual([1n, 2n, 5n, 5n, 10n, 10n, 20n, 20n, 50n, 50n, 100n, 100n, 200n]);
});
