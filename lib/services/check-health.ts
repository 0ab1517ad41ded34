import { DatabaseBusyError, DatabaseUnavailableError } from '@/db/errors';
import { appNow } from '@/db/queries/clock';

/** Does the database answer, as the role of the site, with its functions in place? */
export async function checkHealth(): Promise<boolean> {
  try {
    return !Number.isNaN((await appNow()).getTime());
  } catch (error) {
    if (error instanceof DatabaseBusyError || error instanceof DatabaseUnavailableError) return false;
    throw error;
  }
}
