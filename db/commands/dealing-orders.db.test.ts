/** Random histories of orders at NAV, run through the database and through the domain's book: every answer, balance and day agree. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '@/lib/domain/calendar/dates';
import { type DealingClass, dealingTimes } from '@/lib/domain/calendar/dealing-times';
import { marketHolidays } from '@/lib/domain/calendar/holidays';
import type { TicketKind } from '@/lib/domain/dealing/asked';
import { DealingBook } from '@/lib/domain/dealing/book';
import { type DealingFacts, type DealingRequest, refuseCancel } from '@/lib/domain/dealing/decide';
import type { Country } from '@/lib/domain/states';
import { connect, type Sql } from '../connect';
import { verifyInvariants } from '../queries/verify';
import { testDatabase } from '../test-hooks';
import { addInvestors, addOffering, CLASSES, fund, orderCall, QUOTATION, setFund } from '../test-scene';
import { stopClock } from '../test-window';
import { cancelDealingOrder, type DealingAnswer, placeDealingOrder } from './dealing-orders';
import { placeOrders } from './orders';

const database = testDatabase();
let site: Sql;
const PEOPLE = [
  { country: 'US', status: 'ELIGIBLE', opened: true, agreed: false },
  { country: 'JP', status: 'ELIGIBLE', opened: true, agreed: true },
  { country: 'JP', status: 'ELIGIBLE', opened: false, agreed: false },
  { country: 'JP', status: 'FROZEN', opened: true, agreed: true },
] as const;
const HOURS: Record<Country, DealingClass> = {
  US: { country: 'US', timeZone: 'America/New_York', cutOff: '16:00', settlementDays: 2 },
  JP: { country: 'JP', timeZone: 'Asia/Tokyo', cutOff: '15:00', settlementDays: 2 },
};
/** The Japan class has a price; of the US class none has been published yet. */
const LAST_PRICE: Record<Country, bigint | null> = { US: null, JP: 10_123n };
const HELD = 9_000n;
const CASH = 20_000n;

beforeAll(async () => {
  const { owner } = database;
  await setFund(owner);
  await owner`update unit_classes set dealing_from = '2026-01-01'`;
  await owner`insert into nav_prices (class_id, nav_date, price, net_assets_minor, published_at) values (2, '2026-04-01', 10123, 0, '2026-04-01T23:00:00Z')`;
  for (const country of ['US', 'JP'] as const)
    for (const { day } of marketHolidays(country, 2026))
      await owner`insert into market_holidays (country, day) values (${country}, ${day})`;
  site = connect(database.appUrl, { max: 20, name: 'test-dealing' });
});
afterAll(() => site.end({ timeout: 5 }));

const requestOf = (kind: TicketKind, asked: bigint): DealingRequest => {
  if (kind === 'SELL_ALL') return { kind };
  if (kind === 'BUY_AMOUNT') return { kind, amountMinor: asked };
  return { kind, units: asked };
};

/** Keys of orders and of cancellations overlap now and then. */
const orderKey = fc.nat({ max: 4 });
const person = fc.oneof(
  { weight: 4, arbitrary: fc.nat({ max: 1 }) },
  { weight: 1, arbitrary: fc.nat({ max: PEOPLE.length - 1 }) },
);
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      ...{ type: fc.constant('place' as const), person, key: orderKey },
      elsewhere: fc.nat({ max: 9 }).map((n) => n === 0),
      kind: fc.constantFrom('BUY_AMOUNT' as const, 'BUY_UNITS' as const, 'SELL_UNITS' as const, 'SELL_ALL' as const),
      asked: fc.bigInt({ min: -1n, max: 15_000n }),
      late: fc.nat({ max: 9 }).map((n) => n === 0),
      consent: fc.nat({ max: 3 }).map((n) => n > 0),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('cancel' as const),
      person,
      key: fc.integer({ min: 4, max: 12 }),
      order: orderKey,
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('wait' as const), hours: fc.nat({ max: 14 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Placing = Extract<Step, { type: 'place' }>;
type Wanted = Partial<Extract<DealingAnswer, { ok: true }>> | { ok: false; code: string };

/** The database and the book side by side. */
class Pair {
  readonly book = new DealingBook(
    (['US', 'JP'] as const).map((country) => ({
      ...{ ...QUOTATION[country], classId: CLASSES[country] },
      ...{ levyE4: 0n, gateE4: 1_000n, authorisedUnits: 10n ** 15n },
    })),
  );
  now = new Date('2026-04-27T00:00:00Z');
  private readonly keys = new Map<string, string>();
  private readonly done = new Map<string, { body: string; answer: Wanted }>();
  private readonly agreed = new Set<number>();

  private constructor(readonly people: readonly bigint[]) {}

  static async make(): Promise<Pair> {
    const { owner } = database;
    await stopClock(owner, new Date('2026-04-02T00:00:00Z'));
    const people: bigint[] = [];
    for (const one of PEOPLE) people.push(...(await addInvestors(owner, 1, { ...one, status: 'ELIGIBLE' })));
    const pair = new Pair(people);
    for (const [n, { country, status }] of PEOPLE.entries()) {
      const id = people[n] ?? 0n;
      const offering = await addOffering(owner, { country });
      await fund(owner, [id], QUOTATION[country].currency, CASH + HELD);
      await owner`insert into consents (investor_id, document_version_id, act, locale, sha256)
        select ${id}, 1, 'OPENED', 'en', sha256 from document_texts where locale = 'en' on conflict do nothing`;
      const bought = { kind: 'BUY_UNITS', asked: HELD, price: country === 'JP' ? 10_000n : 100_000n } as const;
      expect(await placeOrders(site, [orderCall(id, offering, bought)])).toMatchObject([
        { ok: true, amountMinor: HELD },
      ]);
      await owner`update investors set status = ${status} where investor_id = ${id}`;
      pair.book.give(n, CASH, [[CLASSES[country], HELD]]);
      // Whoever bought has opened the prospectus and agreed: another one has come since.
      pair.agreed.clear();
    }
    await stopClock(owner, pair.now);
    return pair;
  }

  keyOf(investor: number, n: number): string {
    const name = `${investor} ${n}`;
    const id = this.keys.get(name) ?? randomUUID();
    this.keys.set(name, id);
    return id;
  }

  async apply(step: Step): Promise<[answer: DealingAnswer, wanted: Wanted] | null> {
    if (step.type === 'wait') {
      this.now = new Date(this.now.getTime() + step.hours * 3_600_000);
      await stopClock(database.owner, this.now);
      return null;
    }
    const investorId = this.people[step.person] ?? 0n;
    const key = this.keyOf(step.person, step.key);
    if (step.type === 'cancel') {
      const order = this.keyOf(step.person, step.order);
      const answer = await cancelDealingOrder(site, { investorId, key, order });
      return [answer, this.cancel(step.person, key, order)];
    }
    const own = PEOPLE[step.person]?.country ?? 'US';
    const country = step.elsewhere ? (own === 'US' ? 'JP' : 'US') : own;
    const times = dealingTimes(this.now, HOURS[country]);
    const dealingDate = step.late ? addDays(times.dealingDate, -1) : times.dealingDate;
    const asked = step.kind === 'SELL_ALL' ? 0n : step.asked;
    const answer = await placeDealingOrder(site, {
      ...{ investorId, key, classId: CLASSES[country], kind: step.kind, asked, dealingDate },
      ...{ locale: 'en', consent: step.consent },
    });
    return [answer, this.place({ ...step, asked }, key, country, dealingDate)];
  }

  /** The same key and body answer the same, with another body it is refused (I2, I3). */
  private once(key: string, body: string, act: () => Wanted): Wanted {
    const known = this.done.get(key);
    if (known) return known.body === body ? known.answer : { ok: false, code: 'order.key-reused' };
    const answer = act();
    if (answer.ok) this.done.set(key, { body, answer: { ...answer, replayed: true } });
    return answer;
  }

  private place(step: Placing, key: string, country: Country, expectedDate: string): Wanted {
    return this.once(key, `place ${country} ${step.kind} ${step.asked}`, () => {
      const scene = PEOPLE[step.person];
      const times = dealingTimes(this.now, HOURS[country]);
      const classId = CLASSES[country];
      const facts: Parameters<DealingBook['place']>[4] = {
        person: {
          ...{ status: scene?.status ?? 'FROZEN', country: scene?.country ?? null, suitabilityExpiresAt: null },
          ...{ openedProspectus: scene?.opened ?? false },
          agreed: (scene?.agreed ?? false) || this.agreed.has(step.person) || step.consent,
        },
        unitClass: { ...QUOTATION[country], classId, country, dealing: true, lastPrice: LAST_PRICE[country] },
        ...{ expectedDate, dealingDate: times.dealingDate, now: this.now },
      } satisfies Omit<DealingFacts, 'person'> & { person: object };
      const decision = this.book.place(
        key,
        step.person,
        requestOf(step.kind, step.asked),
        { ...times, classId },
        facts,
      );
      if (!decision.ok) return { ok: false, code: decision.code };
      if (step.kind.startsWith('BUY')) this.agreed.add(step.person);
      return { ok: true, replayed: false, ...decision.value, dealingDate: times.dealingDate, cutOffAt: times.cutOffAt };
    });
  }

  private cancel(investor: number, key: string, id: string): Wanted {
    const order = this.book.orders.find((one) => one.id === id);
    if (!order) return { ok: false, code: 'order.not-found' };
    return this.once(key, `cancel ${id}`, () => {
      const status = PEOPLE[investor]?.status ?? 'FROZEN';
      const code = refuseCancel({ status, state: order.state, cutOffAt: order.cutOffAt, now: this.now });
      if (code) return { ok: false, code };
      expect(this.book.cancel(id, this.now)).toBe(true);
      return { ok: true, replayed: false, reservedMinor: 0n, reservedUnits: 0n, dealingDate: order.since };
    });
  }
}

test('the database answers and books as the domain does', async () => {
  await database.owner`insert into document_versions (id, fund_id, kind, slug, version, published_at) overriding system value
    values (2, 1, 'PROSPECTUS', 'prospectus', 2, '2026-04-20')`;
  await database.owner`insert into document_texts (document_version_id, locale, title, body, sha256)
    select 2, l, 'Prospectus', 'New ' || l, encode(sha256(convert_to('New ' || l, 'UTF8')), 'hex') from unnest(array['en', 'ja']::locale[]) l`;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 50 }), async (steps) => {
      const pair = await Pair.make();
      for (const [n, { opened, agreed }] of PEOPLE.entries()) {
        await database.owner`insert into consents (investor_id, document_version_id, act, locale, sha256)
          select ${pair.people[n] ?? 0n}, 2, act, 'en', sha256
            from document_texts, unnest(array['OPENED', 'AGREED']) act
           where document_version_id = 2 and locale = 'en' and case act when 'OPENED' then ${opened} else ${agreed} end`;
      }
      for (const one of steps) {
        const both = await pair.apply(one);
        if (both) expect(both[0]).toMatchObject(both[1]);
      }
      for (const [n, { country }] of PEOPLE.entries()) {
        const [wallet] = await database.owner<{ available: bigint; reserved: bigint; free: bigint }[]>`
          select available, reserved, free_units(investor_id, ${CLASSES[country]}::smallint) as free from wallets
           where investor_id = ${pair.people[n] ?? 0n} and asset_id = ${country === 'US' ? 1 : 2}`;
        expect(wallet).toEqual({ ...pair.book.wallet(n), free: pair.book.freeUnits(n, CLASSES[country]) });
      }
    }),
    // A failure names its seed; to shrink it here would take minutes of database time.
    { numRuns: 25, endOnFailure: true },
  );
  const findings = await database.owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
}, 180_000);

/** Wednesday noon in Tokyo; a holder with cash who may deal. */
async function holder(): Promise<bigint> {
  await stopClock(database.owner, new Date('2026-06-03T03:00:00Z'));
  const [id = 0n] = await addInvestors(database.owner, 1, { country: 'JP' });
  await database.owner`insert into consents (investor_id, document_version_id, act, locale, sha256)
    select ${id}, document_version_id, act, 'en', sha256 from document_texts, unnest(array['OPENED', 'AGREED']) act
     where locale = 'en' on conflict do nothing`;
  await fund(database.owner, [id], 'JPY', 10_000n);
  const offering = await addOffering(database.owner, { country: 'JP' });
  await placeOrders(site, [orderCall(id, offering, { asked: 1_000n, price: 10_000n })]);
  return id;
}
const today = { classId: CLASSES.JP, dealingDate: '2026-06-03', locale: 'en', consent: false } as const;

test('the same submit twenty times at once is one order, and twenty equal answers', async () => {
  const investorId = await holder();
  const call = { ...today, investorId, key: randomUUID(), kind: 'BUY_AMOUNT', asked: 9_000n } as const;
  const answers = await Promise.all(Array.from({ length: 20 }, () => placeDealingOrder(site, call)));
  const said = new Set(answers.map((answer) => (answer.ok ? `${answer.number} ${answer.reservedMinor}` : answer.code)));
  expect(said.size).toBe(1);
  expect(answers.filter((answer) => answer.ok && !answer.replayed)).toHaveLength(1);
});

test('twenty redemptions of all units at once: one is accepted', async () => {
  const investorId = await holder();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      placeDealingOrder(site, { ...today, investorId, key: randomUUID(), kind: 'SELL_ALL', asked: 0n }),
    ),
  );
  expect(answers.filter(({ ok }) => ok)).toMatchObject([{ reservedUnits: 1_000n }]);
  for (const answer of answers)
    if (!answer.ok) expect(answer).toMatchObject({ code: 'order.insufficient-units', figure: 0n });
});

test('nothing is accepted before continuous dealing begins, and no switch', async () => {
  const investorId = await holder();
  const call = { ...today, investorId, key: randomUUID() };
  await database.owner`update unit_classes set dealing_from = '2026-06-04' where code = 'JP'`;
  for (const kind of ['BUY_AMOUNT', 'SELL_UNITS'] as const)
    expect(await placeDealingOrder(site, { ...call, kind, asked: 1n })).toMatchObject({
      code: 'order.dealing-not-open',
    });
  await database.owner`update unit_classes set dealing_from = '2026-01-01' where code = 'JP'`;
  expect(await placeDealingOrder(site, { ...call, kind: 'SWITCH', asked: 1n })).toMatchObject({
    code: 'order.not-found',
  });
});

test('what an order is does not change, and what was done with it neither', async () => {
  const investorId = await holder();
  const call = { ...today, investorId, key: randomUUID(), kind: 'BUY_AMOUNT', asked: 9_000n } as const;
  expect(await placeDealingOrder(site, call)).toMatchObject({ ok: true });
  const mine = database.owner`investor_id = ${investorId}`;
  await expect(database.owner`update dealing_orders set dealing_date = dealing_date + 1 where ${mine}`).rejects.toThrow(
    'not allowed',
  );
  await expect(
    database.owner`update dealing_orders set state = 'SETTLED', reserved_minor = 0 where ${mine}`,
  ).rejects.toThrow('not allowed');
  await expect(database.owner`delete from dealing_acts where ${mine}`).rejects.toThrow('not allowed');
  await expect(site`select 1 from free_units(${investorId}, 2::smallint)`).rejects.toThrow('permission denied');
  await expect(site`insert into dealing_orders default values`).rejects.toThrow('permission denied');
});

test('units that wait to be redeemed are not taken back by calling their offering off', async () => {
  const investorId = await holder();
  const [sale] = await database.owner<
    { id: number }[]
  >`select offering_id as id from orders where investor_id = ${investorId}`;
  const moved = () => database.owner<{ moved: boolean }[]>`select have_units_moved(${sale?.id ?? 0}) as moved`;
  expect(await moved()).toEqual([{ moved: false }]);
  const order = randomUUID();
  const call = { ...today, investorId, key: order, kind: 'SELL_UNITS', asked: 1n } as const;
  expect(await placeDealingOrder(site, call)).toMatchObject({ ok: true });
  expect(await moved()).toEqual([{ moved: true }]);
  expect(await cancelDealingOrder(site, { investorId, key: randomUUID(), order })).toMatchObject({ ok: true });
  expect(await moved()).toEqual([{ moved: false }]);
  // And once the refund has begun, they are no longer free.
  await database.owner`select start_sale_refund(${sale?.id ?? 0}, null)`;
  expect(await placeDealingOrder(site, { ...call, key: randomUUID() })).toMatchObject({
    code: 'order.insufficient-units',
    figure: 0n,
  });
});
