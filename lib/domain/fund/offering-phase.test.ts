import { describe, expect, test } from 'vitest';
import { offeringPhase } from './offering-phase';

const at = (iso: string) => new Date(iso);
const offering = {
  state: 'OPEN' as const,
  opensAt: at('2026-11-01T00:00:00Z'),
  closesAt: at('2026-12-01T00:00:00Z'),
  leftUnits: 10n,
};

describe('offeringPhase', () => {
  test.each([
    ['before the window', '2026-10-31T23:59:59Z', 'UPCOMING'],
    ['at the opening', '2026-11-01T00:00:00Z', 'OPEN'],
    ['a moment before the close', '2026-11-30T23:59:59Z', 'OPEN'],
    ['at the close', '2026-12-01T00:00:00Z', 'CLOSED'],
  ])('%s', (_, now, phase) => {
    expect(offeringPhase(offering, at(now))).toBe(phase);
  });

  test('an offering that is not opened yet is upcoming, also when its hour has struck', () => {
    expect(offeringPhase({ ...offering, state: 'APPROVED' }, at('2026-11-02T00:00:00Z'))).toBe('UPCOMING');
  });

  test('nothing left is sold out, but not where subscriptions collect', () => {
    expect(offeringPhase({ ...offering, leftUnits: 0n }, at('2026-11-02T00:00:00Z'))).toBe('SOLD_OUT');
    expect(offeringPhase({ ...offering, leftUnits: null }, at('2026-11-02T00:00:00Z'))).toBe('OPEN');
  });

  test.each(['CLOSED', 'ALLOTTED', 'SETTLED'] as const)('%s is closed inside its window too', (state) => {
    expect(offeringPhase({ ...offering, state }, at('2026-11-02T00:00:00Z'))).toBe('CLOSED');
  });

  test('a cancelled one stays cancelled', () => {
    expect(offeringPhase({ ...offering, state: 'CANCELLED' }, at('2027-01-01T00:00:00Z'))).toBe('CANCELLED');
  });
});
