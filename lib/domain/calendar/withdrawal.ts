import { instantOf, localText } from '../offerings/local-time';
import { addDays, dealingDayFrom } from './dealing-days';

/** Whoever subscribed under an earlier version of a document has so many working days to withdraw (DOMAIN §5). */
const WITHDRAWAL_DAYS = 2;

/**
 * Until when: the end of the second day after the publication on which both markets are open, by the clocks of the class's own market. What is left
 * of the day of publication is a gift. `withdrawal_deadline` in db/functions/document-notices.sql is the same, from the table of holidays.
 */
export function withdrawalDeadline(publishedAt: Date, timeZone: string): Date {
  let date = localText(publishedAt, timeZone).slice(0, 10);
  for (let day = 0; day < WITHDRAWAL_DAYS; day += 1) date = dealingDayFrom(addDays(date, 1));
  const end = instantOf(`${addDays(date, 1)}T00:00`, timeZone);
  if (!end) throw new RangeError(`There is no midnight after ${date} in ${timeZone}.`);
  return end;
}
