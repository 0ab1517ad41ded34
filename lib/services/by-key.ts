import { DatabaseUnavailableError, isRetryable } from '@/db/errors';

const RETRIES = 3;
const pause = (attempt: number) =>
  new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt * (0.5 + Math.random())));

/**
 * Runs a command that carries an idempotency key. When its answer is lost, or the database is away for a moment, it is run again: the key
 * answers with what has happened, or lets it happen now. Throws what the last attempt threw; after an answer was lost, its outcome stays `unknown`.
 */
export async function byKey<T>(command: () => Promise<T>): Promise<T> {
  let unknown = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await command();
    } catch (error) {
      const absent = error instanceof DatabaseUnavailableError;
      unknown ||= absent && error.outcome === 'unknown';
      if ((!absent && !isRetryable(error)) || attempt > RETRIES) {
        if (unknown) throw new DatabaseUnavailableError('The outcome is not known.', 'unknown', { cause: error });
        throw error;
      }
      await pause(attempt);
    }
  }
}
