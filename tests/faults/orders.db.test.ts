/**
 * Faults of TRUST.md on what people are told about their orders and cash: acknowledged ⊆ database, an unknown outcome is resolved by its key,
 * and every invariant holds afterwards.
 */
import { randomUUID } from 'node:crypto';
import net from 'node:net';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { closeDatabase } from '@/db/client';
import { LineProcess } from '@/db/faults/line-process';
import { type Acknowledged, verifyInvariants } from '@/db/queries/verify';
import { testDatabase } from '@/db/test-hooks';
import { addInvestors, addOffering, fund, setFund } from '@/db/test-scene';
import { setEnv } from '@/lib/env';
import { depositCash } from '@/lib/services/deposit-cash';
import { placeOrder } from '@/lib/services/place-order';
import { startCluster } from '@/scripts/lib/postgres.mjs';
import { order } from './commands';

type Line = {
  sent?: 'order' | 'deposit';
  investorId?: string;
  key?: string;
  done?: string;
  refused?: string;
  code?: string;
};

const PEOPLE = 48;
const database = testDatabase('migrated', 'faults');
let people: bigint[];
let slug: string;
let load: LineProcess<Line> | undefined;

beforeAll(async () => {
  await setFund(database.owner);
  people = await addInvestors(database.owner, PEOPLE);
  await fund(database.owner, people, 'USD', 100_000_000n);
  const id = await addOffering(database.owner);
  const [row] = await database.owner<{ slug: string }[]>`select slug from offerings where id = ${id}`;
  slug = row?.slug ?? '';
});

afterEach(async () => {
  await load?.stop('SIGKILL');
  load = undefined;
});

const start = () => {
  load = new LineProcess<Line>('tests/faults/orders-load.ts', [slug, ...people.map(String)], database);
  return load;
};

const done = (process: LineProcess<Line>) => process.lines.filter((line) => line.done).length;
const more = (process: LineProcess<Line>, count: number) => {
  const before = done(process);
  return process.until(() => done(process) >= before + count);
};

/** What its person does not know the outcome of. */
function unknown({ lines }: LineProcess<Line>) {
  const answered = new Set(lines.map((line) => line.done ?? line.refused));
  return lines.filter((line) => line.sent && !answered.has(line.key));
}

/** Each unknown command is sent once more with its key, and once more after that: the last answer is the one before, and there was one effect. */
async function resolve(process: LineProcess<Line>): Promise<string[]> {
  const resolved: string[] = [];
  for (const { sent, investorId, key = '' } of unknown(process)) {
    const actor = { investorId: BigInt(investorId ?? 0), locale: 'en' as const };
    const again = () =>
      sent === 'order'
        ? placeOrder(actor, order(slug, key))
        : depositCash(actor, { currency: 'USD', amountMinor: 500n, key });
    const first = await again();
    const second = await again();
    expect(first).toMatchObject({ ok: true });
    if (first.ok) expect(second).toEqual({ ok: true, value: { ...first.value, replayed: true } });
    resolved.push(key);
  }
  return resolved;
}

async function expectSound(process: LineProcess<Line>) {
  expect(
    process.lines.filter((line) => line.refused && !['form.busy', 'form.unconfirmed'].includes(line.code ?? '')),
  ).toEqual([]);
  const told = new Set([...process.lines.flatMap((line) => line.done ?? []), ...(await resolve(process))]);
  const acknowledged: Acknowledged[] = process.lines.flatMap(({ key, investorId }) =>
    key && investorId && told.has(key) ? [{ key, investorId: BigInt(investorId) }] : [],
  );
  expect(acknowledged.length).toBe(told.size);
  const findings = await database.owner.begin('isolation level repeatable read', (tx) =>
    verifyInvariants(tx, acknowledged),
  );
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
  expect(findings.find(({ id }) => id === 'I6')?.ok).toBe(true);
}

async function appBackends(): Promise<number[]> {
  const rows = await database.owner<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database() and usename = 'wakachi_app'`;
  return rows.map(({ pid }) => pid);
}

test('1: kill -9 of the app during requests', async () => {
  const app = start();
  await more(app, 300);
  await app.stop('SIGKILL');
  expect(unknown(app).length).toBeGreaterThan(0);
  await expectSound(app);
}, 60_000);

test('2, 3, 4: backends killed, every connection ended, the server killed and started again', async () => {
  const app = start();
  await more(app, 100);
  const [one] = await appBackends();
  if (one) process.kill(one, 'SIGKILL');
  await more(app, 100);
  for (let round = 0; round < 5; round += 1) {
    for (const pid of await appBackends()) process.kill(pid, 'SIGTERM');
    await more(app, 50);
  }
  process.kill((await startCluster('faults')).pid, 'SIGKILL');
  await startCluster('faults');
  await more(app, 100);
  expect(await app.stop()).toBe(0);
  await expectSound(app);
}, 90_000);

test('17: SIGTERM under load answers everything that was sent', async () => {
  const app = start();
  await more(app, 200);
  expect(await app.stop()).toBe(0);
  expect(unknown(app)).toEqual([]);
  await expectSound(app);
}, 60_000);

test('10: the same submit 50 times at once has one effect and 50 equal answers', async () => {
  const [investorId = 0n] = people;
  const key = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => placeOrder({ investorId, locale: 'en' }, order(slug, key))),
  );
  const figures = answers.map((answer) => (answer.ok ? { ...answer.value, replayed: true } : answer.error));
  expect(
    new Set(figures.map((each) => JSON.stringify(each, (_, value) => (typeof value === 'bigint' ? `${value}` : value))))
      .size,
  ).toBe(1);
  expect(answers.filter((answer) => answer.ok && !answer.value.replayed).length).toBe(1);
  const [row] = await database.owner<{ orders: bigint }[]>`select count(*) as orders from orders where key = ${key}`;
  expect(row?.orders).toBe(1n);
});

test('5: a connection that is reset between the commit and its answer', async () => {
  const [investorId = 0n] = people;
  const target = new URL(database.appUrl);
  const direct = Number(target.port);
  const state = { cut: false, cuts: 0 };
  // Passes everything on until it is told to cut: then the next answer of the server, which has committed by then, resets its connection instead.
  const proxy = net.createServer((client) => {
    const server = net.connect(direct, '127.0.0.1');
    client.pipe(server);
    server.on('data', (chunk) => {
      if (!state.cut) {
        client.write(chunk);
        return;
      }
      Object.assign(state, { cut: false, cuts: state.cuts + 1 });
      client.resetAndDestroy();
    });
    client.on('error', () => server.destroy()).on('close', () => server.destroy());
    server.on('error', () => client.destroy()).on('close', () => client.destroy());
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  target.port = String((proxy.address() as net.AddressInfo).port);
  await closeDatabase();
  setEnv({ APP_DATABASE_URL: target.href });
  try {
    const actor = { investorId, locale: 'en' as const };
    expect(await placeOrder(actor, order(slug, randomUUID()))).toMatchObject({ ok: true });
    for (let round = 0; round < 5; round += 1) {
      const key = randomUUID();
      state.cut = true;
      expect(await placeOrder(actor, order(slug, key))).toMatchObject({ ok: true, value: { replayed: true } });
      expect(state.cuts).toBe(round + 1);
    }
  } finally {
    await closeDatabase();
    proxy.close();
    setEnv({ APP_DATABASE_URL: database.appUrl });
  }
  const findings = await database.owner.begin('isolation level repeatable read', (tx) => verifyInvariants(tx));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
});
