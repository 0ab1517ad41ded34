/** The days that the database decides on are those of the domain, in every year: dealing day, cut-off, settlement, payment. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { dealingDays } from '@/lib/domain/calendar/dealing-days';
import { type DealingClass, dealingTimes, payoutDateOf, settlementDateOf } from '@/lib/domain/calendar/dealing-times';
import { marketHolidays } from '@/lib/domain/calendar/holidays';
import { recordDates } from '@/lib/domain/calendar/record-dates';
import { testDatabase } from './test-hooks';
import { CLASSES, setFund } from './test-scene';

const database = testDatabase();
const HOURS: Record<'US' | 'JP', DealingClass> = {
  US: { country: 'US', timeZone: 'America/New_York', cutOff: '16:00', settlementDays: 2 },
  JP: { country: 'JP', timeZone: 'Asia/Tokyo', cutOff: '15:00', settlementDays: 2 },
};
const COUNTRIES = ['US', 'JP'] as const;

beforeAll(async () => {
  await setFund(database.owner);
  const holidays = COUNTRIES.flatMap((country) =>
    Array.from({ length: 31 }, (_, n) => marketHolidays(country, 2020 + n)).flat(),
  );
  await database.owner`
    insert into market_holidays (country, day)
    select * from unnest(${holidays.map(({ country }) => country)}::text[]::country[], ${holidays.map(({ day }) => day)}::text[]::date[])`;
});

test.each(COUNTRIES)('%s: the day of an order, at any instant of thirty years', async (country) => {
  const second = fc.integer({ min: Date.parse('2020-01-01') / 1_000, max: Date.parse('2049-12-01') / 1_000 });
  const cutOffs = dealingDays('2026-01-01', '2026-12-31').map(
    (day) => dealingTimes(new Date(`${day}T00:30:00Z`), HOURS[country]).cutOffAt,
  );
  const instants = [
    ...fc.sample(second, 1_500).map((seconds) => new Date(seconds * 1_000)),
    // At the cut-off itself, and a moment before it.
    ...cutOffs.flatMap((at) => [at, new Date(at.getTime() - 1)]),
  ];
  const rows = await database.owner<{ date: string; at: Date }[]>`
    select s.dealing_date::text as date, s.cut_off_at as at
      from unnest(${instants.map((at) => at.toISOString())}::text[]::timestamptz[]) with ordinality i (at, n)
     cross join lateral dealing_session(${CLASSES[country]}::smallint, i.at) s order by i.n`;
  const wanted = instants.map((at) => {
    const { dealingDate: date, cutOffAt } = dealingTimes(at, HOURS[country]);
    return { date, at: cutOffAt };
  });
  expect([...rows]).toEqual(wanted);
});

test.each(COUNTRIES)(
  '%s: settlement and payment, of every dealing day of three years',
  async (country) => {
    const days = dealingDays('2025-01-01', '2027-12-31');
    for (const settlementDays of [1, 4]) {
      const rows = await database.owner<{ settlement: string; payout: string }[]>`
      select market_day_after(${country}, d.day, ${settlementDays})::text as settlement, payout_day(${country}, d.day, ${settlementDays})::text as payout
        from unnest(${days}::text[]::date[]) with ordinality d (day, n) order by d.n`;
      const unitClass = { ...HOURS[country], settlementDays };
      expect([...rows]).toEqual(
        days.map((day) => ({ settlement: settlementDateOf(day, unitClass), payout: payoutDateOf(day, unitClass) })),
      );
    }
  },
  120_000,
);

test('record dates, whatever day of the year they are asked for, of thirty years', async () => {
  const { owner } = database;
  for (const [month, day] of [
    [1, 1],
    [2, 31],
    [5, 3],
    [12, 20],
    [12, 31],
  ] as const) {
    const since = '2021-05-03';
    await owner`delete from class_record_days`;
    await owner`insert into class_record_days (class_id, month, day, since) values (${CLASSES.JP}, ${month}, ${day}, ${since})`;
    const [from, to] = ['2020-01-01', '2049-12-01'];
    const rows = await owner<{ date: string }[]>`
      select d::text as date from record_dates(${CLASSES.JP}::smallint, ${from}::text::date, ${to}::text::date) d`;
    expect(rows.map(({ date }) => date)).toEqual(recordDates([{ month, day, since }], from, to));
  }
});
