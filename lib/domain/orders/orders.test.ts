import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_TYPED } from '../money/parse';
import { offeringPhase } from '../offerings/phase';
import { OFFERING_STATES, ORDER_STATES } from '../states';
import { decideOrder, type OrderFacts } from './decide';
import { amountForUnits, type ClassQuotation, unitsForAmount, valueOfUnits } from './pricing';
import { canBecome, FIRST_COME_PATH, isFinished, isOpen } from './state-machine';

const US: ClassQuotation = { currency: 'USD', unitDecimals: 3, quoteUnits: 1_000n, priceDecimals: 4 };
const JP: ClassQuotation = { currency: 'JPY', unitDecimals: 0, quoteUnits: 10_000n, priceDecimals: 0 };

const quotation = fc.constantFrom(US, JP);
const price = fc.bigInt({ min: 1n, max: 10_000_000n });

describe('prices of both classes', () => {
  test('a share of 10.1234 dollars, and 口 at a 基準価額 of 10,123 yen', () => {
    expect(amountForUnits(2_500n, 101_234n, US)).toBe(2_531n);
    expect(valueOfUnits(2_500n, 101_234n, US)).toBe(2_530n);
    expect(amountForUnits(10_000n, 10_123n, JP)).toBe(10_123n);
    expect(unitsForAmount(10_000n, 10_123n, JP)).toBe(9_878n);
    expect(amountForUnits(9_878n, 10_123n, JP)).toBe(10_000n);
  });

  test('the amount is authoritative: its units never cost more, and one lot more always would', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: MAX_TYPED }),
        price,
        quotation,
        fc.bigInt({ min: 1n, max: 10_000n }),
        (amount, p, q, lot) => {
          const units = unitsForAmount(amount, p, q, lot);
          expect(units % lot).toBe(0n);
          expect(amountForUnits(units, p, q) <= amount).toBe(true);
          expect(amountForUnits(units + lot, p, q) > amount).toBe(true);
        },
      ),
    );
  });

  test('what is paid is what it is worth or one smallest part more', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: MAX_TYPED }), price, quotation, (units, p, q) => {
        const difference = amountForUnits(units, p, q) - valueOfUnits(units, p, q);
        expect(difference === 0n || difference === 1n).toBe(true);
      }),
    );
  });
});

describe('states', () => {
  test('a finished order has nowhere to go, an open one has', () => {
    for (const state of ORDER_STATES) {
      expect(ORDER_STATES.some((next) => canBecome(state, next))).toBe(!isFinished(state));
      expect(isOpen(state) && isFinished(state)).toBe(false);
      expect(canBecome(state, state)).toBe(false);
    }
    expect(canBecome('CUT_OFF', 'CANCELLED')).toBe(false);
  });

  test('a first-come order passes through declared changes alone', () => {
    FIRST_COME_PATH.slice(1).forEach((state, n) => {
      expect(canBecome(FIRST_COME_PATH[n] ?? 'NEW', state)).toBe(true);
    });
  });
});

describe('the phase of an offering', () => {
  const opensAt = new Date('2026-02-01T00:00:00Z');
  const closesAt = new Date('2026-03-01T00:00:00Z');
  const at = (state: (typeof OFFERING_STATES)[number], now: string) =>
    offeringPhase({ state, opensAt, closesAt }, new Date(now));

  test('the window has its first instant and not its last, whatever the job has recorded', () => {
    for (const state of ['APPROVED', 'OPEN'] as const) {
      expect(at(state, '2026-01-31T23:59:59.999Z')).toBe('UPCOMING');
      expect(at(state, '2026-02-01T00:00:00Z')).toBe('OPEN');
      expect(at(state, '2026-02-28T23:59:59.999Z')).toBe('OPEN');
      expect(at(state, '2026-03-01T00:00:00Z')).toBe('CLOSED');
    }
  });

  test('no other state is ever open', () => {
    for (const state of OFFERING_STATES.filter((s) => s !== 'APPROVED' && s !== 'OPEN'))
      expect(at(state, '2026-02-15T00:00:00Z')).not.toBe('OPEN');
  });
});

describe('the decision', () => {
  const facts: OrderFacts = {
    buyer: {
      status: 'ELIGIBLE',
      country: 'US',
      suitabilityExpiresAt: new Date('2027-01-01T00:00:00Z'),
      boughtUnits: 0n,
      availableMinor: 100_000n,
      openedProspectus: true,
      agreed: true,
    },
    offering: {
      ...US,
      country: 'US',
      method: 'FIRST_COME',
      phase: 'OPEN',
      opensAt: new Date('2026-01-01T00:00:00Z'),
      closesAt: new Date('2026-12-01T00:00:00Z'),
      price: 100_000n,
      termsVersion: 1,
      lotUnits: 100n,
      minUnits: 1_000n,
      maxUnits: 50_000n,
      remainingUnits: 40_000n,
    },
    expected: { price: 100_000n, termsVersion: 1 },
    now: new Date('2026-06-01T00:00:00Z'),
  };
  const units = (n: bigint) => ({ kind: 'BUY_UNITS', units: n }) as const;
  const codeOf = (change: { buyer?: object; offering?: object; expected?: object }, request = units(1_000n)) => {
    const decision = decideOrder(
      {
        ...facts,
        buyer: { ...facts.buyer, ...change.buyer },
        offering: { ...facts.offering, ...change.offering },
        expected: { ...facts.expected, ...change.expected },
      },
      request,
    );
    return decision.ok ? null : decision.error.code;
  };

  test('an order by amount pays for whole lots and leaves the rest', () => {
    expect(decideOrder(facts, { kind: 'BUY_AMOUNT', amountMinor: 12_345n })).toEqual({
      ok: true,
      value: { units: 12_300n, amountMinor: 12_300n, leftoverMinor: 45n },
    });
  });

  test.each([
    [{ buyer: { status: 'PENDING' } }, 'order.not-eligible'],
    [{ buyer: { country: 'JP' } }, 'order.other-country'],
    [{ buyer: { suitabilityExpiresAt: facts.now } }, 'order.suitability-expired'],
    [{ offering: { phase: 'UPCOMING' } }, 'order.not-open'],
    [{ offering: { method: 'BALLOT' } }, 'order.not-open'],
    [{ offering: { phase: 'CLOSED' } }, 'order.closed'],
    [{ expected: { price: 100_001n } }, 'order.terms-changed'],
    [{ expected: { termsVersion: 2 } }, 'order.terms-changed'],
    [{ buyer: { openedProspectus: false } }, 'order.prospectus-not-opened'],
    [{ buyer: { agreed: false } }, 'order.consent-missing'],
    [{ buyer: { boughtUnits: 49_001n } }, 'order.above-maximum'],
    [{ buyer: { availableMinor: 999n } }, 'order.insufficient-cash'],
    [{ offering: { remainingUnits: 999n } }, 'order.sold-out'],
    [{ buyer: { boughtUnits: 49_000n, availableMinor: 1_000n }, offering: { remainingUnits: 1_000n } }, null],
  ])('%o → %s', (change, code) => {
    expect(codeOf(change)).toBe(code);
  });

  test.each([
    [0n, 'amount.zero'],
    [-1n, 'amount.zero'],
    [MAX_TYPED + 1n, 'amount.too-large'],
    [1_001n, 'order.not-a-lot'],
    [900n, 'order.below-minimum'],
    [50_100n, 'order.above-maximum'],
  ] as const)('%s units → %s', (asked, code) => {
    expect(codeOf({}, units(asked))).toBe(code);
  });
});
