/** Switches as database tests play them: two classes of yen, in the database and in the domain's book side by side. */
import { createHash, randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { addDays } from '@/lib/domain/calendar/dates';
import { dealingDayFrom } from '@/lib/domain/calendar/dealing-days';
import { type DealingClass, dealingDayOf } from '@/lib/domain/calendar/dealing-times';
import { marketHolidays } from '@/lib/domain/calendar/holidays';
import { DealingBook } from '@/lib/domain/dealing/book';
import { cancelDealingOrder, placeDealingOrder } from './commands/dealing-orders';
import { placeOrders } from './commands/orders';
import { carrySwitches, listCarriedSwitches, placeSwitch } from './commands/switches';
import type { Sql } from './connect';
import { addClass, advanceAll, executedCorrection, redealAll } from './test-dealing';
import { addInvestors, addOffering, fund, orderCall, QUOTATION, setFund } from './test-scene';
import { stopClock } from './test-window';

const HOURS: DealingClass = { country: 'JP', timeZone: 'Asia/Tokyo', cutOff: '15:00', settlementDays: 2 };
export const HELD = 40_000n;
const AUTHORISED = 10n ** 12n;
export const PEOPLE = [0, 1, 2];
const LEVY_E4 = 30n;
const FIRST_DAY = '2026-04-27';

export type Scene = { owner: Sql; site: Sql; proposalId: string };

export async function setSwitching(owner: Sql, site: Sql): Promise<Scene> {
  await setFund(owner);
  await owner`insert into covenant_limits (fund_id, name, value_e4) values (1, 'GATE', 1000) on conflict do nothing`;
  for (const country of ['US', 'JP'] as const)
    for (const { day } of marketHolidays(country, 2026))
      await owner`insert into market_holidays (country, day) values (${country}, ${day})`;
  return { owner, site, proposalId: await executedCorrection(owner, site) };
}

export async function carryAll(site: Sql, parts = 2): Promise<number> {
  let carried = 0;
  for (const classId of await listCarriedSwitches(site))
    for (let done = -1; done !== 0; carried += done) done = await carrySwitches(site, classId, parts);
  return carried;
}

/** What an order of a switch's part is called: `switch_part_key`. */
function partKey(investorId: bigint, key: string, date: string): string {
  const hex = createHash('md5').update(`switch ${investorId} ${key} ${date} order`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Two classes of yen, in the database and in the book. */
export class Pair {
  readonly book: DealingBook;
  date = FIRST_DAY;
  readonly dealt: string[] = [];

  private constructor(
    private readonly scene: Scene,
    readonly people: readonly bigint[],
    readonly classes: readonly [number, number],
  ) {
    this.book = new DealingBook(
      classes.map((classId) => ({
        ...{ ...QUOTATION.JP, classId, levyE4: LEVY_E4, gateE4: 1_000n, authorisedUnits: AUTHORISED },
      })),
    );
  }

  static async make(scene: Scene): Promise<Pair> {
    const { owner, site } = scene;
    await stopClock(owner, new Date('2026-04-02T00:00:00Z'));
    const terms = { authorised: AUTHORISED, levyE4: LEVY_E4 };
    const classes = [await addClass(owner, terms), await addClass(owner, terms)] as const;
    const people = await addInvestors(owner, PEOPLE.length, { country: 'JP', agreed: true });
    await fund(owner, people, 'JPY', 2n * HELD);
    for (const classId of classes) {
      const offering = await addOffering(owner, { country: 'JP' });
      await owner`update offerings set class_id = ${classId} where id = ${offering}`;
      for (const id of people) await placeOrders(site, [orderCall(id, offering, { asked: HELD, price: 10_000n })]);
    }
    const pair = new Pair(scene, people, classes);
    for (const n of PEOPLE)
      pair.book.give(
        n,
        0n,
        classes.map((classId) => [classId, HELD] as const),
      );
    await stopClock(owner, pair.morning());
    return pair;
  }

  morning = () => new Date(`${this.date}T00:00:00Z`);
  session = (classId: number) => ({ classId, ...dealingDayOf(this.date, HOURS) });
  classOf = (n: number): number => this.classes[n === 0 ? 0 : 1];

  private facts(classId: number) {
    const toDealt = (id: number) =>
      ({ ...QUOTATION.JP, classId: id, country: 'JP', dealing: true, lastPrice: null }) as const;
    return {
      person: { status: 'ELIGIBLE', country: 'JP', suitabilityExpiresAt: null, openedProspectus: true, agreed: true },
      unitClass: toDealt(classId),
      toClass: toDealt(this.classes[0] === classId ? this.classes[1] : this.classes[0]),
      ...{ expectedDate: this.date, dealingDate: this.date, now: this.morning() },
    } as const;
  }

  async switch(person: number, from: number, units: bigint | null) {
    const key = randomUUID();
    const classId = this.classOf(from);
    const { toClass, ...facts } = this.facts(classId);
    const answer = await placeSwitch(this.scene.site, {
      ...{ investorId: this.people[person] ?? 0n, key, classId, toClassId: toClass.classId, units },
      ...{ dealingDate: this.date, locale: 'ja', consent: false },
    });
    const request = units === null ? ({ kind: 'SELL_ALL' } as const) : ({ kind: 'SELL_UNITS', units } as const);
    const decision = this.book.place(key, person, request, this.session(classId), facts, toClass);
    expect(answer).toMatchObject(decision.ok ? decision.value : { code: decision.code });
    return key;
  }

  async sell(person: number, from: number, units: bigint) {
    const key = randomUUID();
    const classId = this.classOf(from);
    const { toClass: _, ...facts } = this.facts(classId);
    const answer = await placeDealingOrder(this.scene.site, {
      ...{ investorId: this.people[person] ?? 0n, key, classId, kind: 'SELL_UNITS', asked: units },
      ...{ dealingDate: this.date, locale: 'ja', consent: false },
    });
    const decision = this.book.place(key, person, { kind: 'SELL_UNITS', units }, this.session(classId), facts);
    expect(answer.ok).toBe(decision.ok);
  }

  async cancel(n: number) {
    const order = this.book.orders[n];
    if (!order) return;
    const investorId = this.people[order.investor] ?? 0n;
    const answer = await cancelDealingOrder(this.scene.site, { investorId, key: randomUUID(), order: order.id });
    expect(answer.ok).toBe(this.book.cancel(order.id, this.morning()));
  }

  async deal(prices: readonly [bigint, bigint], chunkPeople = 2, carries = true) {
    const { owner } = this.scene;
    const { cutOffAt } = this.session(0);
    await stopClock(owner, cutOffAt);
    for (const [n, classId] of this.classes.entries())
      await owner`select start_dealing(${classId}::smallint, ${this.date}::text::date, ${prices[n] ?? 0n}::bigint, ${cutOffAt}, ${chunkPeople})`;
    await advanceAll(this.scene.site);
    const days = this.classes.map((classId, n) => {
      const nav = { classId, navDate: this.date, price: prices[n] ?? 0n, struckAt: cutOffAt };
      return { ...this.session(classId), nav };
    });
    expect(this.book.run(days)).toBe(true);
    this.dealt.push(this.date);
    this.date = dealingDayFrom(addDays(this.date, 1));
    await stopClock(owner, this.morning());
    await advanceAll(this.scene.site);
    if (!carries) return;
    await carryAll(this.scene.site);
    this.book.settle(this.date, {
      session: this.session,
      idOf: ({ id, investor }, dealt) => partKey(this.people[investor] ?? 0n, id, dealt),
    });
  }

  async correct(classId: number, date: string | undefined, corrected: bigint) {
    if (!date) return;
    const [row] = await this.scene.owner<{ again: boolean }[]>`
      select start_redealing(${classId}::smallint, ${date}::text::date, ${corrected}::bigint, ${this.scene.proposalId}) as again`;
    expect(row?.again).toBe(this.book.correct(classId, date, corrected));
    await redealAll(this.scene.site);
  }

  async compare() {
    const { owner } = this.scene;
    for (const [n, id] of this.people.entries()) {
      const [wallet] = await owner`select available, reserved from wallets where investor_id = ${id} and asset_id = 2`;
      expect(wallet).toEqual(this.book.wallet(n));
      for (const classId of this.classes) {
        const [has] = await owner`select units from holdings where investor_id = ${id} and class_id = ${classId}`;
        expect(has).toEqual({ units: this.book.unitsOf(n, classId) });
      }
      const orders = await owner`
        select key::text as id, case state when 'CUT_OFF' then 'ACCEPTED' else state::text end as state, reserved_minor as minor, reserved_units as units
          from dealing_orders where investor_id = ${id} order by key`;
      const own = this.book.orders.filter(({ investor }) => investor === n).toSorted((a, b) => (a.id < b.id ? -1 : 1));
      expect([...orders]).toEqual(
        own.map(({ id, state, reservedMinor: minor, reservedUnits: units }) => ({
          ...{ id, state: state === 'CUT_OFF' ? 'ACCEPTED' : state, minor, units },
        })),
      );
    }
  }
}
