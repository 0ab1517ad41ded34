/**
 * For each class one offering by first come that has closed, one that is open, one that is to open, and one window that is open; for the Japan class
 * also a window that has been allotted (windows.ts), and the draft of one more, which only staff see.
 *
 * Their windows are counted from the day on which the database was seeded first. The open ones last a year, as a Japanese fund's continuous period
 * 継続申込期間 does, so that whoever starts the site on a later day finds them open; tests stop the clock instead.
 */

import { addDays, dealingDayFrom, type IsoDate, isoDate } from '@/lib/domain/calendar/dealing-days';
import type { OfferingState } from '@/lib/domain/states';
import type * as schema from '../schema';
import { JP_CLASS, US_CLASS } from './fund';
import type { MarketDay } from './market';

export const FOUNDING_US = 1;
export const FOUNDING_JP = 2;
export const GENERAL_US = 3;
export const GENERAL_JP = 4;
export const ANNIVERSARY_US = 5;
export const ANNIVERSARY_JP = 6;
export const SPRING_JP = 7;
export const FIRST_WINDOW_JP = 8;
export const SECOND_WINDOW_US = 9;
export const SECOND_WINDOW_JP = 10;

const HOUR_MS = 3_600_000;

/** The instant at which the clocks of a zone show `hour` on `date`. The offset is taken at noon, which is never in doubt. */
export function localHour(date: IsoDate, hour: number, timeZone: string): Date {
  const noon = new Date(`${date}T12:00:00Z`);
  const shown = new Intl.DateTimeFormat('en-US', { hour: 'numeric', hourCycle: 'h23', day: 'numeric', timeZone });
  const parts = Object.fromEntries(shown.formatToParts(noon).map((part) => [part.type, Number(part.value)]));
  const offset = (parts.hour ?? 0) - 12 + (parts.day === noon.getUTCDate() ? 0 : 24);
  return new Date(new Date(`${date}T00:00:00Z`).getTime() + (hour - offset) * HOUR_MS);
}

export type OfferingRow = typeof schema.offerings.$inferInsert & { id: number; state: OfferingState };

type Round = Pick<OfferingRow, 'state'> & {
  slug: string;
  en: string;
  ja: string;
  /** Days from the first seeding. */
  opens: number;
  closes: number;
  prospectusId: number;
};

const ROUNDS: Record<'founding' | 'general' | 'anniversary' | 'spring' | 'window1' | 'window2', Round> = {
  founding: {
    slug: 'founding',
    en: 'Founding offering',
    ja: '創設時募集',
    state: 'CLOSED',
    opens: -120,
    closes: -75,
    prospectusId: 1,
  },
  general: {
    slug: 'general',
    en: 'General offering',
    ja: '一般募集',
    state: 'OPEN',
    opens: -21,
    closes: 365,
    prospectusId: 2,
  },
  anniversary: {
    slug: 'anniversary',
    en: 'Anniversary offering',
    ja: '周年記念募集',
    state: 'APPROVED',
    opens: 60,
    closes: 90,
    prospectusId: 2,
  },
  spring: {
    slug: 'spring',
    en: 'Spring offering',
    ja: '春の募集',
    state: 'DRAFT',
    opens: 120,
    closes: 150,
    prospectusId: 2,
  },
  window1: {
    slug: 'window1',
    en: 'First window offering',
    ja: '第1回期間募集',
    state: 'OPEN',
    opens: -8,
    closes: 0,
    prospectusId: 2,
  },
  window2: {
    slug: 'window2',
    en: 'Second window offering',
    ja: '第2回期間募集',
    state: 'OPEN',
    opens: -24,
    closes: 365,
    prospectusId: 2,
  },
};

const CLASSES = {
  us: {
    classId: US_CLASS,
    slug: 'us',
    en: 'US class',
    ja: '米国クラス',
    zone: 'America/New_York',
    closingHour: 16,
    price: (day: MarketDay) => day.usPrice,
  },
  jp: {
    classId: JP_CLASS,
    slug: 'jp',
    en: 'Japan class',
    ja: '日本クラス',
    zone: 'Asia/Tokyo',
    closingHour: 15,
    price: (day: MarketDay) => day.jpPrice,
  },
};

type Sizes = Pick<OfferingRow, 'sizeUnits' | 'lotUnits' | 'minUnits' | 'maxUnits'> &
  Partial<Pick<OfferingRow, 'method' | 'upsizeUnits' | 'showDemand' | 'closesAt' | 'revealDeadline'>>;

/** A thousandth of a share is the lot; from one share up. */
const shares = (size: bigint, max: bigint): Sizes => ({
  sizeUnits: size * 1_000n,
  lotUnits: 1n,
  minUnits: 1_000n,
  maxUnits: max * 1_000n,
});
/** 1万口以上1口単位. */
const kuchi = (size: bigint, max: bigint): Sizes => ({
  sizeUnits: size,
  lotUnits: 1n,
  minUnits: 10_000n,
  maxUnits: max,
});

/** Lots of ten shares, or of 1万口. */
const inLots = (size: bigint, max: bigint): Sizes => ({
  sizeUnits: size * 10_000n,
  lotUnits: 10_000n,
  minUnits: 10_000n,
  maxUnits: max * 10_000n,
});

/** `now` is the moment of the first seeding; `history` reaches at least to the day before it. */
export function offeringRows(now: Date, history: MarketDay[]): OfferingRow[] {
  const today = isoDate(now);
  const ago = (hours: number) => new Date(Math.floor(now.getTime() / 60_000 - hours * 60) * 60_000);
  const row = (id: number, round: Round, unitClass: (typeof CLASSES)['us'], sizes: Sizes): OfferingRow => {
    const opens = dealingDayFrom(addDays(today, round.opens));
    const known = history.findLast((day) => day.date < opens && day.date < today);
    if (!known) throw new Error(`No price is known before ${opens}.`);
    return {
      id,
      slug: `${round.slug}-${unitClass.slug}`,
      classId: unitClass.classId,
      nameEn: `${round.en} (${unitClass.en})`,
      nameJa: `${round.ja}（${unitClass.ja}）`,
      method: 'FIRST_COME',
      state: round.state,
      // Fixed for the whole window: the last price that was known before it.
      price: unitClass.price(known),
      opensAt: localHour(opens, 9, unitClass.zone),
      closesAt: localHour(dealingDayFrom(addDays(today, round.closes)), unitClass.closingHour, unitClass.zone),
      prospectusId: round.prospectusId,
      ...sizes,
    };
  };
  const { founding, general, anniversary, spring, window1, window2 } = ROUNDS;
  return [
    row(FOUNDING_US, founding, CLASSES.us, shares(50_000n, 5_000n)),
    row(FOUNDING_JP, founding, CLASSES.jp, kuchi(50_000_000n, 5_000_000n)),
    row(GENERAL_US, general, CLASSES.us, shares(500_000n, 10_000n)),
    row(GENERAL_JP, general, CLASSES.jp, kuchi(500_000_000n, 10_000_000n)),
    row(ANNIVERSARY_US, anniversary, CLASSES.us, shares(100_000n, 1_000n)),
    row(ANNIVERSARY_JP, anniversary, CLASSES.jp, kuchi(120_000_000n, 1_000_000n)),
    row(SPRING_JP, spring, CLASSES.jp, kuchi(80_000_000n, 1_000_000n)),
    row(FIRST_WINDOW_JP, window1, CLASSES.jp, {
      ...inLots(1_500n, 150n),
      method: 'QUANTITY_CEILING',
      upsizeUnits: 1_500_000n,
      closesAt: ago(20),
      revealDeadline: ago(18),
    }),
    row(SECOND_WINDOW_US, window2, CLASSES.us, { ...inLots(1_000n, 100n), method: 'BALLOT' }),
    row(SECOND_WINDOW_JP, window2, CLASSES.jp, {
      ...inLots(1_500n, 150n),
      method: 'QUANTITY_CEILING',
      showDemand: true,
    }),
  ];
}
