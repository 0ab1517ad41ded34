import { expect, test } from 'vitest';
import { estimateDealing } from './estimate';

const JP = { currency: 'JPY', unitDecimals: 0, quoteUnits: 10_000n, priceDecimals: 0, levyE4: 30n } as const;

test('an amount buys whole units and is set aside as a whole', () => {
  // 5,000 × 10,000 ÷ 10,007 = 4,996.5…
  expect(estimateDealing('BUY_AMOUNT', 5_000n, 10_007n, JP)).toEqual({
    ...{ side: 'BUY', units: 4_996n, costMinor: 5_000n, reservedMinor: 5_000n },
  });
});

test('units set their cost and a tenth aside', () => {
  expect(estimateDealing('BUY_UNITS', 10_000n, 10_007n, JP)).toMatchObject({
    ...{ costMinor: 10_007n, reservedMinor: 11_008n },
  });
});

test('a redemption leaves the levy in the fund', () => {
  // 0.3 % of 10,007 is 30.021, up to 31: 9,976 are paid.
  expect(estimateDealing('SELL_ALL', 10_000n, 10_007n, JP)).toEqual({
    ...{ side: 'SELL', units: 10_000n, grossMinor: 10_007n, levyMinor: 31n, payoutMinor: 9_976n },
  });
});
