/** One pool of connections with a deadline on everything that it does. */
import net from 'node:net';
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

const TIMESTAMPTZ = 1184;

/**
 * A pool for `url`. int8 is bigint; timestamptz is a Date, also beside drizzle. Nothing connects before the first statement.
 *
 * A dropped packet leaves a connection that is open for the kernel and silent for ever, and the driver would hand it work without end.
 * So the sockets are ours: one that was written to and has not been heard since is destroyed, and its statements fail at once.
 */
export function connect(url: string, options: { max: number; name: string; deadlines?: Deadlines }): Sql {
  const { statementMs, lockMs, idleInTransactionMs, silenceMs, connectSeconds } =
    options.deadlines ?? REQUEST_DEADLINES;
  const watch = watchSockets(silenceMs);
  // The types do not know `socket`, which the driver calls with its parsed options.
  const own = {
    socket: ({ host, port, path }: { host: string[]; port: number[]; path?: string | false }) =>
      watch(
        path
          ? net.connect({ path })
          : Object.assign(net.connect({ host: host[0], port: port[0] ?? 5432, noDelay: true }), {
              host: host[0],
              port: port[0],
            }),
      ),
  };
  return postgres(url, {
    ...own,
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

/** An idle connection that has said nothing for this long is closed too: what it still owes cannot be known. */
const IDLE_MS = 60_000;

function watchSockets(silenceMs: number) {
  type Watched = { socket: net.Socket; read: number; written: number; since: number; asked: boolean };
  const watched = new Set<Watched>();
  let timer: NodeJS.Timeout | undefined;

  // Byte counters are looked at, not events: the driver removes listeners when it wraps the socket in TLS.
  function look() {
    const now = Date.now();
    for (const entry of watched) {
      const { bytesRead, bytesWritten } = entry.socket;
      if (bytesRead !== entry.read)
        Object.assign(entry, { read: bytesRead, written: bytesWritten, since: now, asked: false });
      else if (bytesWritten !== entry.written && !entry.asked) Object.assign(entry, { since: now, asked: true });
      if (now - entry.since > (entry.asked ? silenceMs : Math.max(IDLE_MS, silenceMs))) {
        entry.socket.destroy(
          Object.assign(new Error(`The database has not answered for ${silenceMs} ms.`), { code: 'ETIMEDOUT' }),
        );
      }
    }
  }

  return (socket: net.Socket) => {
    const entry: Watched = { socket, read: 0, written: 0, since: Date.now(), asked: true };
    watched.add(entry);
    timer ??= setInterval(look, Math.min(500, silenceMs / 4)).unref();
    socket.once('close', () => {
      watched.delete(entry);
      if (watched.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    });
    return socket;
  };
}
