/** The same scenario, twice, on databases of their own: every invariant holds, and the ledgers are the same text. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { closeDatabase } from '@/db/client';
import { connect } from '@/db/connect';
import { exportLedger } from '@/db/queries/ledger-export';
import { verifyInvariants } from '@/db/queries/verify';
import { createTestDatabase, SEEDED_AT } from '@/db/test-database';
import { readScenario } from '@/lib/domain/scenario/read';
import { setEnv } from '@/lib/env';
import { root } from '@/scripts/lib/state.mjs';
import { runScenario } from './run-scenario';

const scenario = readScenario(readFileSync(path.join(root, 'scenarios/three-weeks.json'), 'utf8'));

/** On a copy of the seeded template, which stands at the scenario's start. */
async function play(of = scenario) {
  const database = await createTestDatabase('seeded');
  const owner = connect(database.ownerUrl, { max: 2, name: 'test-scenario' });
  try {
    setEnv({ DATABASE_URL: database.ownerUrl, APP_DATABASE_URL: database.appUrl, AUTH_SECRET: database.authSecret });
    const report = await runScenario(owner, of);
    const [dealt] = await owner<{ days: bigint; orders: bigint }[]>`
      select (select count(*) from dealing_runs) as days, (select count(*) from dealing_orders where state = 'SETTLED') as orders`;
    const findings = await owner.begin((tx) => verifyInvariants(tx));
    const broken = findings.filter(({ ok }) => ok === false);
    return { report, dealt, broken, text: await owner.begin((tx) => exportLedger(tx)) };
  } finally {
    await closeDatabase();
    await owner.end({ timeout: 5 });
    await database.drop();
  }
}

test('three weeks of dealing replay to the same ledger, byte for byte', async () => {
  expect(new Date(scenario.start)).toEqual(SEEDED_AT);
  const first = await play();
  expect(first.broken).toEqual([]);
  expect(first.dealt?.days ?? 0n).toBeGreaterThan(20n);
  expect(first.dealt?.orders ?? 0n).toBeGreaterThan(20n);
  const second = await play();
  expect(second.report).toEqual(first.report);
  expect(second.text).toBe(first.text);
  // A deposit less is another history: the comparison can fail.
  const other = await play({ ...scenario, steps: scenario.steps.toSpliced(1, 1) });
  expect(other.text).not.toBe(first.text);
}, 240_000);
