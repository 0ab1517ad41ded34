/**
 * A process that uses the database as the site does, until it is told to stop (SIGTERM): transactions that append to `fault_log` with a
 * key each, and reads. Prints a line of JSON every 100 ms: how many were acknowledged and refused since the last one, and the keys of
 * transactions that were acknowledged. The tests of faults start it and break something meanwhile.
 */
import { randomUUID } from 'node:crypto';
import { closeDatabase, DatabaseBusyError, DatabaseUnavailableError, read, transaction } from '../client';

const state = {
  acknowledged: [] as string[],
  unknown: [] as string[],
  reads: 0,
  refused: 0,
  unexpected: [] as string[],
};
let stopping = false;

async function guarded(work: () => Promise<void>, key?: string) {
  try {
    await work();
  } catch (error) {
    if (error instanceof DatabaseUnavailableError || error instanceof DatabaseBusyError) {
      state.refused += 1;
      if (key && error.outcome === 'unknown') state.unknown.push(key);
      // A refused caller comes back a moment later, as the answer's Retry-After asks.
      await new Promise((resolve) => setTimeout(resolve, 20));
    } else {
      state.unexpected.push(String(error));
    }
  }
}

async function write() {
  const key = randomUUID();
  await guarded(async () => {
    await transaction(async (_, sql) => {
      // Statements of one transaction side by side: what the driver queues for it has to settle too.
      await Promise.all([sql`insert into fault_log (key) values (${key})`, sql`select pg_sleep(0.002)`, sql`select 1`]);
    });
    state.acknowledged.push(key);
  }, key);
}

async function look() {
  await guarded(async () => {
    await read((_, sql) => sql`select count(*) from fault_log where key = ${randomUUID()}`);
    state.reads += 1;
  });
}

async function forever(work: () => Promise<void>) {
  while (!stopping) await work();
}

function report() {
  process.stdout.write(`${JSON.stringify(state)}\n`);
  Object.assign(state, { acknowledged: [], unknown: [], reads: 0, refused: 0, unexpected: [] });
}

const timer = setInterval(report, 100);
process.on('SIGTERM', () => {
  stopping = true;
});
await Promise.all([
  ...Array.from({ length: 24 }, () => forever(write)),
  ...Array.from({ length: 24 }, () => forever(look)),
]);
clearInterval(timer);
report();
await closeDatabase();
