/** Faults 1 to 4 of TRUST.md: what the database can do to the site without ending it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { startCluster } from '../../scripts/lib/postgres.mjs';
import { testDatabase } from '../test-hooks';
import { Load } from './load-process';

const database = testDatabase('migrated', 'faults');
let load: Load;

beforeAll(async () => {
  await database.owner`create table fault_log (key uuid primary key)`;
  await database.owner`grant select, insert on fault_log to wakachi_app`;
});

afterEach(async () => {
  await load.stop();
  await database.owner`truncate fault_log`;
});

/** What was acknowledged is in the database, and what is there beyond that is among the unknown. */
async function expectNothingLost() {
  await load.stop();
  expect(load.total('unexpected')).toEqual([]);
  const stored = new Set((await database.owner<{ key: string }[]>`select key from fault_log`).map((row) => row.key));
  const acknowledged = load.total('acknowledged');
  expect(acknowledged.filter((key) => !stored.has(key))).toEqual([]);
  const explained = new Set([...acknowledged, ...load.total('unknown')]);
  expect([...stored].filter((key) => !explained.has(key))).toEqual([]);
}

async function backends(): Promise<number[]> {
  const rows = await database.owner<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database() and usename = 'wakachi_app'`;
  return rows.map((row) => row.pid);
}

/** When the server last became ready, by its own log: how long its recovery takes is the machine's affair, the rest is ours. */
function readyAt(): number {
  const lines = readFileSync(path.join(database.cluster.data, 'server.log'), 'utf8').split('\n');
  const line = lines.findLast((each) => each.includes('ready to accept connections'));
  return Date.parse(`${line?.slice(0, 23).replace(' ', 'T')}Z`);
}

test('kill -9 of backends under load: the process lives and is back within 3 s of the server', async () => {
  load = new Load(database);
  await load.working();
  for (let round = 0; round < 3; round += 1) {
    // One killed backend makes the server end all of them and recover; that is how Postgres answers to kill -9.
    const [pid] = await backends();
    const since = Date.now();
    process.kill(pid as number, 'SIGKILL');
    const back = since + (await load.back(since));
    expect(readyAt()).toBeGreaterThan(since);
    expect(back - readyAt()).toBeLessThan(3_000);
  }
  await expectNothingLost();
}, 60_000);

test('every connection terminated five times: the process lives and is back within 3 s', async () => {
  load = new Load(database);
  await load.working();
  for (let round = 0; round < 5; round += 1) {
    const since = Date.now();
    for (const pid of await backends()) process.kill(pid, 'SIGTERM');
    expect(await load.back(since)).toBeLessThan(3_000);
  }
  await expectNothingLost();
}, 60_000);

test('kill -9 of the postmaster and a restart: the process lives and is back within 10 s of the server', async () => {
  load = new Load(database);
  await load.working();
  const { pid } = await startCluster('faults');
  const since = Date.now();
  process.kill(pid, 'SIGKILL');
  await startCluster('faults');
  const back = since + (await load.back(since));
  expect(back - readyAt()).toBeLessThan(10_000);
  await expectNothingLost();
}, 60_000);
