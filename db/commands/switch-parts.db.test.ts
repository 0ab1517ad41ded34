/** What becomes of the money of a switch: held, carried on once, given free, dealt again; and what a call refuses. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect, type Sql } from '../connect';
import { verifyInvariants } from '../queries/verify';
import { advanceAll } from '../test-dealing';
import { testDatabase } from '../test-hooks';
import { addInvestors, addOffering, CLASSES, fund, orderCall } from '../test-scene';
import { carryAll, HELD, Pair, type Scene, setSwitching } from '../test-switches';
import { stopClock } from '../test-window';
import { cancelDealingOrder, placeDealingOrder } from './dealing-orders';
import { placeOrders } from './orders';
import { listSwitchNews, placeSwitch, writeSwitchMails } from './switches';

const database = testDatabase();
let site: Sql;
let scene: Scene;

beforeAll(async () => {
  site = connect(database.appUrl, { max: 10, name: 'test-switches' });
  scene = await setSwitching(database.owner, site);
});
afterAll(() => site.end({ timeout: 5 }));

const findings = async () =>
  (await database.owner.begin((sql) => verifyInvariants(sql))).filter(({ ok }) => ok === false);

/** Switched and paid, and still held: the part of the first person. */
async function held(sold = 0n) {
  const pair = await Pair.make(scene);
  const key = await pair.switch(0, 0, 3_000n);
  if (sold > 0n) await pair.sell(0, 0, sold);
  await pair.deal([10_000n, 10_000n], 2, false);
  for (let day = 0; day < 6 && (await parts(pair)).length === 0; day += 1)
    await pair.deal([10_000n, 10_000n], 2, false);
  return { pair, key, id: pair.people[0] ?? 0n };
}

const parts = (pair: Pair) =>
  database.owner<{ state: string; amount: bigint; reason: string | null; revision: number }[]>`
    select state, amount_minor as amount, reason, revision from switch_parts where investor_id = ${pair.people[0] ?? 0n} order by dealing_date, revision`;
const wallet = async (id: bigint, asset = 2) => {
  const [row] = await database.owner<{ available: bigint; reserved: bigint }[]>`
    select available, reserved from wallets where investor_id = ${id} and asset_id = ${asset}`;
  return row;
};

// 3,000口 at a price of 10,000 yen, less a levy of 0.3 %.
const PAID = 2_991n;

describe('what was paid', () => {
  test('is free for nobody until it is an order for the other class', async () => {
    const { pair, id } = await held();
    expect(await parts(pair)).toEqual([{ state: 'HELD', amount: PAID, reason: null, revision: 0 }]);
    expect(await wallet(id)).toEqual({ available: 0n, reserved: PAID });
    expect(await findings()).toEqual([]);
    // Five workers at once.
    const carried = await Promise.all(Array.from({ length: 5 }, () => carryAll(site)));
    expect(carried.reduce((a, b) => a + b)).toBe(1);
    const orders = await database.owner`
      select kind, state, asked, reserved_minor as reserved, dealing_date::text as day from dealing_orders where investor_id = ${id} and class_id = ${pair.classes[1]}`;
    expect([...orders]).toEqual([
      { kind: 'BUY_AMOUNT', state: 'ACCEPTED', asked: PAID, reserved: PAID, day: pair.date },
    ]);
    expect(await wallet(id)).toEqual({ available: 0n, reserved: PAID });
    expect(await findings()).toEqual([]);
  });

  test('waits while the other class has no day to deal on', async () => {
    const { pair, id } = await held();
    await database.owner`update unit_classes set dealing_from = null where id = ${pair.classes[1]}`;
    expect(await carryAll(site)).toBe(0);
    expect(await wallet(id)).toEqual({ available: 0n, reserved: PAID });
    await database.owner`update unit_classes set dealing_from = '2026-01-01' where id = ${pair.classes[1]}`;
    expect(await carryAll(site)).toBe(1);
  });

  test.each([
    ['FROZEN', 'order.not-eligible'],
    ['expired', 'order.suitability-expired'],
    ['moved', 'order.other-country'],
    ['new prospectus', 'order.prospectus-not-opened'],
  ])('is free cash where its owner may not buy the other class any more: %s', async (change, reason) => {
    const { owner } = database;
    const { pair, id } = await held();
    if (change === 'FROZEN') await owner`update investors set status = 'FROZEN' where investor_id = ${id}`;
    if (change === 'expired')
      await owner`update investors set suitability_expires_at = app_now() where investor_id = ${id}`;
    if (change === 'moved') await owner`update investors set country = 'US' where investor_id = ${id}`;
    if (change === 'new prospectus')
      await owner`insert into document_versions (id, fund_id, kind, slug, version, published_at) overriding system value
        values (99, 1, 'PROSPECTUS', 'prospectus', 99, app_now())`;
    expect(await carryAll(site)).toBe(1);
    expect(await parts(pair)).toEqual([{ state: 'RELEASED', amount: PAID, reason, revision: 0 }]);
    expect(await wallet(id)).toEqual({ available: PAID, reserved: 0n });
    expect(await findings()).toEqual([]);
    if (change === 'new prospectus') await owner`delete from document_versions where id = 99`;
  });

  test('is told of once', async () => {
    const { id } = await held();
    await carryAll(site);
    const mails = (await listSwitchNews(site, 1_000)).map(({ investorId, key, dealingDate }) => ({
      ...{ investorId, key, dealingDate, kind: 'switch-carried', subject: 'x', body: 'y' },
    }));
    const own = mails.filter(({ investorId }) => investorId === id);
    expect(own).toHaveLength(1);
    const written = await Promise.all([writeSwitchMails(site, own), writeSwitchMails(site, own)]);
    expect(written.toSorted()).toEqual([0, 1]);
    expect((await listSwitchNews(site, 1_000)).filter(({ investorId }) => investorId === id)).toEqual([]);
  });
});

describe('a day that was wrong', () => {
  test('and is dealt again while its money is held, holds what it comes to then', async () => {
    const { pair, id } = await held();
    await pair.correct(pair.classes[0], pair.dealt[0], 11_000n);
    // 3,000口 at 10,967 yen.
    expect(await parts(pair)).toEqual([
      { state: 'REDEALT', amount: PAID, reason: null, revision: 0 },
      { state: 'HELD', amount: 3_290n, reason: null, revision: 1 },
    ]);
    expect(await wallet(id)).toEqual({ available: 0n, reserved: 3_290n });
    expect(await findings()).toEqual([]);
    await carryAll(site);
    expect(await wallet(id)).toEqual({ available: 0n, reserved: 3_290n });
    expect(await findings()).toEqual([]);
  });

  test('and whose other money is gone, holds no more than there is', async () => {
    // 6,000口 of the same day were paid 5,982 yen, which are spent.
    const { pair, id } = await held(6_000n);
    const spent = { kind: 'BUY_AMOUNT', asked: 5_982n, dealingDate: pair.date, locale: 'ja', consent: false } as const;
    const order = { ...spent, investorId: id, key: randomUUID(), classId: pair.classes[1] };
    expect(await placeDealingOrder(site, order)).toMatchObject({ ok: true });
    expect(await wallet(id)).toEqual({ available: 0n, reserved: PAID + 5_982n });
    await pair.correct(pair.classes[0], pair.dealt[0], 9_000n);
    // At 8,973 yen both are 2,691 and 5,383 yen: 899 less than was paid, out of what was held.
    expect((await parts(pair)).at(-1)).toEqual({ state: 'HELD', amount: PAID - 899n, reason: null, revision: 1 });
    expect(await wallet(id)).toEqual({ available: 0n, reserved: PAID - 899n + 5_982n });
    expect(await findings()).toEqual([]);
  });

  test('and is dealt again after its money was carried on, leaves that as it is: more is free cash, less is borne by the fund', async () => {
    const { pair, id } = await held();
    await carryAll(site);
    await pair.correct(pair.classes[0], pair.dealt[0], 11_000n);
    expect(await parts(pair)).toEqual([{ state: 'CARRIED', amount: PAID, reason: null, revision: 0 }]);
    expect(await wallet(id)).toEqual({ available: 3_290n - PAID, reserved: PAID });
    await pair.correct(pair.classes[0], pair.dealt[0], 9_000n);
    expect(await wallet(id)).toEqual({ available: 0n, reserved: PAID });
    const [bridge] = await database.owner`
      select lent_minor - returned_minor as borne from dealing_bridges where investor_id = ${id} and revision = 2`;
    // 3,000口 at 8,973 yen.
    expect(bridge).toEqual({ borne: PAID - 2_691n });
    expect(await findings()).toEqual([]);
  });
});

describe('between two currencies', () => {
  let id: bigint;
  /** Days of the class are dealt one after the other, so each test goes on where the one before has ended. */
  let now = new Date('2026-04-02T00:00:00Z');
  beforeEach(async () => {
    const { owner } = database;
    await stopClock(owner, now);
    await owner`update unit_classes set dealing_from = '2026-01-01' where id in (1, 2)`;
    [id = 0n] = await addInvestors(owner, 1, { country: 'US', agreed: true });
    await fund(owner, [id], 'USD', 10_000n);
    await placeOrders(site, [orderCall(id, await addOffering(owner), { asked: 10_000n })]);
    // Whoever moves keeps what they hold, and may give it up for the class of where they live now.
    await owner`update investors set country = 'JP' where investor_id = ${id}`;
  });

  const call = { classId: CLASSES.US, toClassId: CLASSES.JP, units: 100n, locale: 'ja', consent: false } as const;

  /** Placed, dealt at 10 dollars a share, and paid. */
  async function paid(): Promise<void> {
    const { owner } = database;
    const [{ day } = { day: '' }] = await owner<{ day: string }[]>`
      select dealing_date::text as day from dealing_session(1::smallint, app_now())`;
    const placed = { ...call, investorId: id, key: randomUUID(), dealingDate: day };
    expect(await placeSwitch(site, placed)).toMatchObject({ ok: true, reservedUnits: 100n });
    const [{ at } = { at: new Date(0) }] = await owner<{ at: Date }[]>`
      select cut_off_at as at from dealing_orders where key = ${placed.key}`;
    await stopClock(owner, at);
    await owner`select start_dealing(1::smallint, ${day}::text::date, 100000, ${at}, 10)`;
    await advanceAll(site);
    now = new Date(at.getTime() + 8 * 86_400_000);
    await stopClock(owner, now);
    await advanceAll(site);
    expect(await wallet(id, 1)).toMatchObject({ reserved: 100n });
  }

  test('is converted at the mid rate and its spread, once', async () => {
    await paid();
    expect(await carryAll(site)).toBe(1);
    // A dollar at 149.75 yen.
    expect(await wallet(id, 2)).toEqual({ available: 0n, reserved: 149n });
    const conversions = await database.owner`
      select amount_minor as paid, to_amount_minor as got, rate_e4 as rate from cash_movements where investor_id = ${id} and kind = 'CONVERSION'`;
    expect([...conversions]).toEqual([{ paid: 100n, got: 149n, rate: 1_497_500n }]);
    expect(await findings()).toEqual([]);
  });

  test('stays in its own where its owner may not buy, or has a prospectus to read', async () => {
    const { owner } = database;
    for (const [reason, change, back] of [
      ['order.not-eligible', `update investors set status = 'FROZEN' where investor_id = ${id}`, null],
      [
        'order.prospectus-not-opened',
        `insert into document_versions (id, fund_id, kind, slug, version, published_at) overriding system value
           values (98, 1, 'PROSPECTUS', 'prospectus', 98, app_now())`,
        'delete from document_versions where id = 98',
      ],
    ] as const) {
      await paid();
      const before = await wallet(id, 1);
      await owner.unsafe(change);
      expect(await carryAll(site)).toBe(1);
      expect(await wallet(id, 1)).toEqual({ available: (before?.available ?? 0n) + 100n, reserved: 0n });
      expect(await wallet(id, 2)).toEqual({ available: 0n, reserved: 0n });
      const [part] =
        await owner`select state, reason from switch_parts where investor_id = ${id} order by held_at desc limit 1`;
      expect(part).toEqual({ state: 'RELEASED', reason });
      if (back) await owner.unsafe(back);
      await owner`update investors set status = 'ELIGIBLE' where investor_id = ${id}`;
    }
    expect(await findings()).toEqual([]);
  });
});

describe('a call', () => {
  test('is one switch under its key, and refused under it for anything else', async () => {
    const pair = await Pair.make(scene);
    const [classId, toClassId] = pair.classes;
    const call = {
      ...{ investorId: pair.people[0] ?? 0n, key: randomUUID(), classId, toClassId, units: null },
      ...({ dealingDate: pair.date, locale: 'ja', consent: false } as const),
    };
    const answers = await Promise.all(Array.from({ length: 10 }, () => placeSwitch(site, call)));
    expect(answers.filter((one) => one.ok && !one.replayed)).toHaveLength(1);
    for (const one of answers) expect(one).toMatchObject({ ok: true, reservedUnits: HELD });
    const reused = { code: 'order.key-reused' };
    expect(await placeSwitch(site, { ...call, units: HELD })).toMatchObject(reused);
    expect(await placeSwitch(site, { ...call, classId: toClassId, toClassId: classId })).toMatchObject(reused);
    expect(await placeDealingOrder(site, { ...call, kind: 'SELL_UNITS', asked: HELD })).toMatchObject(reused);
    const sale = { ...call, key: randomUUID(), classId: toClassId, kind: 'SELL_UNITS', asked: 1n } as const;
    expect(await placeDealingOrder(site, sale)).toMatchObject({ ok: true });
    expect(await placeSwitch(site, { ...call, key: sale.key, units: 1n })).toMatchObject(reused);
    const cancelled = { investorId: call.investorId, key: randomUUID(), order: call.key };
    expect(await cancelDealingOrder(site, cancelled)).toMatchObject({ ok: true });
  });

  test('is refused into the same class, one of another country, and one that does not exist', async () => {
    const pair = await Pair.make(scene);
    const [classId] = pair.classes;
    const call = {
      ...{ investorId: pair.people[0] ?? 0n, key: randomUUID(), classId, units: 1n },
      ...({ dealingDate: pair.date, locale: 'ja', consent: false } as const),
    };
    expect(await placeSwitch(site, { ...call, toClassId: classId })).toMatchObject({ code: 'order.not-found' });
    expect(await placeSwitch(site, { ...call, toClassId: 9_999 })).toMatchObject({ code: 'order.not-found' });
    expect(await placeSwitch(site, { ...call, toClassId: CLASSES.US })).toMatchObject({ code: 'order.other-country' });
  });

  test('leaves rows that stay as they are, and that are nobody else’s', async () => {
    const { id } = await held();
    await carryAll(site);
    const mine = database.owner`investor_id = ${id}`;
    await expect(database.owner`update switches set asked = 1 where ${mine}`).rejects.toThrow('not allowed');
    await expect(database.owner`update switch_parts set amount_minor = 1 where ${mine}`).rejects.toThrow('not allowed');
    await expect(database.owner`update switch_parts set ended_at = now() where ${mine}`).rejects.toThrow('not allowed');
    expect(await site`select 1 from switch_parts`).toHaveLength(0);
    await expect(site`insert into switches default values`).rejects.toThrow('permission denied');
  });
});
