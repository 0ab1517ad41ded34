/**
 * The traps of postgres.js that `patches/` and the two pools close (its issues #823, #1066, #1154, #1186, #1189, #1208). Each of these
 * fails without the patch, or with one pool for everything.
 */
import { beforeAll, expect, test } from 'vitest';
import { DatabaseBusyError, DatabaseUnavailableError, read, transaction } from './client';
import { connect } from './connect';
import { testDatabase } from './test-hooks';

const database = testDatabase();

beforeAll(async () => {
  await database.owner`create table driver_log (note text)`;
  await database.owner`grant select, insert on driver_log to wakachi_app`;
});

const notes = async () =>
  (await database.owner<{ note: string }[]>`select note from driver_log`).map((row) => row.note);

/** Ends a backend as an operator would. The owner may not, so this asks as the superuser. */
async function terminate(pid: number) {
  const sql = connect(database.superUrl, { max: 1, name: 'terminate' });
  await sql`select pg_terminate_backend(${pid}, 5000)`;
  await sql.end();
}

const settled = (promises: Promise<unknown>[]) =>
  Promise.allSettled(promises).then((results) => results.map((result) => result.status));

test('statements of a transaction that lost its connection are rejected, whether sent, queued or new, and never run elsewhere', async () => {
  const outcome = { settled: [] as string[], late: '' };
  const work = transaction(async (_, sql) => {
    const [row] = await sql<[{ pid: number }]>`select pg_backend_pid() as pid`;
    // Its parameter makes the driver describe the first statement before it sends it; the others wait in the transaction's own queue.
    const statements = [
      sql`select pg_sleep(${60})`,
      sql`insert into driver_log values ('queued')`,
      sql`select ${'queued'}::text`,
    ];
    const all = settled(statements);
    await terminate(row.pid);
    outcome.settled = await all;
    // The pool has given the connection to others by now. A statement of this transaction must not follow it there.
    await Promise.all(Array.from({ length: 30 }, () => read((__, other) => other`select pg_sleep(0.01)`)));
    outcome.late = await sql`insert into driver_log values ('late')`.then(
      () => 'ran',
      (error: { code: string }) => error.code,
    );
  });
  await expect(work).rejects.toBeInstanceOf(DatabaseUnavailableError);
  await expect.poll(() => outcome.late).toBe('CONNECTION_CLOSED');
  expect(outcome.settled).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await notes()).toEqual([]);
});

test('a statement that comes after its transaction has ended does not run on the connection of somebody else', async () => {
  const escaped = await transaction(async (_, sql) => {
    await sql`insert into driver_log values ('inside')`;
    return { insert: () => sql`insert into driver_log values ('after')` };
  });
  await expect(escaped.insert()).rejects.toMatchObject({ code: 'TRANSACTION_ENDED' });
  expect(await notes()).toEqual(['inside']);
});

test('the first statement after a reconnect does not get the error that ended the connection before', async () => {
  const sql = connect(database.appUrl, { max: 1, name: 'reconnect' });
  for (let round = 0; round < 5; round += 1) {
    const [row] = await sql<[{ pid: number }]>`select pg_backend_pid() as pid`;
    const pending = settled([sql`select pg_sleep(60)`]);
    await terminate(row.pid);
    expect(await pending).toEqual(['rejected']);
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  }
  await sql.end();
});

const READS = 400;
const TRANSACTIONS = 200;

test('transactions under a full queue of reads are never broken with two pools', async () => {
  const reads = Array.from({ length: READS }, () => read((_, sql) => sql`select 1`));
  const transactions = Array.from({ length: TRANSACTIONS }, () => transaction((_, sql) => sql`select 1`));
  const outcomes = await Promise.allSettled([...reads, ...transactions]);
  const broken = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  // A busy machine may refuse some before they begin; that is said at once, and nothing of them runs.
  expect(broken.filter((reason) => !(reason instanceof DatabaseBusyError))).toEqual([]);
  expect(outcomes.slice(READS).filter((outcome) => outcome.status === 'fulfilled').length).toBeGreaterThan(0);
});

test('the same on one pool without a gate breaks transactions, which is why there are two', async () => {
  const sql = connect(database.appUrl, { max: 10, name: 'one-pool' });
  await Promise.all(Array.from({ length: 10 }, () => sql`select pg_sleep(0.05)`));
  // Ten connections take a hundred statements each; BEGIN is the one too many on each of them, sent but not noticed.
  const reads = Array.from({ length: 1_000 }, () => sql`select 1`.execute());
  const transactions = Array.from({ length: TRANSACTIONS }, () => sql.begin((tx) => tx`select 1`));
  const [, outcomes] = await Promise.all([settled(reads), settled(transactions)]);
  expect(outcomes.filter((status) => status === 'rejected').length).toBeGreaterThan(0);
  await sql.end({ timeout: 1 });
});
