/**
 * The site's way to its database: the role `wakachi_app`, which reads under row-level security and calls the functions granted to it.
 *
 * A pool for reads and one for transactions, because BEGIN on a pool whose queue is full can land on a connection that others
 * use (postgres.js #823, #1189). Each lets through only as many calls as it has connections.
 */
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { env, required } from '@/lib/env';
import { connect, type Deadlines, restoreInstants, type Sql, type TransactionSql } from './connect';
import { DatabaseUnavailableError, isRetryable, typedError } from './errors';
import { Gate } from './gate';

export type { Sql, TransactionSql } from './connect';
export { DatabaseBusyError, DatabaseUnavailableError } from './errors';

/** drizzle over the pool of reads or inside a transaction: queries and commands take either. */
export type Database = PostgresJsDatabase;

/** At most so many calls wait for a connection, and so long; the next is answered with DatabaseBusyError. */
const MAX_WAITING = 500;
const MAX_WAIT_MS = 2_000;
/** The whole of a call, however many statements it makes. */
const READ_DEADLINE_MS = 10_000;
const TRANSACTION_DEADLINE_MS = 15_000;
const RETRIES = 3;
/** Two lanes for orders and two for their sessions. */
const SHARED_CALLS = 4;
/** A step of a batch over a million people takes seconds, and a wait for somebody's order in between does no harm. */
const BATCH_DEADLINES: Deadlines = {
  statementMs: 600_000,
  lockMs: 60_000,
  idleInTransactionMs: 60_000,
  silenceMs: 660_000,
  connectSeconds: 5,
};

/** Steps of batches that a process takes at the same time: each keeps a core of the database busy. */
export const BATCH_LANES = 2;
/** Jobs of a process that hold a lock, or wait for one, for as long as all that is due takes. */
const LOCK_HOLDERS = 6;
const LOCK_DEADLINES: Deadlines = { ...BATCH_DEADLINES, lockMs: 600_000 };

type Pool = { sql: Sql; db: Database; gate: Gate };
type Pools = { reads: Pool; transactions: Pool; shared: Pool; batches: Pool; locks: Pool };

function pool(purpose: string, max = env().DATABASE_POOL_SIZE, deadlines?: Deadlines): Pool {
  const lasting = purpose === 'locks';
  const sql = connect(required('APP_DATABASE_URL'), { max, name: `wakachi-${purpose}`, deadlines, lasting });
  const db = drizzle(preparing(sql));
  restoreInstants(sql);
  return { sql, db, gate: new Gate(max, MAX_WAITING, MAX_WAIT_MS) };
}

// On globalThis, because the bundler may load this module several times, and hot reloading loads it again on each change.
const shared = globalThis as typeof globalThis & { wakachiPools?: Pools };

function pools(): Pools {
  shared.wakachiPools ??= {
    reads: pool('reads'),
    transactions: pool('transactions'),
    shared: pool('shared', SHARED_CALLS),
    batches: pool('batches', BATCH_LANES, BATCH_DEADLINES),
    locks: pool('locks', LOCK_HOLDERS, LOCK_DEADLINES),
  };
  return shared.wakachiPools;
}

/** Rejects when `work` is not done in time. What is still under way then ends by the deadlines of the server and of the sockets. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DatabaseUnavailableError(`The database took longer than ${ms} ms.`, 'unknown')),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Reads that need no transaction: public data, and single calls of SQL functions, which are a transaction each. Rows of a person are not
 * visible here; see `withInvestor`.
 *
 * Throws DatabaseBusyError or DatabaseUnavailableError where the database does not answer.
 */
export const read = <T>(work: (db: Database, sql: Sql) => Promise<T>): Promise<T> => call(pools().reads, work);

/**
 * The same for a call that many people share (lib/services/order-combiner.ts, lib/auth/batch.ts). Those keep so few under way that each finds a
 * connection, and so orders never stand in line behind what pages read.
 */
export const sharedCall = <T>(work: (db: Database, sql: Sql) => Promise<T>): Promise<T> => call(pools().shared, work);

async function call<T>({ sql, db, gate }: Pool, work: (db: Database, sql: Sql) => Promise<T>): Promise<T> {
  try {
    return await gate.through(() => within(READ_DEADLINE_MS, work(db, sql)));
  } catch (error) {
    throw typedError(error, true);
  }
}

/**
 * Steps of a batch, by the job worker alone: single calls of SQL functions, which are a transaction each, with a deadline of minutes and few
 * connections. What was killed in between is taken up by the next run.
 */
export async function batch<T>(work: (db: Database, sql: Sql) => Promise<T>): Promise<T> {
  const { sql, db, gate } = pools().batches;
  try {
    return await gate.through(() => work(db, sql));
  } catch (error) {
    throw typedError(error, true);
  }
}

/** What one process at a time does: everything that is due, and moving the clock. Any numbers that no other advisory lock uses. */
const LOCKS = { due: 7_309_245_123n, clock: 7_309_245_124n } as const;
export type LockName = keyof typeof LOCKS;

/**
 * Runs `work` while nobody else holds the lock, in this process or another, and waits for that as long as all that is due may take. The lock is a
 * connection's, so that whoever is killed lets go of it at once.
 */
export const alone = <T>(name: LockName, work: () => Promise<T>): Promise<T> =>
  holding(name, async (connection, lock) => {
    await connection`select pg_advisory_lock(${lock}::bigint)`;
    return releasing(connection, lock, work);
  });

/** The same, but for null at once where somebody else holds it. */
export const ifAlone = <T>(name: LockName, work: () => Promise<T>): Promise<T | null> =>
  holding(name, async (connection, lock) => {
    const [row] = await connection<{ got: boolean }[]>`select pg_try_advisory_lock(${lock}::bigint) as got`;
    return row?.got ? releasing(connection, lock, work) : null;
  });

async function holding<T>(name: LockName, work: (connection: Sql, lock: string) => Promise<T>): Promise<T> {
  try {
    const connection = await pools().locks.sql.reserve();
    try {
      return await work(connection, String(LOCKS[name]));
    } finally {
      connection.release();
    }
  } catch (error) {
    throw typedError(error, true);
  }
}

async function releasing<T>(connection: Sql, lock: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await connection`select pg_advisory_unlock(${lock}::bigint)`;
  }
}

/**
 * One transaction, run again as a whole at most 3 times when the database asks for it (serialization failure, deadlock). `work` must
 * therefore do nothing but talk to the database.
 *
 * Throws what `work` throws, after a rollback; DatabaseBusyError; or DatabaseUnavailableError, whose `outcome` is `unknown` when the
 * connection was lost while the commit was under way.
 */
export async function transaction<T>(work: (tx: Database, sql: TransactionSql) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await attemptTransaction(work);
    } catch (error) {
      if (!isRetryable(error) || attempt === RETRIES) throw error;
      // Jitter keeps the two that collided from colliding again.
      await new Promise((resolve) => setTimeout(resolve, (10 + Math.random() * 40) * 2 ** attempt));
    }
  }
}

async function attemptTransaction<T>(work: (tx: Database, sql: TransactionSql) => Promise<T>): Promise<T> {
  const { sql, gate } = pools().transactions;
  let committing = false;
  try {
    return await gate.through(() => {
      const begun = sql.begin(async (tx) => {
        // The inner deadline rolls back; the outer one, a little later, answers the caller even when the connection is stuck.
        const result = await within(TRANSACTION_DEADLINE_MS, work(inTransaction(sql, tx), tx));
        committing = true;
        return result;
      });
      return within(TRANSACTION_DEADLINE_MS + 1_000, begun as Promise<T>);
    });
  } catch (error) {
    throw committing || !(error instanceof DatabaseUnavailableError)
      ? typedError(error, committing)
      : new DatabaseUnavailableError(error.message, 'none', { cause: error });
  }
}

/**
 * The client as drizzle is given it. drizzle sends its statements through `unsafe` and asks for no preparation, so that the server describes each
 * of them first, a round trip of its own that nothing can be sent behind; prepared, a statement is described once a connection.
 */
function preparing<T extends Sql | TransactionSql>(client: T): Sql {
  const unsafe: Sql['unsafe'] = (query, parameters, options) =>
    client.unsafe(query, parameters, { ...options, prepare: true });
  // Everything else, its options above all, is the client's own.
  return new Proxy(client, {
    get: (target, name) => (name === 'unsafe' ? unsafe : Reflect.get(target, name)),
  }) as unknown as Sql;
}

/** drizzle inside the driver's transaction. It asks for the pool's options, which a transaction does not carry. */
function inTransaction(sql: Sql, tx: TransactionSql): Database {
  const { parsers, serializers } = sql.options;
  return drizzle(
    Object.assign(preparing(tx), {
      options: { ...sql.options, parsers: { ...parsers }, serializers: { ...serializers } },
    }) as unknown as Sql,
  );
}

/**
 * A transaction that sees and changes the rows of one investor, and no one else's: row-level security compares with this setting, which
 * lives exactly as long as the transaction.
 */
export function withInvestor<T>(
  investorId: bigint,
  work: (tx: Database, sql: TransactionSql) => Promise<T>,
): Promise<T> {
  return transaction(async (tx, sql) => {
    // Sent first and waited for last: what `work` asks goes out behind it on the same connection, in the same round trip.
    const known = sql`select set_config('app.investor_id', ${String(investorId)}, true)`.execute();
    const [result] = await Promise.all([work(tx, sql), known]);
    return result;
  });
}

/**
 * A transaction that reads as a member of staff: row-level security lets it see everybody's rows while the session that it names is alive and
 * of staff, and nothing at all otherwise. It changes nothing: commands of staff are functions that take the session themselves.
 */
export function withStaff<T>(sessionId: string, work: (tx: Database, sql: TransactionSql) => Promise<T>): Promise<T> {
  return transaction(async (tx, sql) => {
    // Sent first and waited for last, as above.
    const known = sql`select set_config('app.session_id', ${sessionId}, true)`.execute();
    const [result] = await Promise.all([work(tx, sql), known]);
    return result;
  });
}

/** Ends the pools, waiting a few seconds for what is under way. The next call opens them anew. */
export async function closeDatabase(): Promise<void> {
  const open = shared.wakachiPools;
  shared.wakachiPools = undefined;
  if (open) await Promise.all(Object.values(open).map(({ sql }) => sql.end({ timeout: 5 })));
}
