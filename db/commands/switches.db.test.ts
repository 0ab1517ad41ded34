/** Random weeks of switches between two classes, run through the database and through the domain's book: every order, balance and holding agree. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Sql } from '../connect';
import { verifyInvariants } from '../queries/verify';
import { testDatabase } from '../test-hooks';
import { Pair, PEOPLE, type Scene, setSwitching } from '../test-switches';

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

const price = fc.bigInt({ min: 7_000n, max: 14_000n });
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ type: fc.constant('switch' as const), person: fc.constantFrom(...PEOPLE), from: fc.nat({ max: 1 }) },
      units: fc.option(fc.bigInt({ min: 1n, max: 30_000n }), { freq: 6 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ type: fc.constant('sell' as const), person: fc.constantFrom(...PEOPLE), from: fc.nat({ max: 1 }) },
      units: fc.bigInt({ min: 1n, max: 30_000n }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('cancel' as const), order: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ type: fc.constant('correct' as const), of: fc.nat({ max: 1 }), back: fc.integer({ min: 1, max: 4 }) },
      price,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ type: fc.constant('day' as const), prices: fc.tuple(price, price) },
      chunkPeople: fc.integer({ min: 1, max: 3 }),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function apply(pair: Pair, one: Step) {
  if (one.type === 'switch') await pair.switch(one.person, one.from, one.units);
  if (one.type === 'sell') await pair.sell(one.person, one.from, one.units);
  if (one.type === 'cancel') await pair.cancel(one.order);
  if (one.type === 'correct') await pair.correct(pair.classOf(one.of), pair.dealt.at(-one.back), one.price);
  if (one.type === 'day') await pair.deal(one.prices, one.chunkPeople);
}

test('the database switches as the domain does, through gates, corrections and in whatever chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 24 }), async (steps) => {
      const pair = await Pair.make(scene);
      for (const one of steps) {
        await apply(pair, one);
        if (one.type === 'day' || one.type === 'correct') await pair.compare();
      }
      for (let day = 0; day < 3; day += 1) await pair.deal([10_000n, 10_000n]);
      await pair.compare();
      expect(await findings()).toEqual([]);
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 240_000);
