/**
 * The rules against the lists that were published: the Cabinet Office's 国民の祝日 with its substitute days, and the holidays of the New York Stock
 * Exchange, 2020 to 2027.
 */
import { describe, expect, it } from 'vitest';
import { addDays, isWeekend } from './dates';
import { marketHolidays } from './holidays';

/** Days of a year as "1/13 2/11". The exchange's own year end is not in the Cabinet Office's list. */
const JAPAN: Record<number, string> = {
  2020: '1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 11/23',
  2021: '1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23',
  2022: '1/1 1/10 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/18 8/11 9/19 9/23 10/10 11/3 11/23',
  2023: '1/1 1/2 1/9 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/17 8/11 9/18 9/23 10/9 11/3 11/23',
  2024: '1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14 11/3 11/4 11/23',
  2025: '1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24',
  2026: '1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23',
  2027: '1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23',
};

const NEW_YORK: Record<number, string> = {
  2020: '1/1 1/20 2/17 4/10 5/25 7/3 9/7 11/26 12/25',
  2021: '1/1 1/18 2/15 4/2 5/31 7/5 9/6 11/25 12/24',
  2022: '1/17 2/21 4/15 5/30 6/20 7/4 9/5 11/24 12/26',
  2023: '1/2 1/16 2/20 4/7 5/29 6/19 7/4 9/4 11/23 12/25',
  2024: '1/1 1/15 2/19 3/29 5/27 6/19 7/4 9/2 11/28 12/25',
  2025: '1/1 1/9 1/20 2/17 4/18 5/26 6/19 7/4 9/1 11/27 12/25',
  2026: '1/1 1/19 2/16 4/3 5/25 6/19 7/3 9/7 11/26 12/25',
  2027: '1/1 1/18 2/15 3/26 5/31 6/18 7/5 9/6 11/25 12/24',
};

const short = (day: string) => day.slice(5).split('-').map(Number).join('/');
const nameOf = (country: 'US' | 'JP', day: string) =>
  marketHolidays(country, Number(day.slice(0, 4))).find((holiday) => holiday.day === day)?.name;

describe('the holidays of a market', () => {
  it.each(Object.entries(JAPAN))('Tokyo %s', (year, days) => {
    const own = marketHolidays('JP', Number(year)).filter(({ name }) => name.ja !== '年末年始の休業日');
    expect(own.map(({ day }) => short(day)).join(' ')).toBe(days);
  });

  it.each(Object.entries(NEW_YORK))('New York %s', (year, days) => {
    // A New Year on a Saturday is not observed: the list leaves it out, and the exchange is closed anyway.
    const own = marketHolidays('US', Number(year)).filter(({ day }) => !isWeekend(day));
    expect(own.map(({ day }) => short(day)).join(' ')).toBe(days);
  });

  it.each([
    ['JP', '2026-05-06', 'Substitute holiday (Constitution Memorial Day)', '振替休日（憲法記念日）'],
    ['JP', '2026-09-22', 'Citizens’ Holiday', '国民の休日'],
    ['JP', '2021-07-23', 'Sports Day', 'スポーツの日'],
    ['JP', '2021-08-09', 'Substitute holiday (Mountain Day)', '振替休日（山の日）'],
    ['JP', '2023-01-02', 'Substitute holiday (New Year’s Day)', '振替休日（元日）'],
    ['JP', '2026-12-31', 'Year-end and New Year closure', '年末年始の休業日'],
    ['US', '2026-07-03', 'Independence Day (observed)', '独立記念日の振替休日'],
    ['US', '2022-06-20', 'Juneteenth (observed)', '奴隷解放記念日の振替休日'],
    ['US', '2025-01-09', 'National Day of Mourning for Jimmy Carter', 'カーター元大統領の国民追悼日'],
  ] as const)('%s %s is the %s %s', (country, day, en, ja) => {
    expect(nameOf(country, day)).toEqual({ en, ja });
  });

  it('are in order and on one day each, for as long as the equinoxes are known', () => {
    for (let year = 2020; year < 2100; year += 1) {
      for (const country of ['US', 'JP'] as const) {
        const days = marketHolidays(country, year).map(({ day }) => day);
        expect(days).toEqual([...new Set(days)].sort());
        expect(days.every((day) => day.startsWith(`${year}-`))).toBe(true);
      }
    }
  });

  it('leave no Sunday’s holiday in Japan without its substitute', () => {
    for (let year = 2020; year < 2100; year += 1) {
      const days = new Map(marketHolidays('JP', year).map(({ day, name }) => [day, name.ja]));
      for (const [day, name] of days) {
        if (new Date(`${day}T00:00:00Z`).getUTCDay() !== 0 || name === '年末年始の休業日' || name === '国民の休日')
          continue;
        let next = addDays(day, 1);
        while (days.has(next) && !days.get(next)?.startsWith('振替休日')) next = addDays(next, 1);
        expect(days.get(next), day).toBe(`振替休日（${name}）`);
      }
    }
  });
});
