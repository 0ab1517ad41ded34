/** Switches that are broken on purpose, and what `npm run verify` says of them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Sql } from '../connect';
import { redAfter } from '../test-breaks';
import { testDatabase } from '../test-hooks';
import { carryAll, Pair, setSwitching } from '../test-switches';
import { SWITCH_BREAKS } from './verify-switch-breaks';

const database = testDatabase();
let site: Sql;
let superuser: Sql;

/** One switch of each kind: carried on, given free, dealt again while it was held. */
beforeAll(async () => {
  site = connect(database.appUrl, { max: 4, name: 'test-switch-breaks' });
  superuser = connect(database.superUrl, { max: 1, name: 'test-switch-superuser' });
  const pair = await Pair.make(await setSwitching(database.owner, site));
  await pair.switch(0, 0, 1_000n);
  await pair.switch(1, 0, 1_000n);
  await paid(pair, 2);
  await database.owner`update investors set suitability_expires_at = app_now() where investor_id = ${pair.people[1] ?? 0n}`;
  expect(await carryAll(site)).toBe(2);
  await pair.switch(2, 1, 1_000n);
  const day = pair.date;
  await paid(pair, 1);
  await pair.correct(pair.classes[1], day, 12_000n);
});
afterAll(async () => {
  await site.end({ timeout: 5 });
  await superuser.end({ timeout: 5 });
});

async function paid(pair: Pair, wanted: number) {
  const [before] = await database.owner<{ n: number }[]>`select count(*)::int as n from switch_parts`;
  for (let day = 0, n = 0; n < wanted && day < 9; day += 1) {
    await pair.deal([10_000n, 10_000n], 2, false);
    const [now] = await database.owner<{ n: number }[]>`select count(*)::int as n from switch_parts`;
    n = (now?.n ?? 0) - (before?.n ?? 0);
  }
}

test('sound switches are green on every line', async () => {
  expect(await redAfter(superuser, [])).toEqual([]);
});

test.each(SWITCH_BREAKS)('$name: $red', async ({ statements, red }) => {
  expect(await redAfter(superuser, statements)).toEqual(red);
});
