/** One pool of connections with a deadline on everything that it does. */
import postgres from 'postgres';

export type Sql = postgres.Sql<{ bigint: bigint }>;
export type TransactionSql = postgres.TransactionSql<{ bigint: bigint }>;

export type Deadlines = {
  /** The server gives up a statement, a wait for a lock, and a transaction that nobody speaks in. */
  statementMs: number;
  lockMs: number;
  idleInTransactionMs: number;
  /** The client gives up a connection that has not answered for so long: longer than the statement's own deadline. */
  silenceMs: number;
  connectSeconds: number;
};

/** For requests of people. Batches and migrations name longer ones. */
export const REQUEST_DEADLINES: Deadlines = {
  statementMs: 5_000,
  lockMs: 3_000,
  idleInTransactionMs: 10_000,
  silenceMs: 8_000,
  connectSeconds: 5,
};

/** For migrations, and for whoever looks through a large ledger: minutes. */
export const PATIENT_DEADLINES: Deadlines = {
  statementMs: 0,
  lockMs: 60_000,
  idleInTransactionMs: 0,
  silenceMs: 3_600_000,
  connectSeconds: 5,
};

const TIMESTAMPTZ = 1184;

/**
 * A pool for `url`. int8 is bigint; timestamptz is a Date, also beside drizzle. Nothing connects before the first statement.
 *
 * A dropped packet leaves a connection that is open for the kernel and silent for ever, and the driver would hand it work without end.
 * Our patch gives it `silence_timeout`: a connection that owes an answer and says nothing is destroyed, and its statements fail at once.
 */
export function connect(
  url: string,
  options: {
    max: number;
    name: string;
    deadlines?: Deadlines;
    /** Connections are not renewed from time to time: somebody holds something by them. */
    lasting?: boolean;
  },
): Sql {
  const { statementMs, lockMs, idleInTransactionMs, silenceMs, connectSeconds } =
    options.deadlines ?? REQUEST_DEADLINES;
  const patched = { silence_timeout: silenceMs / 1000 };
  const lifetime = options.lasting ? { max_lifetime: null } : {};
  return postgres(url, {
    ...patched,
    ...lifetime,
    max: options.max,
    types: { bigint: postgres.BigInt },
    connect_timeout: connectSeconds,
    // The default backs off up to 20 seconds; a database that is back should be found at once.
    backoff: () => 0.1 + Math.random() * 0.2,
    onnotice: () => {},
    connection: {
      application_name: options.name,
      statement_timeout: statementMs,
      lock_timeout: lockMs,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      TimeZone: 'UTC',
    },
  });
}

/**
 * drizzle() replaces the driver's parsers for dates with "leave it a string" and lets no Date through as a raw parameter. Its own columns
 * accept Dates, so instants are Dates everywhere again.
 */
export function restoreInstants(sql: Sql) {
  sql.options.parsers[TIMESTAMPTZ] = (text: string) => new Date(text);
  sql.options.serializers[TIMESTAMPTZ] = (value: unknown) => (value instanceof Date ? value.toISOString() : value);
}
