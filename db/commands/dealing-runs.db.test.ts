/** Random weeks of dealing, run through the database in chunks and through the domain's book: every order, balance and holding agree. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '@/lib/domain/calendar/dates';
import { dealingDayFrom } from '@/lib/domain/calendar/dealing-days';
import { type DealingClass, dealingDayOf } from '@/lib/domain/calendar/dealing-times';
import { marketHolidays } from '@/lib/domain/calendar/holidays';
import type { TicketKind } from '@/lib/domain/dealing/asked';
import { DealingBook } from '@/lib/domain/dealing/book';
import type { DealingRequest } from '@/lib/domain/dealing/decide';
import { connect, type Sql } from '../connect';
import { verifyInvariants } from '../queries/verify';
import { addClass, advanceAll, executedCorrection, redealAll } from '../test-dealing';
import { testDatabase } from '../test-hooks';
import { addInvestors, addOffering, fund, orderCall, QUOTATION, setFund } from '../test-scene';
import { stopClock } from '../test-window';
import { listDealingNotices, nextDealingOutcomes, writeDealingMails } from './dealing-notices';
import { cancelDealingOrder, placeDealingOrder } from './dealing-orders';
import { advanceDealing, claimDealing } from './dealing-runs';
import { placeOrders } from './orders';

const database = testDatabase();
let site: Sql;
const HOURS: DealingClass = { country: 'JP', timeZone: 'Asia/Tokyo', cutOff: '15:00', settlementDays: 2 };
const HELD = 40_000n;
const CASH = 60_000n;
/** Above what four people can have, so that now and then the class is full. */
const AUTHORISED = 4n * HELD + 30_000n;
const PEOPLE = [0, 1, 2, 3];
const LEVY_E4 = 30n;
const GATE_E4 = 1_000n;
/** Before the long holidays of May, so that some payments fall past them. */
const FIRST_DAY = '2026-04-27';

beforeAll(async () => {
  const { owner } = database;
  await setFund(owner);
  await owner`insert into covenant_limits (fund_id, name, value_e4) values (1, 'GATE', 1000) on conflict do nothing`;
  for (const country of ['US', 'JP'] as const)
    for (const { day } of marketHolidays(country, 2026))
      await owner`insert into market_holidays (country, day) values (${country}, ${day})`;
  site = connect(database.appUrl, { max: 4, name: 'test-dealing-runs' });
  proposalId = await executedCorrection(owner, site);
});
afterAll(() => site.end({ timeout: 5 }));

const kind = fc.constantFrom<TicketKind>(
  'BUY_AMOUNT',
  'BUY_AMOUNT',
  'BUY_UNITS',
  'SELL_UNITS',
  'SELL_UNITS',
  'SELL_ALL',
);
const step = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      ...{ type: fc.constant('place' as const), person: fc.constantFrom(...PEOPLE), kind },
      asked: fc.bigInt({ min: 1n, max: 30_000n }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('cancel' as const), order: fc.nat(30) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ type: fc.constant('correct' as const), back: fc.integer({ min: 1, max: 3 }) },
      price: fc.bigInt({ min: 7_000n, max: 14_000n }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ type: fc.constant('day' as const), price: fc.bigInt({ min: 7_000n, max: 14_000n }) },
      chunkPeople: fc.integer({ min: 1, max: 4 }),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const requestOf = (kind: TicketKind, asked: bigint): DealingRequest => {
  if (kind === 'SELL_ALL') return { kind };
  if (kind === 'BUY_AMOUNT') return { kind, amountMinor: asked };
  return { kind, units: asked };
};

/** What both sides signed; its own tests say how. */
let proposalId = '';

class Pair {
  readonly book: DealingBook;
  date = FIRST_DAY;
  private last = 10_000n;
  private readonly dealt: string[] = [];

  private constructor(
    readonly people: readonly bigint[],
    readonly classId: number,
  ) {
    const terms = { classId, levyE4: LEVY_E4, gateE4: GATE_E4, authorisedUnits: AUTHORISED };
    this.book = new DealingBook([{ ...QUOTATION.JP, ...terms }]);
  }

  static async make(): Promise<Pair> {
    const { owner } = database;
    await stopClock(owner, new Date('2026-04-02T00:00:00Z'));
    const classId = await addClass(owner, { authorised: AUTHORISED, levyE4: LEVY_E4 });
    const people = await addInvestors(owner, PEOPLE.length, { country: 'JP', agreed: true });
    await fund(owner, people, 'JPY', CASH + HELD);
    const offering = await addOffering(owner, { country: 'JP', sizeUnits: BigInt(PEOPLE.length) * HELD });
    await owner`update offerings set class_id = ${classId} where id = ${offering}`;
    for (const id of people) await placeOrders(site, [orderCall(id, offering, { asked: HELD, price: 10_000n })]);
    const pair = new Pair(people, classId);
    for (const n of PEOPLE) pair.book.give(n, CASH, [[classId, HELD]]);
    await stopClock(owner, pair.morning());
    return pair;
  }

  /** Nine in the morning in Tokyo. */
  morning = () => new Date(`${this.date}T00:00:00Z`);
  private session = () => ({ classId: this.classId, ...dealingDayOf(this.date, HOURS) });

  async apply(step: Step) {
    if (step.type === 'place') await this.place(step);
    if (step.type === 'cancel') await this.cancel(step.order);
    if (step.type === 'correct') await this.correct(this.dealt.at(-step.back), step.price);
    if (step.type === 'day') await this.deal(step.price, step.chunkPeople);
  }

  private async place({ person, kind, asked: wanted }: Extract<Step, { type: 'place' }>) {
    const key = randomUUID();
    const asked = kind === 'SELL_ALL' ? 0n : wanted;
    const call = { classId: this.classId, dealingDate: this.date, locale: 'ja', consent: false } as const;
    const answer = await placeDealingOrder(site, { ...call, investorId: this.people[person] ?? 0n, key, kind, asked });
    const decision = this.book.place(key, person, requestOf(kind, asked), this.session(), {
      person: { status: 'ELIGIBLE', country: 'JP', suitabilityExpiresAt: null, openedProspectus: true, agreed: true },
      unitClass: { ...QUOTATION.JP, classId: this.classId, country: 'JP', dealing: true, lastPrice: this.last },
      ...{ expectedDate: this.date, dealingDate: this.date, now: this.morning() },
    });
    expect(answer).toMatchObject(decision.ok ? decision.value : { code: decision.code });
  }

  private async cancel(n: number) {
    const order = this.book.orders[n];
    if (!order) return;
    const investorId = this.people[order.investor] ?? 0n;
    const answer = await cancelDealingOrder(site, { investorId, key: randomUUID(), order: order.id });
    expect(answer.ok).toBe(this.book.cancel(order.id, this.morning()));
  }

  private async deal(price: bigint, chunkPeople: number) {
    const { owner } = database;
    const session = this.session();
    const start = async (struckAt: Date) => {
      const [row] = await owner<{ code: string | null }[]>`
        select start_dealing(${this.classId}::smallint, ${this.date}::text::date, ${price}::bigint, ${struckAt}, ${chunkPeople}) as code`;
      return row?.code;
    };
    // A price of before the cut-off deals nothing, and before the cut-off no price does.
    expect(await start(session.cutOffAt)).toBe('nav.before-cut-off');
    await stopClock(owner, new Date(session.cutOffAt.getTime() + 3_600_000));
    expect(await start(new Date(session.cutOffAt.getTime() - 1))).toBe('nav.before-cut-off');
    expect(await start(session.cutOffAt)).toBeNull();
    expect(await start(session.cutOffAt)).toBe('dealing.done');
    await advanceAll(site);
    const nav = { classId: this.classId, navDate: this.date, price, struckAt: session.cutOffAt };
    expect(this.book.run([{ ...session, nav }])).toBe(true);
    await owner`insert into nav_prices (class_id, nav_date, price, net_assets_minor, published_at)
      values (${this.classId}, ${this.date}, ${price}, 0, ${session.cutOffAt})`;
    this.last = price;
    this.dealt.push(this.date);
    this.date = dealingDayFrom(addDays(this.date, 1));
    await stopClock(owner, this.morning());
    await advanceAll(site);
    this.book.settle(this.date);
  }

  private async correct(date: string | undefined, price: bigint) {
    if (!date) return;
    const [row] = await database.owner<{ again: boolean }[]>`
      select start_redealing(${this.classId}::smallint, ${date}::text::date, ${price}::bigint, ${proposalId}) as again`;
    expect(row?.again).toBe(this.book.correct(this.classId, date, price));
    await redealAll(site);
    await this.compare();
  }

  async compare() {
    const { owner } = database;
    for (const [n, id] of this.people.entries()) {
      const [has] = await owner<{ available: bigint; reserved: bigint; units: bigint }[]>`
        select w.available, w.reserved, h.units from wallets w join holdings h on h.investor_id = w.investor_id and h.class_id = ${this.classId}
         where w.investor_id = ${id} and w.asset_id = 2`;
      expect(has).toEqual({ ...this.book.wallet(n), units: this.book.unitsOf(n, this.classId) });
      const orders = await owner<{ key: string; state: string; minor: bigint; units: bigint }[]>`
        select key::text, state, reserved_minor as minor, reserved_units as units from dealing_orders where investor_id = ${id} order by number`;
      const own = this.book.orders.filter((order) => order.investor === n);
      expect(
        orders.map((order) => ({ ...order, state: order.state === 'CUT_OFF' ? 'ACCEPTED' : order.state })),
      ).toEqual(
        own.map(({ id: key, state, reservedMinor: minor, reservedUnits: units }) => ({
          ...{ key, state: state === 'CUT_OFF' ? 'ACCEPTED' : state, minor, units },
        })),
      );
    }
  }
}

test('the database deals as the domain does, in whatever chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 30 }), async (steps) => {
      const pair = await Pair.make();
      for (const one of steps) {
        await pair.apply(one);
        if (one.type === 'day') await pair.compare();
      }
      // Days without orders: what is owed is paid.
      for (let day = 0; day < 3; day += 1) await pair.apply({ type: 'day', price: 10_000n, chunkPeople: 4 });
      await pair.compare();
      const findings = await database.owner.begin((sql) => verifyInvariants(sql));
      expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 240_000);

test('a worker that was thought dead is refused; two workers at once have one lease; a run that was left goes on', async () => {
  const pair = await Pair.make();
  for (const [n, investorId] of pair.people.entries()) {
    const call = { classId: pair.classId, dealingDate: pair.date, locale: 'ja', consent: false, investorId } as const;
    await placeDealingOrder(site, { ...call, key: randomUUID(), kind: 'SELL_UNITS', asked: 1_000n * BigInt(n + 1) });
    await placeDealingOrder(site, { ...call, key: randomUUID(), kind: 'BUY_AMOUNT', asked: 5_000n });
  }
  const { cutOffAt } = dealingDayOf(pair.date, HOURS);
  await stopClock(database.owner, cutOffAt);
  await database.owner`select start_dealing(${pair.classId}::smallint, ${pair.date}::text::date, 10000, ${cutOffAt}, 1)`;
  const day = { classId: pair.classId, dealingDate: pair.date };
  const fences = await Promise.all([
    claimDealing(site, day, 60),
    claimDealing(site, day, 60),
    claimDealing(site, day, 60),
  ]);
  const [first = 0] = fences.filter((fence) => fence !== null);
  expect(fences.filter((fence) => fence !== null)).toHaveLength(1);
  // The first prices, books one chunk, and is heard of no more; its lease runs out.
  for (let n = 0; n < 2; n += 1)
    expect(await advanceDealing(site, day, first)).toMatchObject({ ok: true, step: 'REDEEM' });
  await database.owner`update dealing_runs set leased_until = clock_timestamp() where class_id = ${pair.classId}`;
  const second = (await claimDealing(site, day, 60)) ?? expect.fail('The lease has not run out.');
  expect(await advanceDealing(site, day, first)).toEqual({ ok: false, code: 'dealing.fenced' });
  for (let waits = false; !waits; ) {
    const advanced = await advanceDealing(site, day, second);
    waits = !advanced.ok || advanced.waits;
  }
  const [sums] = await database.owner<{ bought: bigint; redeemed: bigint; chunks: bigint; open: bigint }[]>`
    select r.bought_units as bought, r.redeemed_units as redeemed,
           (select count(*) from dealing_chunks k where k.class_id = r.class_id and k.journal_id is not null) as chunks,
           (select count(*) from dealing_orders o where o.class_id = r.class_id and o.state <> 'PRICED') as open
      from dealing_runs r where r.class_id = ${pair.classId}`;
  expect(sums).toEqual({ bought: 20_000n, redeemed: 10_000n, chunks: 8n, open: 0n });
  const findings = await database.owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
}, 60_000);

test('a day that is settled and dealt again at the same time is as if one had come after the other', async () => {
  const { owner } = database;
  const pair = await Pair.make();
  for (const [n, investorId] of pair.people.entries()) {
    const call = { classId: pair.classId, dealingDate: pair.date, locale: 'ja', consent: false, investorId } as const;
    await placeDealingOrder(site, { ...call, key: randomUUID(), kind: 'SELL_UNITS', asked: 500n * BigInt(n + 1) });
    await placeDealingOrder(site, { ...call, key: randomUUID(), kind: 'BUY_UNITS', asked: 5_000n });
  }
  const { cutOffAt } = dealingDayOf(pair.date, HOURS);
  await stopClock(owner, cutOffAt);
  await owner`select start_dealing(${pair.classId}::smallint, ${pair.date}::text::date, 10000, ${cutOffAt}, 1)`;
  await advanceAll(site);
  await owner`select start_redealing(${pair.classId}::smallint, ${pair.date}::text::date, 9000, ${proposalId})`;
  // Past both days of settlement: all chunks are due.
  await stopClock(owner, new Date(`${addDays(pair.date, 9)}T00:00:00Z`));
  await Promise.all([advanceAll(site), redealAll(site)]);
  await advanceAll(site);
  const orders = await owner<{ state: string; minor: bigint; units: bigint; orders: bigint }[]>`
    select o.state, o.reserved_minor as minor, d.units, count(*) as orders
      from dealing_orders o join current_deals d on d.investor_id = o.investor_id and d.order_key = o.key
     where o.class_id = ${pair.classId} and d.buys group by 1, 2, 3`;
  expect(orders).toEqual([{ state: 'SETTLED', minor: 0n, units: 5_000n, orders: 4n }]);
  const [row] = await owner<{ step: string; price: bigint }[]>`
    select r.step, price_in_force(r.class_id, r.dealing_date) as price from dealing_runs r where r.class_id = ${pair.classId}`;
  expect(row).toEqual({ step: 'DONE', price: 9_000n });
  const findings = await owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
}, 60_000);

test('everybody is told once, a person at a time: also who was left out, and nobody who has nothing to be paid', async () => {
  const { owner } = database;
  const pair = await Pair.make();
  const keys: Record<'sold' | 'bought', string[]> = { sold: [], bought: [] };
  for (const [n, investorId] of pair.people.entries()) {
    const call = { classId: pair.classId, dealingDate: pair.date, locale: 'ja', consent: false, investorId } as const;
    keys.sold.push(randomUUID());
    keys.bought.push(randomUUID());
    // The gate leaves nothing of one unit beside all that the others have; at twice the price a yen buys nothing.
    await placeDealingOrder(site, { ...call, key: keys.sold[n] ?? '', kind: 'SELL_UNITS', asked: n === 0 ? 1n : HELD });
    await placeDealingOrder(site, {
      ...call,
      key: keys.bought[n] ?? '',
      kind: 'BUY_AMOUNT',
      asked: n === 0 ? 1n : 5_000n,
    });
  }
  const { cutOffAt } = dealingDayOf(pair.date, HOURS);
  await stopClock(owner, cutOffAt);
  await owner`select start_dealing(${pair.classId}::smallint, ${pair.date}::text::date, 20000, ${cutOffAt}, 1)`;
  await advanceAll(site);
  await stopClock(owner, new Date(`${addDays(pair.date, 9)}T00:00:00Z`));
  await advanceAll(site);
  const told: Record<string, [string, bigint][]> = {};
  for (const notice of (await listDealingNotices(site)).filter(({ classId }) => classId === pair.classId)) {
    const name = `${notice.about} ${notice.buys ? 'bought' : 'sold'}`;
    for (let mails: number | null = null; mails !== 0; ) {
      const outcomes = await nextDealingOutcomes(site, notice, 1);
      told[name] = [...(told[name] ?? []), ...outcomes.map((o): [string, bigint] => [o.orderKey, o.units])];
      const texts = outcomes.map(({ investorId }) => ({ investorId, kind: 'x', subject: 'x', body: 'y' }));
      mails = await writeDealingMails(site, notice, outcomes[0]?.after ?? null, texts);
    }
  }
  const { sold, bought } = keys;
  const passed = (key: string, n: number): [string, bigint] => [key, n === 0 ? 0n : n === 1 ? 5_334n : 5_333n];
  const issued = (key: string, n: number): [string, bigint] => [key, n === 0 ? 0n : 2_500n];
  expect(told).toEqual({
    'DEALT sold': sold.map(passed),
    'DEALT bought': bought.map(issued),
    'SETTLED sold': sold.map(passed).slice(1),
    'SETTLED bought': bought.map(issued).slice(1),
  });
}, 60_000);
