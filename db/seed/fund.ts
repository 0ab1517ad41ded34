/** The US–Japan fund of DOMAIN §1 as rows: another pair of countries is another set of rows. */

import type { IsoDate } from '@/lib/domain/calendar/dealing-days';
import type * as schema from '../schema';

const BILLION_USD = 100_000_000_000n;

export const FUND_ID = 1;
export const USD = 1;
export const JPY = 2;
export const US_UNIT = 3;
export const JP_UNIT = 4;
export const US_CLASS = 1;
export const JP_CLASS = 2;

export const fundRow = (inceptionDate: IsoDate): typeof schema.funds.$inferInsert => ({
  id: FUND_ID,
  slug: 'us-japan',
  nameEn: 'US–Japan Joint Sovereign Wealth Fund',
  nameJa: '日米共同政府系ファンド',
  inceptionDate,
  debtUsdMinor: 180n * BILLION_USD,
});

/** $300bn of initial capital, as was reported; how it divides is ours. */
export const commitmentRows: (typeof schema.ownerCommitments.$inferInsert)[] = [
  { fundId: FUND_ID, ownerGroup: 'US_TREASURY', committedUsdMinor: 120n * BILLION_USD },
  { fundId: FUND_ID, ownerGroup: 'JP_MOF', committedUsdMinor: 120n * BILLION_USD },
  { fundId: FUND_ID, ownerGroup: 'LIMITED_PARTNERS', committedUsdMinor: 45n * BILLION_USD },
  { fundId: FUND_ID, ownerGroup: 'CITIZENS', committedUsdMinor: 15n * BILLION_USD },
];

export const assetRows: (typeof schema.assets.$inferInsert)[] = [
  { id: USD, code: 'USD', kind: 'CURRENCY', decimals: 2 },
  { id: JPY, code: 'JPY', kind: 'CURRENCY', decimals: 0 },
  { id: US_UNIT, code: 'US-UNIT', kind: 'UNIT', decimals: 3 },
  { id: JP_UNIT, code: 'JP-UNIT', kind: 'UNIT', decimals: 0 },
];

/** What citizens are to own, half in each class at its first price: 750 million shares, and 1.14 trillion 口 (at 152 yen a dollar). */
export const classRows: (typeof schema.unitClasses.$inferInsert)[] = [
  {
    id: US_CLASS,
    fundId: FUND_ID,
    code: 'US',
    nameEn: 'US class',
    nameJa: '米国クラス',
    country: 'US',
    currency: 'USD',
    currencyAssetId: USD,
    unitAssetId: US_UNIT,
    unitDecimals: 3,
    quoteUnits: 1_000n,
    priceDecimals: 4,
    timeZone: 'America/New_York',
    cutOff: '16:00',
    settlementDays: 1,
    authorisedUnits: 750_000_000_000n,
  },
  {
    id: JP_CLASS,
    fundId: FUND_ID,
    code: 'JP',
    nameEn: 'Japan class',
    nameJa: '日本クラス',
    country: 'JP',
    currency: 'JPY',
    currencyAssetId: JPY,
    unitAssetId: JP_UNIT,
    unitDecimals: 0,
    quoteUnits: 10_000n,
    priceDecimals: 0,
    timeZone: 'Asia/Tokyo',
    cutOff: '15:00',
    settlementDays: 2,
    authorisedUnits: 1_140_000_000_000n,
  },
];

/** Income once a year, as the prospectus says, and for both classes on one day, since the fund's is shared between them. */
export const recordDayRows = (since: string): (typeof schema.classRecordDays.$inferInsert)[] =>
  [US_CLASS, JP_CLASS].map((classId) => ({ classId, month: 12, day: 20, since }));

/** To each side of the mid rate: 25 sen, as Japanese banks take for dollars. */
export const CONVERSION_SPREAD_SEN = 25;
