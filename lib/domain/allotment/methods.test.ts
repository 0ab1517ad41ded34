import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Allotment, allot, supplyUnits } from './allot';
import { toHex } from './bytes';
import { drawAmong, orderKey } from './draw';
import { figuresOf, previewOf } from './figures';
import { ALLOTMENT_METHODS, type AllotmentMethod, type Applicant, type Sale } from './model';

const SEED = 'a1'.repeat(32);
const OTHER_SEED = 'b2'.repeat(32);

/** The n-th of some ids that are in no order. */
const id = (n: number) => (((n * 7_919) % 100_003) + 0x10000).toString(16).padStart(32, '0');
const listOf = (...units: (bigint | number)[]): Applicant[] =>
  units.map((asked, n) => ({ id: id(n), units: BigInt(asked) }));

const sale = (method: AllotmentMethod, offeredUnits: bigint | number, lotUnits = 1n, upsizeUnits = 0n): Sale => ({
  method,
  lotUnits,
  offeredUnits: BigInt(offeredUnits),
  upsizeUnits,
});

const min = (a: bigint, b: bigint) => (a < b ? a : b);
const byApplicant = (applicants: Applicant[], { units }: Allotment) =>
  Object.fromEntries(applicants.map((applicant, n) => [applicant.id, units[n]]));

const method = fc.constantFrom(...ALLOTMENT_METHODS);
const seed = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);
/** Sales and lists in which demand is below, about, and far above the offer, with lots that do not divide it. */
const scene = fc
  .record({
    method,
    lotUnits: fc.constantFrom(1n, 7n, 1_000n),
    lots: fc.array(fc.bigInt({ min: 0n, max: 12n }), { minLength: 1, maxLength: 30 }),
    offeredUnits: fc.bigInt({ min: 0n, max: 150n }),
    offLot: fc.bigInt({ min: 0n, max: 999n }),
    upsizeLots: fc.bigInt({ min: 0n, max: 20n }),
  })
  .map(({ method: chosen, lotUnits, lots, offeredUnits, offLot, upsizeLots }) => ({
    terms: sale(chosen, offeredUnits * lotUnits + (offLot % lotUnits), lotUnits, upsizeLots * lotUnits),
    applicants: listOf(...lots.map((asked) => asked * lotUnits)),
  }));

describe('every method', () => {
  test('allots all that is offered or wanted, in whole lots, and nobody more than they asked (A1, A2)', () => {
    fc.assert(
      fc.property(scene, seed, ({ terms, applicants }, drawn) => {
        const { units, allottedUnits, askedUnits, upsizeUsedUnits } = allot(terms, applicants, drawn);
        const sum = units.reduce((a, b) => a + b, 0n);
        expect(sum).toBe(min(supplyUnits(terms), askedUnits));
        expect(allottedUnits).toBe(sum);
        units.forEach((got, n) => {
          expect(got % terms.lotUnits).toBe(0n);
          expect(got >= 0n && got <= (applicants[n]?.units ?? -1n)).toBe(true);
        });
        // The upsize is touched only where the offer itself was not enough.
        expect(upsizeUsedUnits).toBe(sum > terms.offeredUnits ? sum - terms.offeredUnits : 0n);
      }),
      { numRuns: 200 },
    );
  });

  test('gives the same again, and whatever the order of the list (A3, A5)', () => {
    fc.assert(
      fc.property(
        scene.chain((made) =>
          fc.tuple(fc.constant(made), fc.shuffledSubarray(made.applicants, { minLength: made.applicants.length })),
        ),
        seed,
        ([{ terms, applicants }, shuffled], drawn) => {
          const once = byApplicant(applicants, allot(terms, applicants, drawn));
          expect(byApplicant(applicants, allot(terms, applicants, drawn))).toEqual(once);
          expect(byApplicant(shuffled, allot(terms, shuffled, drawn))).toEqual(once);
        },
      ),
    );
  });

  test('gives who asks for more no less, but for what the draw adds', () => {
    fc.assert(
      fc.property(scene, seed, ({ terms, applicants }, drawn) => {
        if (terms.method === 'BALLOT') return;
        const { units, extra } = allot(terms, applicants, drawn);
        const without = (at: number) => (units[at] ?? 0n) - BigInt(extra[at] ?? 0) * terms.lotUnits;
        applicants.forEach((a, n) => {
          applicants.forEach((b, m) => {
            if (a.units > b.units) expect(without(n) >= without(m)).toBe(true);
          });
        });
      }),
    );
  });

  test('says before the draw what the draw cannot change', () => {
    fc.assert(
      fc.property(scene, seed, ({ terms, applicants }, drawn) => {
        const preview = previewOf(terms, applicants);
        const figures = figuresOf(terms, applicants, allot(terms, applicants, drawn));
        expect(figures).toMatchObject(preview);
        expect(figures.full + figures.part + figures.none).toBe(figures.applicants);
        expect(figures.sizes.reduce((sum, band) => sum + band.allottedUnits, 0n)).toBe(figures.allottedUnits);
      }),
    );
  });

  test.each(ALLOTMENT_METHODS)('%s: one applicant', (chosen) => {
    expect(allot(sale(chosen, 10), listOf(4), SEED).units).toEqual([4n]);
    expect(allot(sale(chosen, 10), listOf(10), SEED).units).toEqual([10n]);
    expect(allot(sale(chosen, 10), listOf(40), SEED).units).toEqual([10n]);
    expect(allot(sale(chosen, 10), [], SEED).units).toEqual([]);
  });

  test.each(ALLOTMENT_METHODS)('%s: all equal, so that at most one lot lies between any two', (chosen) => {
    for (const offered of [1, 5, 6, 7, 20, 29]) {
      const { units } = allot(sale(chosen, offered), listOf(5, 5, 5, 5, 5, 5), SEED);
      if (chosen === 'BALLOT') continue;
      const sorted = [...units].sort((a, b) => Number(a - b));
      expect((sorted.at(-1) ?? 0n) - (sorted[0] ?? 0n) <= 1n).toBe(true);
    }
  });

  test.each(ALLOTMENT_METHODS)('%s: demand below, exactly at, and a unit above the offer', (chosen) => {
    for (const offered of [13, 12]) {
      const all = allot(sale(chosen, offered), listOf(3, 4, 5), SEED);
      expect(all).toMatchObject({ units: [3n, 4n, 5n], allottedUnits: 12n, ceilingUnits: null, extraLots: 0 });
    }
    const short = allot(sale(chosen, 11), listOf(3, 4, 5), SEED);
    expect(short.allottedUnits).toBe(11n);
    expect(figuresOf(sale(chosen, 11), listOf(3, 4, 5), short)).toMatchObject({ full: 2, part: 1, none: 0 });
  });

  test.each(ALLOTMENT_METHODS)('%s: a lot larger than the offer leaves everybody with nothing', (chosen) => {
    const none = allot(sale(chosen, 999, 1_000n), listOf(1_000, 2_000), SEED);
    expect(none).toMatchObject({ units: [0n, 0n], allottedUnits: 0n, extraLots: 0 });
  });

  test.each(ALLOTMENT_METHODS)('%s: the upsize is used only as far as demand needs it', (chosen) => {
    const used = (upsize: bigint) => allot(sale(chosen, 10, 1n, upsize), listOf(3, 4, 5), SEED);
    expect(used(100n)).toMatchObject({ units: [3n, 4n, 5n], upsizeUsedUnits: 2n });
    expect(used(1n)).toMatchObject({ allottedUnits: 11n, upsizeUsedUnits: 1n });
    expect(allot(sale(chosen, 20, 1n, 5n), listOf(3, 4, 5), SEED)).toMatchObject({
      allottedUnits: 12n,
      upsizeUsedUnits: 0n,
    });
  });

  test.each(ALLOTMENT_METHODS)('%s: with more applicants than lots, a draw decides who gets one', (chosen) => {
    const applicants = listOf(1, 9, 2, 0, 9, 4, 1);
    const { units, extraLots, tickets } = allot(sale(chosen, 3), applicants, SEED);
    if (chosen === 'PRO_RATA') return;
    const wanting = applicants.filter((applicant) => applicant.units > 0n);
    const winners = wanting
      .map((applicant) => orderKey(SEED, applicant.id))
      .sort()
      .slice(0, 3);
    expect(units).toEqual(applicants.map((a) => (a.units > 0n && winners.includes(orderKey(SEED, a.id)) ? 1n : 0n)));
    expect({ extraLots, tickets }).toEqual({ extraLots: 3, tickets: 6 });
  });

  test('refuses what it cannot stand for', () => {
    const terms = sale('PRO_RATA', 10, 2n);
    expect(() => allot(terms, listOf(3), SEED)).toThrow(RangeError);
    expect(() => allot(terms, listOf(-2), SEED)).toThrow(RangeError);
    expect(() => allot(terms, [...listOf(2), ...listOf(2)], SEED)).toThrow(RangeError);
    expect(() => allot(terms, [{ id: 'Somebody', units: 2n }], SEED)).toThrow(RangeError);
    expect(() => allot(terms, listOf(20), 'a1')).toThrow(RangeError);
  });
});

describe('the quantity ceiling', () => {
  /** The example with which the Monetary Authority of Singapore explains an oversubscribed Savings Bond: $10,000 for $18,000. */
  const singapore = listOf(2_000, 4_000, 5_500, 6_500);
  const terms = sale('QUANTITY_CEILING', 10_000, 500n);

  test('the example of Singapore Savings Bonds: A whole, two of the others at the ceiling of $2,500, and one $500 above it', () => {
    const { units, ceilingUnits, extraLots, tickets, allottedUnits } = allot(terms, singapore, SEED);
    expect({ ceilingUnits, extraLots, tickets, allottedUnits }).toEqual({
      ceilingUnits: 2_500n,
      extraLots: 1,
      tickets: 3,
      allottedUnits: 10_000n,
    });
    expect(units[0]).toBe(2_000n);
    expect(units.slice(1).map(String).sort()).toEqual(['2500', '2500', '3000']);
  });

  test('each of those above the ceiling can be the one', () => {
    const lucky = new Set<number>();
    for (let n = 0; n < 40; n += 1) {
      lucky.add(allot(terms, singapore, n.toString(16).padStart(64, '0')).units.indexOf(3_000n));
    }
    expect([...lucky].sort()).toEqual([1, 2, 3]);
  });

  test('the ceiling is the largest: one lot more each would be too much', () => {
    fc.assert(
      fc.property(scene, ({ terms: any, applicants }) => {
        const { ceilingUnits } = allot({ ...any, method: 'QUANTITY_CEILING' }, applicants, SEED);
        if (ceilingUnits === null) return;
        const taken = (ceiling: bigint) => applicants.reduce((sum, { units }) => sum + min(units, ceiling), 0n);
        expect(taken(ceilingUnits) <= supplyUnits(any)).toBe(true);
        expect(taken(ceilingUnits + any.lotUnits) > supplyUnits(any)).toBe(true);
      }),
    );
  });

  test('nobody at or below the ceiling gets less than they asked, nobody above it less than the ceiling', () => {
    fc.assert(
      fc.property(scene, seed, ({ terms: any, applicants }, drawn) => {
        const { units, ceilingUnits } = allot({ ...any, method: 'QUANTITY_CEILING' }, applicants, drawn);
        if (ceilingUnits === null) return;
        applicants.forEach(({ units: asked }, n) => {
          const got = units[n] ?? -1n;
          if (asked <= ceilingUnits) expect(got).toBe(asked);
          else expect(got === ceilingUnits || got === ceilingUnits + any.lotUnits).toBe(true);
        });
      }),
    );
  });
});

describe('pro rata', () => {
  test('shares are rounded down, and the largest remainders get the lots that are left', () => {
    // 10 lots for 3 + 5 + 9 asked: 1.76, 2.94, 5.29.
    expect(allot(sale('PRO_RATA', 10), listOf(3, 5, 9), SEED)).toMatchObject({
      units: [2n, 3n, 5n],
      extraLots: 2,
      tickets: 3,
    });
  });

  test('the draw decides between equal remainders alone', () => {
    // 5 lots for 3 + 3 + 3 + 1: 1.5, 1.5, 1.5, 0.5. Four remainders are equal and two lots are left.
    const applicants = listOf(3, 3, 3, 1);
    const first = applicants
      .map((a) => orderKey(SEED, a.id))
      .sort()
      .slice(0, 2);
    const { units } = allot(sale('PRO_RATA', 5), applicants, SEED);
    expect(units).toEqual(
      applicants.map((a, n) => (n < 3 ? 1n : 0n) + (first.includes(orderKey(SEED, a.id)) ? 1n : 0n)),
    );
  });

  test('nobody is a lot or more away from their exact share', () => {
    fc.assert(
      fc.property(scene, seed, ({ terms, applicants }, drawn) => {
        const { units, askedUnits } = allot({ ...terms, method: 'PRO_RATA' }, applicants, drawn);
        const supply = min(supplyUnits(terms), askedUnits);
        applicants.forEach(({ units: asked }, n) => {
          const off = (units[n] ?? 0n) * askedUnits - asked * supply;
          expect((off < terms.lotUnits * askedUnits && -off < terms.lotUnits * askedUnits) || off === 0n).toBe(true);
        });
      }),
    );
  });
});

describe('the minimum lot first', () => {
  test('everybody has one lot before anybody has a share', () => {
    // 10 lots: one each to four, and 6 for the 29 that are still asked: 0, 0.2, 0.2, 5.6.
    const { units } = allot(sale('MINIMUM_LOT', 10), listOf(1, 2, 2, 28), SEED);
    expect(units).toEqual([1n, 1n, 1n, 7n]);
  });

  test('exactly one lot each', () => {
    expect(allot(sale('MINIMUM_LOT', 3), listOf(5, 6, 7), SEED)).toMatchObject({ units: [1n, 1n, 1n], extraLots: 0 });
  });
});

describe('the ballot', () => {
  test('one lot each, and the others by tickets that are numbered from 1', () => {
    const applicants = listOf(1, 3, 5);
    const tickets = applicants.flatMap((a, owner) =>
      Array.from({ length: Number(a.units) - 1 }, (_, n) => ({ owner, key: orderKey(SEED, a.id, n + 1) })),
    );
    const won = tickets.sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, 4);
    const result = allot(sale('BALLOT', 7), applicants, SEED);
    expect(result.units).toEqual(
      [0, 1, 2].map((owner) => 1n + BigInt(won.filter((ticket) => ticket.owner === owner).length)),
    );
    expect(result).toMatchObject({ extraLots: 4, tickets: 6 });
  });

  test('over many seeds each ticket wins about as often', () => {
    const wins = [0n, 0n, 0n];
    for (let n = 0; n < 600; n += 1) {
      const { units } = allot(sale('BALLOT', 5), listOf(2, 3, 4), n.toString(16).padStart(64, '0'));
      units.forEach((got, at) => {
        wins[at] = (wins[at] ?? 0n) + got - 1n;
      });
    }
    // 1,200 wins among 1, 2 and 3 tickets of 6. A quarter off would be more than four deviations.
    const expected = [200n, 400n, 600n];
    wins.forEach((count, at) => {
      const mean = expected[at] ?? 0n;
      expect(count * 4n > mean * 3n && count * 4n < mean * 5n, `${count} of ${mean}`).toBe(true);
    });
  });
});

describe('the draw', () => {
  test('takes the smallest keys, of any set of tickets', () => {
    fc.assert(
      fc.property(seed, fc.array(fc.nat(40), { minLength: 1, maxLength: 60 }), fc.nat(60), (drawn, tickets, few) => {
        const applicants = listOf(...Array.from({ length: 41 }, () => 1));
        const owners = Uint32Array.from(tickets);
        const numbers = Uint32Array.from(tickets, (_, n) => n);
        const take = Math.min(few, tickets.length);
        const keys = tickets.map((owner, n) => orderKey(drawn, applicants[owner]?.id ?? '', n));
        const won = drawAmong(applicants, drawn)(owners, take, numbers);
        expect([...won].map((n) => keys[n]).sort()).toEqual([...keys].sort().slice(0, take));
      }),
    );
  });

  test('equal digests, which a ticket that stands there twice has, leave no lot over', () => {
    const won = drawAmong(listOf(1), SEED)(Uint32Array.of(0, 0, 0), 2);
    expect([...won]).toHaveLength(2);
  });

  test('another seed, another order', () => {
    const order = (drawn: string) =>
      [...Array(20).keys()].sort((a, b) => (orderKey(drawn, id(a)) < orderKey(drawn, id(b)) ? -1 : 1));
    expect(order(SEED)).not.toEqual(order(OTHER_SEED));
  });
});
