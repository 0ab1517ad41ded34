import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Sql } from '../connect';
import { testDatabase } from '../test-hooks';
import { addInvestors, addOffering, fund, orderCall as order, setFund } from '../test-scene';
import { type OrderAnswer, type OrderCall, placeOrders } from './orders';

const database = testDatabase();
let site: Sql;

beforeAll(async () => {
  await setFund(database.owner);
  site = connect(database.appUrl, { max: 12, name: 'test-races' });
});
afterAll(() => site.end({ timeout: 5 }));

const inCalls = (calls: OrderCall[], size: number): OrderCall[][] =>
  Array.from({ length: Math.ceil(calls.length / size) }, (_, n) => calls.slice(n * size, (n + 1) * size));

const countOf = (answers: OrderAnswer[], code: string | null) =>
  answers.filter((answer) => (answer.ok ? null : answer.code) === code).length;

async function sold(offeringId: number) {
  const [row] = await database.owner<[{ sold: bigint; left: bigint; fewest: bigint }]>`
    select (select coalesce(sum(units), 0)::bigint from orders where offering_id = ${offeringId}) as sold,
           sum(remaining)::bigint as "left", min(remaining) as fewest from offering_slots where offering_id = ${offeringId}`;
  return row;
}

async function buyers(count: number, cents: bigint): Promise<bigint[]> {
  const ids = await addInvestors(database.owner, count);
  await fund(database.owner, ids, 'USD', cents);
  return ids;
}

test.each([
  { size: 1, name: 'each in a call of its own' },
  { size: 7, name: 'in calls of seven' },
  { size: 100, name: 'in calls of a hundred' },
])(
  '1,000 buyers of 100 units buy exactly 100, $name',
  async ({ size }) => {
    const offering = await addOffering(database.owner, { sizeUnits: 100n, maxUnits: 1n });
    const ids = await buyers(1_000, 10_000n);
    const calls = inCalls(
      ids.map((id) => order(id, offering, { asked: 1n })),
      size,
    );
    const answers = (await Promise.all(calls.map((call) => placeOrders(site, call)))).flat();
    expect(countOf(answers, null)).toBe(100);
    expect(countOf(answers, 'order.sold-out')).toBe(900);
    expect(await sold(offering)).toEqual({ sold: 100n, left: 0n, fewest: 0n });
  },
  60_000,
);

test('orders of many sizes never pass the cap, and leave less than the smallest refused wanted', async () => {
  const offering = await addOffering(database.owner, { sizeUnits: 5_000n, maxUnits: 1_000n });
  const ids = await buyers(300, 100_000n);
  const calls = ids.map((id, n) => order(id, offering, { asked: BigInt(1 + ((n * 37) % 90)) }));
  const answers = (await Promise.all(inCalls(calls, 10).map((call) => placeOrders(site, call)))).flat();
  const { sold: units, left, fewest } = await sold(offering);
  expect(units + left).toBe(5_000n);
  expect(fewest).toBeGreaterThanOrEqual(0n);
  const refused = answers.flatMap((answer, n) => (answer.ok ? [] : [calls[n]?.asked ?? 0n]));
  expect(countOf(answers, null) + countOf(answers, 'order.sold-out')).toBe(300);
  expect(refused.every((asked) => asked > left)).toBe(true);
}, 60_000);

test('100 spends at once of a balance that pays for 40: 40 go through', async () => {
  const offering = await addOffering(database.owner);
  const [buyer = 0n] = await buyers(1, 40_000n);
  const answers = (
    await Promise.all(Array.from({ length: 100 }, () => placeOrders(site, [order(buyer, offering)])))
  ).flat();
  expect(countOf(answers, null)).toBe(40);
  expect(countOf(answers, 'order.insufficient-cash')).toBe(60);
}, 60_000);

test('the same submit 50 times at once: one effect, 50 equal answers', async () => {
  const offering = await addOffering(database.owner);
  const [buyer = 0n] = await buyers(1, 100_000n);
  const call = order(buyer, offering);
  const answers = (await Promise.all(Array.from({ length: 50 }, () => placeOrders(site, [call])))).flat();
  expect(answers.filter((answer) => answer.ok && !answer.replayed)).toHaveLength(1);
  expect(
    new Set(answers.map((answer) => (answer.ok ? `${answer.number} ${answer.placedAt.toISOString()}` : answer.code)))
      .size,
  ).toBe(1);
  expect((await sold(offering)).sold).toBe(1_000n);
}, 60_000);

test('a limit a person holds through several sessions', async () => {
  const offering = await addOffering(database.owner, { maxUnits: 3_000n });
  const [buyer = 0n] = await buyers(1, 1_000_000n);
  const answers = (
    await Promise.all(Array.from({ length: 20 }, () => placeOrders(site, [order(buyer, offering)])))
  ).flat();
  expect(countOf(answers, null)).toBe(3);
  expect(countOf(answers, 'order.above-maximum')).toBe(17);
}, 60_000);

test('calls with the same buyers in opposite order and over two offerings never wait for each other in a circle', async () => {
  const offerings = [
    await addOffering(database.owner, { sizeUnits: 20_000n }),
    await addOffering(database.owner, { sizeUnits: 20_000n }),
  ];
  const ids = await buyers(30, 10_000_000n);
  const rounds = Array.from({ length: 60 }, (_, n) => {
    const people = n % 2 === 0 ? ids : [...ids].reverse();
    return people.map((id, m) => order(id, offerings[(n + m) % 2] ?? 0, { asked: 20n }));
  });
  const answers = (await Promise.all(rounds.map((call) => placeOrders(site, call)))).flat();
  expect(countOf(answers, null) + countOf(answers, 'order.sold-out')).toBe(1_800);
  for (const offering of offerings) {
    const { sold: units, left } = await sold(offering);
    expect(units + left).toBe(20_000n);
  }
}, 120_000);
