/**
 * What can go wrong between the site and its database, as types that callers can answer to. Pages and routes answer both with 503 and
 * Retry-After; a command that changes something then retries its idempotency key, because an error does not mean "not committed".
 */

/**
 * By name: a process holds several copies of this module, the bundler's and that of the server in front of Next, and they share their pools. What one
 * throws, the other has to know.
 */
const isNamed = (value: unknown, name: string): boolean => value instanceof Error && value.name === name;

/** The database could not be asked, or did not answer in time. */
export class DatabaseUnavailableError extends Error {
  override name = 'DatabaseUnavailableError';
  static [Symbol.hasInstance](value: unknown): value is DatabaseUnavailableError {
    return isNamed(value, 'DatabaseUnavailableError');
  }
  readonly retryAfterSeconds: number = 2;
  constructor(
    message: string,
    /** `none`: nothing was changed. `unknown`: the commit may have happened; only the command's key can tell. */
    readonly outcome: 'none' | 'unknown',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Too many calls are waiting already, or a lock was held for too long: nothing was changed. */
export class DatabaseBusyError extends Error {
  override name = 'DatabaseBusyError';
  static [Symbol.hasInstance](value: unknown): value is DatabaseBusyError {
    return isNamed(value, 'DatabaseBusyError');
  }
  readonly retryAfterSeconds: number = 1;
  readonly outcome = 'none';
}

type Coded = { code: string; constraint?: string };

/** The driver's own error: drizzle wraps it as the cause of its own. Null when there is none in the chain. */
export function driverError(error: unknown): Coded | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') {
      const constraint =
        'constraint_name' in at && typeof at.constraint_name === 'string' ? at.constraint_name : undefined;
      return { code: at.code, constraint };
    }
  }
  return null;
}

/** The name of the constraint that refused a statement, or null: a service turns the ones it knows into a refusal. */
export const violatedConstraint = (error: unknown): string | null => driverError(error)?.constraint ?? null;

/** Serialization failure and deadlock: the whole transaction may be run again. */
export const isRetryable = (error: unknown): boolean => ['40001', '40P01'].includes(driverError(error)?.code ?? '');

const LOST =
  /^(CONNECTION_\w+|CONNECT_TIMEOUT|SILENCE_TIMEOUT|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08\w{3}|57P0[1-5]|25P03)$/;
/** A function that always answers gave no row: the answer was lost on its way, and only the command's key can tell. */
export const lostAnswer = (what: string): DatabaseUnavailableError =>
  new DatabaseUnavailableError(`The answer was lost: ${what}.`, 'unknown');

/** Too many connections, out of memory, lock not available. */
const BUSY = /^(53300|53200|55P03)$/;
/** Cancelled by statement_timeout or transaction_timeout: the server has rolled back. */
const CANCELLED = /^(57014|25P04)$/;

/**
 * Turns what the driver throws into the types above; anything else (a constraint, a bug) passes unchanged.
 *
 * @param mayHaveCommitted whether the statement that failed could have taken effect before its answer was lost.
 */
export function typedError(error: unknown, mayHaveCommitted: boolean): unknown {
  if (error instanceof DatabaseUnavailableError || error instanceof DatabaseBusyError) return error;
  const code = driverError(error)?.code;
  if (!code) return error;
  if (BUSY.test(code)) return new DatabaseBusyError(`The database is busy (${code}).`, { cause: error });
  if (CANCELLED.test(code))
    return new DatabaseUnavailableError(`The database took too long (${code}).`, 'none', { cause: error });
  if (!LOST.test(code)) return error;
  return new DatabaseUnavailableError(
    `The database cannot be reached (${code}).`,
    mayHaveCommitted ? 'unknown' : 'none',
    { cause: error },
  );
}
