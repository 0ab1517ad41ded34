import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, datesBetween, nthWeekday } from './dates';
import { dealingDays, isDealingDay, isMarketOpen } from './dealing-days';
import { cutOffAt, type DealingClass, dealingTimes, payoutDateOf, settlementDateOf } from './dealing-times';

const US: DealingClass = { country: 'US', timeZone: 'America/New_York', cutOff: '16:00', settlementDays: 1 };
const JP: DealingClass = { country: 'JP', timeZone: 'Asia/Tokyo', cutOff: '15:00', settlementDays: 2 };
/** Thirty years of days take seconds on a busy machine. */
const PATIENT = 30_000;
const THIRTY_YEARS = datesBetween('2020-01-01', '2049-12-31');

describe('cut-offs', () => {
  // One comparison for all days: eleven thousand expectations would take seconds.
  it(
    'in New York follow summer time, from the second Sunday of March to the first of November, in thirty years',
    () => {
      const wrong = THIRTY_YEARS.filter((date) => {
        const year = Number(date.slice(0, 4));
        const summer = date >= nthWeekday(year, 3, 0, 2) && date < nthWeekday(year, 11, 0, 1);
        return cutOffAt(date, US).toISOString() !== `${date}T${summer ? '20' : '21'}:00:00.000Z`;
      });
      expect(wrong).toEqual([]);
    },
    PATIENT,
  );

  it(
    'in Tokyo are at six in the morning of the same day, by the clocks of Greenwich, always',
    () => {
      expect(THIRTY_YEARS.filter((date) => cutOffAt(date, JP).toISOString() !== `${date}T06:00:00.000Z`)).toEqual([]);
    },
    PATIENT,
  );
});

describe('what an order would meet', () => {
  it.each([
    // The instant, the class, application, dealing, settlement; why days are skipped.
    ['2026-11-18T05:59:59.999Z', JP, '2026-11-18', '2026-11-18', '2026-11-20', []],
    ['2026-11-18T06:00:00Z', JP, '2026-11-18', '2026-11-19', '2026-11-24', ['CUT_OFF_PASSED']],
    ['2026-11-18T20:59:59Z', US, '2026-11-18', '2026-11-18', '2026-11-19', []],
    ['2026-11-18T21:00:00Z', US, '2026-11-18', '2026-11-19', '2026-11-20', ['CUT_OFF_PASSED']],
    // Friday evening, a weekend, and a Japanese holiday on which New York is open: the American order waits as well.
    [
      '2026-11-20T22:00:00Z',
      US,
      '2026-11-20',
      '2026-11-24',
      '2026-11-25',
      ['CUT_OFF_PASSED', 'WEEKEND', 'WEEKEND', 'JP'],
    ],
    // Thanksgiving: Tokyo is open, and the Japanese order waits. Money moves by its own market's days.
    ['2026-11-26T01:00:00Z', JP, '2026-11-26', '2026-11-27', '2026-12-01', ['US']],
    ['2026-11-24T01:00:00Z', JP, '2026-11-24', '2026-11-24', '2026-11-26', []],
    // The last evening of the year in New York is the next year in Tokyo.
    ['2026-12-31T15:30:00Z', JP, '2027-01-01', '2027-01-04', '2027-01-06', ['US JP', 'WEEKEND JP', 'WEEKEND JP']],
  ] as const)('%s: %#', (at, unitClass, applicationDate, dealingDate, settlementDate, skipped) => {
    const times = dealingTimes(new Date(at), unitClass);
    expect(times).toMatchObject({ applicationDate, dealingDate, settlementDate });
    expect(
      times.skipped.map((day) =>
        day.why === 'CLOSED' ? day.closures.map((c) => (c.why === 'HOLIDAY' ? c.country : c.why)).join(' ') : day.why,
      ),
    ).toEqual(skipped);
  });

  const instant = fc
    .integer({ min: Date.parse('2020-01-01T00:00:00Z') / 1_000, max: Date.parse('2049-12-01T00:00:00Z') / 1_000 })
    .map((seconds) => new Date(seconds * 1_000));

  it('is the first dealing day whose cut-off has not passed, whenever it arrives', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(US, JP), (at, unitClass) => {
        const { dealingDate, cutOffAt: cutOff, skipped, applicationDate } = dealingTimes(at, unitClass);
        expect(at < cutOff && isDealingDay(dealingDate)).toBe(true);
        expect(cutOff).toEqual(cutOffAt(dealingDate, unitClass));
        // No dealing day before it would still have taken the order.
        for (const day of dealingDays(addDays(dealingDate, -15), addDays(dealingDate, -1)))
          expect(cutOffAt(day, unitClass) <= at).toBe(true);
        // Each day that is passed over is named, with a reason.
        expect(skipped.map(({ date }) => date)).toEqual(datesBetween(applicationDate, addDays(dealingDate, -1)));
        for (const day of skipped)
          expect(day.why === 'CLOSED' ? day.closures.length > 0 : isDealingDay(day.date)).toBe(true);
      }),
    );
  });

  it('and one that arrives later never deals earlier', () => {
    fc.assert(
      fc.property(instant, instant, fc.constantFrom(US, JP), (a, b, unitClass) => {
        const [first, second] = a <= b ? [a, b] : [b, a];
        expect(dealingTimes(first, unitClass).dealingDate <= dealingTimes(second, unitClass).dealingDate).toBe(true);
      }),
    );
  });
});

describe('settlement', () => {
  const days = dealingDays('2020-01-01', '2049-12-31');
  const slow = { ...JP, settlementDays: 4 };

  it(
    'is so many days of the class’s own market after dealing',
    () => {
      for (const unitClass of [US, JP, slow]) {
        const wrong = days.filter((date) => {
          const settlement = settlementDateOf(date, unitClass);
          const open = datesBetween(addDays(date, 1), settlement).filter((day) => isMarketOpen(unitClass.country, day));
          return open.length !== unitClass.settlementDays || open.at(-1) !== settlement;
        });
        expect(wrong).toEqual([]);
      }
    },
    PATIENT,
  );

  it(
    'pays for a redemption within seven days, whatever holidays come between',
    () => {
      for (const unitClass of [US, JP, slow]) {
        const wrong = days.filter((date) => {
          const [payout, settlement] = [payoutDateOf(date, unitClass), settlementDateOf(date, unitClass)];
          const last = addDays(date, 7);
          return payout <= date || payout > last || (settlement <= last && payout !== settlement);
        });
        expect(wrong).toEqual([]);
      }
      // Four days after the last one before the holidays of May would be the eleventh day.
      expect(payoutDateOf('2026-04-30', slow)).toBe('2026-05-07');
      expect(settlementDateOf('2026-04-30', slow)).toBe('2026-05-11');
    },
    PATIENT,
  );
});
