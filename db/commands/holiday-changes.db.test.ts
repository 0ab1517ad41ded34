/** Random changes of holidays by both sides among orders, plans and days that are dealt: every day is what the domain says, and none is lost. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CalendarChange, changedCalendar, dealsOn, refuseCalendarChange } from '@/lib/domain/calendar/change';
import { addDays } from '@/lib/domain/calendar/dates';
import { isDealingDay } from '@/lib/domain/calendar/dealing-days';
import {
  cutOffAt,
  type DealingClass,
  dealingTimes,
  payoutDateOf,
  settlementDateOf,
} from '@/lib/domain/calendar/dealing-times';
import { calendarOf, type HolidayCalendar, marketHolidays } from '@/lib/domain/calendar/holidays';
import { planDate } from '@/lib/domain/dealing/plan';
import { localText } from '@/lib/domain/offerings/local-time';
import { COUNTRIES, type Country } from '@/lib/domain/states';
import { connect, type Sql } from '../connect';
import { verifyInvariants } from '../queries/verify';
import { type Council, setCouncil } from '../test-council';
import { testDatabase } from '../test-hooks';
import { addInvestors, addOffering, CLASSES, fund, orderCall, QUOTATION, setFund } from '../test-scene';
import { stopClock } from '../test-window';
import { cancelDealingOrder, placeDealingOrder } from './dealing-orders';
import { advanceDealing, claimDealing, listUnfinishedDealing, releaseDealing } from './dealing-runs';
import { listHolidayNotices, tellMovedDays } from './holiday-notices';
import { placeOrders } from './orders';

const database = testDatabase();
let site: Sql;
let council: Council;
const HOURS: Record<Country, DealingClass> = {
  US: { country: 'US', timeZone: 'America/New_York', cutOff: '16:00', settlementDays: 1 },
  JP: { country: 'JP', timeZone: 'Asia/Tokyo', cutOff: '15:00', settlementDays: 4 },
};
const YEARS = { first: 2026, last: 2028 };
const HOLIDAYS = COUNTRIES.flatMap((country) => [2026, 2027, 2028].flatMap((year) => marketHolidays(country, year)));
/** Before the long holidays of May; each history begins where the one before it ended, and by the calendar that it left. */
let now = new Date('2026-04-23T00:00:00Z');
let calendar: HolidayCalendar = calendarOf(HOLIDAYS);
const UNITS = 1_000_000n;

beforeAll(async () => {
  const { owner } = database;
  await setFund(owner);
  await owner`update unit_classes set dealing_from = '2026-01-01', settlement_days = case code when 'US' then 1 else 4 end`;
  site = connect(database.appUrl, { max: 4, name: 'test-holidays' });
  await owner`insert into covenant_limits (fund_id, name, value_e4) values (1, 'GATE', 10000) on conflict do nothing`;
  for (const { country: market, day, name } of HOLIDAYS)
    await owner`insert into market_holidays (country, day, name_en, name_ja) values (${market}, ${day}, ${name.en}, ${name.ja})`;
  council = await setCouncil(owner, site);
});
afterAll(() => site.end({ timeout: 5 }));

const country = fc.constantFrom(...COUNTRIES);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('place' as const), country, buys: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('cancel' as const), order: fc.nat(20) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ type: fc.constant('change' as const), country, change: fc.constantFrom('ADD' as const, 'REMOVE' as const) },
      // From a day that is over, through tomorrow, on which orders wait, to where settlement falls.
      ahead: fc.integer({ min: -2, max: 9 }),
      // Mostly of a day on which it can be done, as far as the calendar goes.
      fits: fc.nat({ max: 3 }).map((n) => n > 0),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('wait' as const), hours: fc.nat({ max: 20 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Placed = { investorId: bigint; key: string; country: Country; accepted: string };

const askedOf = (market: Country) => addDays(localText(now, 'UTC').slice(0, 10), market === 'US' ? 8 : 6);

class Scene {
  readonly orders: Placed[] = [];
  /** What each plan asks for next. */
  private readonly asked = { US: askedOf('US'), JP: askedOf('JP') };
  /** The first day of each class that may still have to be dealt. */
  private readonly undealt = { US: localText(now, 'UTC').slice(0, 10), JP: localText(now, 'UTC').slice(0, 10) };
  private constructor(readonly people: Record<Country, bigint>) {}

  static async make(): Promise<Scene> {
    const { owner } = database;
    now = new Date(now.getTime() + 86_400_000);
    await stopClock(owner, now);
    // Nothing of the scene before is left open.
    await owner`with ended as (update savings_plans set state = 'ENDED', next_month = null, changed_at = app_now() where state <> 'ENDED' returning *)
      insert into savings_plan_acts (investor_id, key, plan_key, amount_minor, at, class_id, day_of_month, act)
      select investor_id, gen_random_uuid(), key, amount_minor, changed_at, class_id, day_of_month, 'ENDED' from ended`;
    const people = {} as Record<Country, bigint>;
    for (const market of COUNTRIES) {
      const [id = 0n] = await addInvestors(owner, 1, { country: market, agreed: true });
      await fund(owner, [id], QUOTATION[market].currency, 3n * UNITS);
      const offering = await addOffering(owner, { country: market });
      const bought = { asked: UNITS, price: market === 'JP' ? 10_000n : 100_000n } as const;
      expect(await placeOrders(site, [orderCall(id, offering, bought)])).toMatchObject([{ ok: true }]);
      people[market] = id;
      await owner`insert into savings_plans (investor_id, key, amount_minor, started_at, changed_at, next_month, class_id, day_of_month, state, locale)
        select ${id}, ${randomUUID()}, 1000, app_now(), app_now(), date_trunc('month', d)::date, ${CLASSES[market]}, extract(day from d), 'ACTIVE', 'en'
          from (select ${askedOf(market)}::text::date as d) x`;
      await owner`insert into savings_plan_acts (investor_id, key, plan_key, amount_minor, at, class_id, day_of_month, act)
        select investor_id, key, key, amount_minor, started_at, class_id, day_of_month, 'STARTED' from savings_plans where investor_id = ${id}`;
    }
    return new Scene(people);
  }

  async apply(one: Step): Promise<void> {
    if (one.type === 'wait') return this.wait(one.hours);
    if (one.type === 'cancel') {
      const order = this.orders[one.order];
      if (order) await cancelDealingOrder(site, { investorId: order.investorId, key: randomUUID(), order: order.key });
      return;
    }
    if (one.type === 'change') return this.change(one);
    const { dealingDate } = dealingTimes(now, HOURS[one.country], calendar);
    const placed = {
      ...{ investorId: this.people[one.country], key: randomUUID(), country: one.country, accepted: dealingDate },
    };
    const answer = await placeDealingOrder(site, {
      ...{ investorId: placed.investorId, key: placed.key, classId: CLASSES[one.country], asked: 1_000n, dealingDate },
      ...{ kind: one.buys ? 'BUY_AMOUNT' : 'SELL_UNITS', locale: 'en', consent: true },
    });
    expect(answer).toMatchObject({ ok: true, dealingDate });
    this.orders.push(placed);
  }

  private async change({ country: market, change, ahead, fits }: Extract<Step, { type: 'change' }>): Promise<void> {
    const today = localText(now, 'Asia/Tokyo').slice(0, 10);
    const listed = (date: string) => calendar(date).find((holiday) => holiday.country === market);
    let day = addDays(today, ahead);
    for (let n = 0; fits && n < 30 && (listed(day) !== undefined) === (change === 'ADD'); n += 1) day = addDays(day, 1);
    const name =
      change === 'REMOVE' ? (listed(day)?.name ?? { en: 'None', ja: '該当なし' }) : { en: 'Mourning', ja: '追悼の日' };
    const meant: CalendarChange = { country: market, day, change, name };
    const words = { nameEn: name.en, nameJa: name.ja, reasonEn: 'Decided.', reasonJa: '決定による。' };
    const made = await council.propose(council.us, 'HOLIDAY_CHANGE', { market, holiday: day, change, ...words });
    const code = refuseCalendarChange(meant, now, Object.values(HOURS), calendar, YEARS);
    if (code) {
      expect(made.answer).toMatchObject({ ok: false, code });
      return;
    }
    expect(made.answer).toMatchObject({ ok: true });
    await council.sign(council.us2, made);
    expect(await council.sign(council.jp, made)).toMatchObject({ ok: true, state: 'EXECUTED' });
    const before = calendar;
    calendar = changedCalendar(before, meant);
    const [said] = await database.owner<{ moves: { about: string; class: Country; from: string; to: string }[] }[]>`
      select outcome -> 'before' -> 'moves' as moves from proposals where id = ${made.id}`;
    const plans = COUNTRIES.flatMap((one) => {
      const [month, asked] = [this.asked[one].slice(0, 7), Number(this.asked[one].slice(8))];
      const [from, to] = [planDate(asked, month, before), planDate(asked, month, calendar)];
      return from === to ? [] : [{ about: 'PLAN', class: one, from, to }];
    });
    expect((said?.moves ?? []).filter(({ about }) => about === 'PLAN')).toMatchObject(plans);
    await this.tell(meant);
  }

  /** Everybody whose day moved has a mail of it, and nobody else. */
  private async tell({ day }: CalendarChange): Promise<void> {
    const mails = () => database.owner<{ n: number }[]>`select count(*)::int as n from mails where kind = 'moved'`;
    for (const notice of await listHolidayNotices(site)) {
      expect(notice.holiday).toBe(day);
      const [before] = await mails();
      const texts = [{ locale: 'en' as const, subject: 'Moved', body: `${notice.about} ${notice.toDay}` }];
      const told = await tellMovedDays(site, notice.id, 10, 'moved', texts);
      expect(told).toEqual({ told: 1, finished: true });
      const [after] = await mails();
      expect((after?.n ?? 0) - (before?.n ?? 0)).toBe(1);
    }
  }

  /** Days whose last cut-off has passed are dealt, one after the other, and what is due is settled. */
  private async wait(hours: number): Promise<void> {
    const { owner } = database;
    now = new Date(now.getTime() + hours * 3_600_000);
    await stopClock(owner, now);
    for (const market of COUNTRIES) {
      for (let day = this.undealt[market]; cutOffAt(day, HOURS[market]) <= now; day = addDays(day, 1)) {
        this.undealt[market] = addDays(day, 1);
        if (!isDealingDay(day, calendar)) continue;
        const price = market === 'JP' ? 10_000n : 100_000n;
        await owner`select start_dealing(${CLASSES[market]}::smallint, ${day}::text::date, ${price}::bigint, app_now())`;
        await this.advance();
      }
    }
    await this.advance();
  }

  private async advance(): Promise<void> {
    for (const day of await listUnfinishedDealing(site)) {
      const fence = await claimDealing(site, day, 60);
      if (fence === null) throw new Error('Nobody else works here.');
      for (let waits = false; !waits; ) {
        const advanced = await advanceDealing(site, day, fence);
        waits = advanced.ok ? advanced.waits : true;
      }
      await releaseDealing(site, day, fence);
    }
  }

  /** Every order that waits, and every day whose cash is still to change hands. */
  async check(): Promise<void> {
    const { owner } = database;
    for (const { investorId, key, country: market, accepted } of this.orders) {
      const [order] = await owner<{ state: string; day: string; closes: Date }[]>`
        select state, dealing_date::text as day, cut_off_at as closes from dealing_orders where investor_id = ${investorId} and key = ${key}`;
      if (order?.state !== 'ACCEPTED') continue;
      const day = dealsOn(accepted, calendar);
      expect(order).toMatchObject({ day, closes: cutOffAt(day, HOURS[market]) });
      expect(isDealingDay(day, calendar) && day >= accepted).toBe(true);
    }
    const runs = await owner<{ country: Country; day: string; settlement: string; payout: string }[]>`
      select c.country, r.dealing_date::text as day, r.settlement_date::text as settlement, r.payout_date::text as payout
        from dealing_runs r join unit_classes c on c.id = r.class_id where r.step <> 'DONE'`;
    for (const { country: market, day, settlement, payout } of runs) {
      const today = localText(now, HOURS[market].timeZone).slice(0, 10);
      if (settlement > today) expect(settlement).toBe(settlementDateOf(day, HOURS[market], calendar));
      if (payout > today) expect(payout).toBe(payoutDateOf(day, HOURS[market], calendar));
      expect(payout <= addDays(day, 7)).toBe(true);
    }
  }
}

test('every order that waits has a dealing day, never before the one that it was accepted for', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), async (steps) => {
      const scene = await Scene.make();
      for (const one of steps) {
        await scene.apply(one);
        await scene.check();
      }
      // All of it comes to an end.
      const open = async () =>
        (await database.owner`select 1 from dealing_orders where state in ('ACCEPTED', 'CUT_OFF', 'PRICED') limit 1`)
          .length;
      for (let days = 0; days < 30 && (await open()) > 0; days += 1) await scene.apply({ type: 'wait', hours: 24 });
      expect(await open()).toBe(0);
      const findings = await database.owner.begin((sql) => verifyInvariants(sql));
      expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
    }),
    // A failure names its seed; to shrink it here would take minutes of database time.
    { numRuns: 8, endOnFailure: true },
  );
}, 180_000);
