/** Any mix of orders, cancellations, cut-offs, prices and gates: cash and units are conserved, and no order takes more than it set aside. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dealingDayFrom } from '../calendar/dealing-days';
import { dealingDayOf } from '../calendar/dealing-times';
import { least } from '../money/rounding';
import { isFinished } from '../orders/state-machine';
import { type BookClass, DealingBook, type RunDay } from './book';
import type { DealingRequest } from './decide';
import { gateUnits } from './gate';

const HOURS = { country: 'JP', timeZone: 'Asia/Tokyo', cutOff: '15:00', settlementDays: 2 } as const;
const QUOTE = {
  currency: 'JPY',
  unitDecimals: 0,
  quoteUnits: 10_000n,
  priceDecimals: 0,
  authorisedUnits: 1_000_000n,
} as const;
const CLASSES: BookClass[] = [
  { ...QUOTE, classId: 1, levyE4: 30n, gateE4: 1_000n },
  { ...QUOTE, classId: 2, levyE4: 0n, gateE4: 1_000n },
];
const PEOPLE = [0, 1, 2, 3];

type Act =
  | { type: 'place'; investor: number; classId: number; request: DealingRequest; switches: boolean }
  | { type: 'cancel'; order: number }
  | { type: 'correct'; classId: number; day: number; price: bigint }
  | { type: 'day'; prices: readonly [bigint, bigint]; early: boolean };

const units = fc.bigInt({ min: 1n, max: 90_000n });
const request: fc.Arbitrary<DealingRequest> = fc.oneof(
  fc.record({ kind: fc.constant('BUY_AMOUNT' as const), amountMinor: fc.bigInt({ min: 1n, max: 200_000n }) }),
  fc.record({ kind: fc.constantFrom('BUY_UNITS' as const, 'SELL_UNITS' as const), units }),
  fc.constant<DealingRequest>({ kind: 'SELL_ALL' }),
);
const price = fc.bigInt({ min: 7_000n, max: 14_000n });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ type: fc.constant('place' as const), investor: fc.constantFrom(...PEOPLE) },
      ...{ classId: fc.constantFrom(1, 2), request, switches: fc.boolean() },
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('cancel' as const), order: fc.nat(40) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ type: fc.constant('correct' as const), classId: fc.constantFrom(1, 2), day: fc.integer({ min: 1, max: 4 }) },
      price,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('day' as const), prices: fc.tuple(price, price), early: fc.boolean() }),
  },
);

const CASH = 300_000n;
const UNITS = 60_000n;

/** Plays a history, and looks at every invariant after each act. */
class Play {
  readonly book = new DealingBook(CLASSES);
  date = dealingDayFrom('2026-04-20');
  private placed = 0;
  private readonly dealt: string[] = [];
  private last: readonly [bigint, bigint] = [10_000n, 10_000n];
  private readonly setAside = new Map<string, bigint>();

  constructor(private readonly cash = CASH) {
    for (const investor of PEOPLE)
      this.book.give(investor, cash, [
        [1, UNITS],
        [2, UNITS],
      ]);
  }

  session = (classId: number) => ({ classId, ...dealingDayOf(this.date, HOURS) });

  apply(act: Act) {
    if (act.type === 'place') this.place(act);
    if (act.type === 'cancel') this.book.cancel(this.book.orders[act.order]?.id ?? '', this.morning());
    if (act.type === 'correct') this.book.correct(act.classId, this.dealt.at(-act.day) ?? '', act.price);
    if (act.type === 'day') this.runDay(act);
    this.look();
  }

  private morning = () => new Date(`${this.date}T00:00:00Z`);

  private place({ investor, classId, request, switches }: Extract<Act, { type: 'place' }>) {
    const toDealt = (id: number) => {
      const terms = CLASSES.find((one) => one.classId === id);
      return terms ? { ...terms, country: 'JP' as const, dealing: true, lastPrice: this.last[id - 1] ?? null } : null;
    };
    const unitClass = toDealt(classId);
    if (!unitClass) return;
    const sells = request.kind === 'SELL_UNITS' || request.kind === 'SELL_ALL';
    this.placed += 1;
    const id = `order ${this.placed}`;
    const facts = {
      person: { status: 'ELIGIBLE', country: 'JP', suitabilityExpiresAt: null, openedProspectus: true, agreed: true },
      ...{ unitClass, expectedDate: this.date, dealingDate: this.date, now: this.morning() },
    } as const;
    const toClass = sells && switches ? toDealt(3 - classId) : null;
    const decision = this.book.place(id, investor, request, this.session(classId), facts, toClass);
    if (decision.ok) this.setAside.set(id, decision.value.reservedMinor);
  }

  private runDay({ prices, early }: Extract<Act, { type: 'day' }>) {
    const days = CLASSES.map(({ classId }, n): RunDay => {
      const session = this.session(classId);
      const struckAt = new Date(session.cutOffAt.getTime() + (early && classId === 2 ? -1 : 0));
      const nav = { classId, navDate: this.date, price: prices[n] ?? 0n, struckAt };
      return { ...session, nav };
    });
    const before = new Map(this.book.issued);
    const redeeming = this.redeeming();
    const moved = this.book.run(days);
    // A price from before the cut-off of one class deals nothing, of the other neither: the day waits.
    expect(moved).toBe(!early);
    if (!moved) return;
    this.lookAtGate(before, redeeming);
    this.last = prices;
    this.dealt.push(this.date);
    this.date = dealingDayFrom(addDays(this.date, 1));
    this.book.settle(this.date, { session: this.session, idOf: ({ id }, dealt) => `${id} of ${dealt}` });
    for (const { id, reservedMinor } of this.book.orders)
      if (!this.setAside.has(id)) this.setAside.set(id, reservedMinor);
  }

  private redeeming = () =>
    this.book.orders
      .filter(({ reservedUnits }) => reservedUnits > 0n)
      .map((order) => ({ order, wanted: order.reservedUnits, since: order.since, classId: order.classId }));

  /** Redeemed are all that wanted to, or exactly the gate; and nobody who came later before all of those who came earlier. */
  private lookAtGate(before: ReadonlyMap<number, bigint>, redeeming: ReturnType<Play['redeeming']>) {
    for (const { classId, gateE4 } of CLASSES) {
      const own = redeeming.filter((one) => one.classId === classId);
      const wanted = own.reduce((sum, one) => sum + one.wanted, 0n);
      const dealt = own.reduce((sum, one) => sum + one.wanted - one.order.reservedUnits, 0n);
      const gate = gateUnits(before.get(classId) ?? 0n, gateE4);
      expect(dealt).toBe(least(wanted, gate));
      for (const late of own.filter((one) => one.order.reservedUnits < one.wanted))
        for (const early of own.filter((one) => one.since < late.since)) expect(early.order.reservedUnits).toBe(0n);
    }
  }

  private look() {
    const { book } = this;
    const wallets = [...book.wallets];
    // Cash is conserved, and never below nothing.
    const held = wallets.reduce((sum, [, { available, reserved }]) => sum + available + reserved, 0n);
    expect(held + book.fundCash).toBe(this.cash * BigInt(PEOPLE.length));
    for (const [investor, { available, reserved }] of wallets) {
      expect(available >= 0n && reserved >= 0n).toBe(true);
      const own = book.orders.filter((order) => order.investor === investor);
      expect(reserved).toBe(own.reduce((sum, { reservedMinor }) => sum + reservedMinor, 0n));
      for (const { classId } of CLASSES) expect(book.freeUnits(investor, classId) >= 0n).toBe(true);
    }
    // U1: what people hold is what is in issue.
    for (const { classId, authorisedUnits } of CLASSES) {
      const sum = PEOPLE.reduce((total, investor) => total + book.unitsOf(investor, classId), 0n);
      expect(sum).toBe(book.issued.get(classId));
      expect(sum <= authorisedUnits).toBe(true);
    }
    for (const { id, state, reservedMinor, reservedUnits, request } of book.orders) {
      // No order over its reservation, and no reservation without an order (O2, O3).
      expect(reservedMinor <= (this.setAside.get(id) ?? 0n)).toBe(true);
      if (isFinished(state)) expect([reservedMinor, reservedUnits]).toEqual([0n, 0n]);
      if (state === 'ACCEPTED' || state === 'CUT_OFF') expect(reservedMinor > 0n || reservedUnits > 0n).toBe(true);
      if (reservedUnits > 0n) expect(request.kind.startsWith('BUY')).toBe(false);
    }
  }
}

describe('a book of orders', () => {
  test('keeps cash and units, whatever happens to it', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const play = new Play();
        for (const one of acts) play.apply(one);
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  test('comes to rest: with enough days every order is finished, and nothing is owed', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const play = new Play();
        for (const one of acts) play.apply(one);
        for (let day = 0; day < 250 && play.book.orders.some(({ state }) => !isFinished(state)); day += 1)
          play.apply({ type: 'day', prices: [10_000n, 10_000n], early: false });
        expect(play.book.orders.filter(({ state }) => !isFinished(state))).toEqual([]);
        expect(play.book.owed).toEqual({ toHolders: 0n, byBuyers: 0n });
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  test('takes whoever only switches from units to units: nothing is free but what does not pay for one of them', () => {
    const switching = fc.record({
      ...{ type: fc.constant('place' as const), investor: fc.constantFrom(...PEOPLE), classId: fc.constantFrom(1, 2) },
      ...{ request: fc.record({ kind: fc.constant('SELL_UNITS' as const), units }), switches: fc.constant(true) },
    });
    const day = fc.record({
      ...{ type: fc.constant('day' as const), prices: fc.tuple(price, price), early: fc.constant(false) },
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(switching, day), { minLength: 1, maxLength: 40 }), (acts) => {
        const play = new Play(0n);
        for (const one of acts) play.apply(one);
        for (let n = 0; n < 250 && play.book.orders.some(({ state }) => !isFinished(state)); n += 1)
          play.apply({ type: 'day', prices: [10_000n, 10_000n], early: false });
        for (const investor of PEOPLE) {
          const bought = play.book.orders.filter(
            (one) => one.investor === investor && one.request.kind === 'BUY_AMOUNT',
          );
          // A unit costs less than two yen.
          expect(play.book.wallet(investor).available <= 2n * BigInt(bought.length)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  }, 30_000);
});
