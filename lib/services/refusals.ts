import { DatabaseBusyError, DatabaseUnavailableError } from '@/db/errors';
import { type Refused, refuse } from '@/lib/result';

/** A database that is too busy or away, in words for the person who waits. Anything else is thrown on. */
export function refuseWhenAway(error: unknown): Refused {
  if (error instanceof DatabaseBusyError) return refuse('form.busy');
  if (error instanceof DatabaseUnavailableError)
    return refuse(error.outcome === 'unknown' ? 'form.unconfirmed' : 'form.busy');
  throw error;
}
