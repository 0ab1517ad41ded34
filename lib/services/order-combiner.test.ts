import { expect, test } from 'vitest';
import type { OrderAnswer, OrderCall } from '@/db/commands/orders';
import { DatabaseBusyError, DatabaseUnavailableError } from '@/db/errors';
import { OrderCombiner, type PlaceCalls } from './order-combiner';

const order = (investorId: number, key = `key ${investorId}`): OrderCall => ({
  investorId: BigInt(investorId),
  key,
  offeringId: 1,
  kind: 'BUY_UNITS',
  asked: 1n,
  price: 1n,
  termsVersion: 1,
  locale: 'en',
  consent: true,
});

const settled = (call: OrderCall): OrderAnswer => ({
  ok: true,
  replayed: false,
  number: call.investorId,
  units: 1n,
  amountMinor: 1n,
  price: 1n,
  placedAt: new Date(0),
});

/** A database that answers when it is told to, and notes what it was asked. */
function database() {
  const calls: OrderCall[][] = [];
  const waiting: Array<{ answer: () => void; fail: (error: Error) => void }> = [];
  const place: PlaceCalls = (batch) => {
    calls.push([...batch]);
    return new Promise((resolve, reject) => {
      waiting.push({ answer: () => resolve(batch.map(settled)), fail: reject });
    });
  };
  const next = () => {
    const first = waiting.shift();
    if (!first) throw new Error('Nothing is under way.');
    return first;
  };
  return { calls, place, next };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const options = { lanes: 1, maxPerCall: 3, maxWaiting: 4, retries: 2, pause: () => Promise.resolve() };

test('arrivals during a call share the next one, up to its size', async () => {
  const { calls, place, next } = database();
  const combiner = new OrderCombiner(place, options);
  const answers = Promise.all([1, 2, 3, 4, 5].map((n) => combiner.submit(order(n))));
  for (let n = 0; n < 3; n += 1) {
    next().answer();
    await settle();
    if (calls.length === n + 1) break;
  }
  expect((await answers).map((answer) => answer.ok && answer.number)).toEqual([1n, 2n, 3n, 4n, 5n]);
  expect(calls.map((call) => call.map(({ investorId }) => Number(investorId)))).toEqual([[1], [2, 3, 4], [5]]);
});

test('an investor is in one call at a time, once, and others do not wait for them', async () => {
  const { calls, place, next } = database();
  const combiner = new OrderCombiner(place, { ...options, lanes: 2, maxWaiting: 10 });
  const all = Promise.all([order(1, 'a'), order(1, 'b'), order(2), order(1, 'c')].map((call) => combiner.submit(call)));
  expect(calls.map((call) => call.map(({ key }) => key))).toEqual([['a'], ['key 2']]);
  for (let n = 0; n < 4; n += 1) {
    next().answer();
    await settle();
  }
  await all;
  expect(calls.map((call) => call.map(({ key }) => key))).toEqual([['a'], ['key 2'], ['b'], ['c']]);
});

test('past its bound the queue refuses, and loses nobody who waits', async () => {
  const { place, next } = database();
  const combiner = new OrderCombiner(place, options);
  const kept = Promise.all([1, 2, 3, 4, 5].map((n) => combiner.submit(order(n))));
  await expect(combiner.submit(order(6))).rejects.toBeInstanceOf(DatabaseBusyError);
  for (let n = 0; n < 3; n += 1) {
    next().answer();
    await settle();
  }
  expect(await kept).toHaveLength(5);
});

test('a lost answer is asked for again with the same keys', async () => {
  const { calls, place, next } = database();
  const combiner = new OrderCombiner(place, options);
  const answer = combiner.submit(order(1));
  next().fail(new DatabaseUnavailableError('lost', 'unknown'));
  await settle();
  next().answer();
  expect(await answer).toMatchObject({ ok: true, number: 1n });
  expect(calls[1]).toEqual(calls[0]);
});

test('an outcome that stays unknown is said to be unknown, even when the last attempt did nothing', async () => {
  const { place, next } = database();
  const combiner = new OrderCombiner(place, options);
  const answer = combiner.submit(order(1));
  const failed = expect(answer).rejects.toMatchObject({ outcome: 'unknown' });
  for (const error of [
    new DatabaseUnavailableError('lost', 'unknown'),
    new DatabaseUnavailableError('away', 'none'),
    new DatabaseBusyError('busy'),
  ]) {
    next().fail(error);
    await settle();
  }
  await failed;
});

test('one order that spoils a call does not spoil the others', async () => {
  const calls: number[] = [];
  const place: PlaceCalls = async (batch) => {
    calls.push(batch.length);
    await settle();
    if (batch.some(({ investorId }) => investorId === 3n)) throw new Error('a constraint');
    return batch.map(settled);
  };
  const combiner = new OrderCombiner(place, options);
  const answers = await Promise.allSettled([1, 2, 3, 4].map((n) => combiner.submit(order(n))));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(calls).toEqual([1, 3, 1, 1, 1]);
});
