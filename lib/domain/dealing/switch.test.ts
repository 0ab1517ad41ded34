import { describe, expect, test } from 'vitest';
import type { MidRate } from '../money/conversion';
import type { DealingFacts } from './decide';
import { carryOn, decideSwitch } from './switch';

const now = new Date('2026-11-18T03:00:00Z');
const person: DealingFacts['person'] = {
  status: 'ELIGIBLE',
  country: 'JP',
  suitabilityExpiresAt: new Date('2027-04-01'),
  availableMinor: 0n,
  freeUnits: 5_000n,
  openedProspectus: true,
  agreed: true,
};
const quote = { currency: 'JPY', unitDecimals: 0, quoteUnits: 10_000n, priceDecimals: 0 } as const;
const unitClass = { ...quote, classId: 2, country: 'JP', dealing: true, lastPrice: null } as const;
const facts = { person, unitClass, expectedDate: '2026-11-18', dealingDate: '2026-11-18', now } as const;
const toClass = { ...unitClass, classId: 3 };
const decided = (change: object, units: bigint | null = 2_000n) => {
  const decision = decideSwitch({ ...facts, toClass, ...change }, { units });
  return decision.ok ? decision.value : decision.code;
};

describe('a switch', () => {
  test('sets its units aside, or all that are free, and no cash', () => {
    expect(decided({})).toEqual({ reservedMinor: 0n, reservedUnits: 2_000n });
    expect(decided({}, null)).toEqual({ reservedMinor: 0n, reservedUnits: 5_000n });
  });

  test('gives up a class that its owner may not buy any more', () => {
    expect(decided({ unitClass: { ...unitClass, country: 'US' } })).toMatchObject({ reservedUnits: 2_000n });
  });

  test.each([
    [{ person: { ...person, status: 'PENDING' } }, 'order.not-eligible'],
    [{ toClass: { ...toClass, country: 'US' } }, 'order.other-country'],
    [{ person: { ...person, suitabilityExpiresAt: now } }, 'order.suitability-expired'],
    [{ toClass: { ...toClass, dealing: false } }, 'order.dealing-not-open'],
    [{ unitClass: { ...unitClass, dealing: false } }, 'order.dealing-not-open'],
    [{ person: { ...person, openedProspectus: false } }, 'order.prospectus-not-opened'],
    [{ person: { ...person, agreed: false } }, 'order.consent-missing'],
    [{ expectedDate: '2026-11-17' }, 'order.day-changed'],
    [{ person: { ...person, freeUnits: 1_999n } }, 'order.insufficient-units'],
  ])('%o → %s', (change, code) => {
    expect(decided(change)).toBe(code);
  });
});

describe('its proceeds', () => {
  const mid: MidRate = { rateDate: '2026-11-18', jpyPerUsdE4: 1_500_000n, spreadSen: 25 };
  const yen = { country: 'JP', currency: 'JPY' } as const;

  test('buy the other class, as they are or converted at the mid rate and its spread', () => {
    expect(carryOn(10_001n, 'JPY', yen, person, null, now)).toEqual({ order: 10_001n });
    // 100.01 dollars at 149.75 yen.
    expect(carryOn(10_001n, 'USD', yen, person, mid, now)).toEqual({ order: 14_976n });
    const dollars = { country: 'JP', currency: 'USD' } as const;
    // 15,025 yen at 150.25 yen.
    expect(carryOn(15_025n, 'JPY', dollars, person, mid, now)).toEqual({ order: 10_000n });
  });

  test('wait for a rate', () => {
    expect(carryOn(10_001n, 'USD', yen, person, null, now)).toBe('WAIT');
  });

  test.each([
    [{ status: 'FROZEN' }, 'order.not-eligible'],
    [{ country: 'US' }, 'order.other-country'],
    [{ suitabilityExpiresAt: now }, 'order.suitability-expired'],
    [{ openedProspectus: false }, 'order.prospectus-not-opened'],
    [{ agreed: false }, 'order.consent-missing'],
  ] as const)('are free cash where the owner has become %o', (change, release) => {
    expect(carryOn(10_001n, 'USD', yen, { ...person, ...change }, mid, now)).toEqual({ release });
  });

  test('are free cash where they come to nothing in the other currency, or to more than an order may be for', () => {
    const dollars = { country: 'JP', currency: 'USD' } as const;
    expect(carryOn(1n, 'JPY', dollars, person, mid, now)).toEqual({ release: 'cash.too-small' });
    expect(carryOn(9_000_000_000_000n, 'USD', yen, person, mid, now)).toEqual({ release: 'amount.too-large' });
  });
});
