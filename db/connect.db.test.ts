/** Fault 6 of TRUST.md: packets are dropped. */
import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, REQUEST_DEADLINES } from './connect';
import { testDatabase } from './test-hooks';

const database = testDatabase();

/** A network in front of the database that can be told to swallow everything while connections stay open. */
function network(port: number) {
  const state = { dropping: false };
  const server = net.createServer((client) => {
    const upstream = net.connect(port, '127.0.0.1');
    client.on('data', (chunk) => !state.dropping && upstream.write(chunk));
    upstream.on('data', (chunk) => !state.dropping && client.write(chunk));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  return { state, server };
}

let proxy: ReturnType<typeof network>;
let url: string;

beforeAll(async () => {
  const target = new URL(database.appUrl);
  proxy = network(Number(target.port));
  await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
  target.port = String((proxy.server.address() as net.AddressInfo).port);
  url = target.href;
});

afterAll(() => {
  proxy.server.close();
});

test('a connection that falls silent fails its statements in time, and the pool goes on when the network is back', async () => {
  const sql = connect(url, {
    max: 2,
    name: 'silence',
    deadlines: { ...REQUEST_DEADLINES, silenceMs: 300, connectSeconds: 1 },
  });
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  proxy.state.dropping = true;
  const begun = Date.now();
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => sql`select 1`));
  expect(outcomes.every((outcome) => outcome.status === 'rejected')).toBe(true);
  expect(Date.now() - begun).toBeLessThan(8_000);
  proxy.state.dropping = false;
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  await sql.end({ timeout: 1 });
});

test('a statement that is sent the moment another has failed by silence is not given to the dead connection', async () => {
  const sql = connect(url, { max: 1, name: 'silence', deadlines: { ...REQUEST_DEADLINES, silenceMs: 300 } });
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  proxy.state.dropping = true;
  const next = await sql`select 2 as two`.then(
    () => null,
    () => {
      proxy.state.dropping = false;
      return sql`select 3 as three`;
    },
  );
  expect(next).toEqual([{ three: 3 }]);
  await sql.end({ timeout: 1 });
});
