/** What an allotment costs, and what goes back of the cash that was reserved (A4: refund + cost = reservation). */
import { amountForUnits, type ClassQuotation } from '../orders/pricing';

export type Settlement = { costMinor: bigint; refundMinor: bigint };

/**
 * `reservedMinor` is all that the person's subscriptions hold. The cost is rounded up once a person, as for any purchase, so that it never
 * passes the sum of reservations that were each rounded up. Throws a RangeError when too little was reserved.
 */
export function settle(reservedMinor: bigint, allottedUnits: bigint, price: bigint, q: ClassQuotation): Settlement {
  const costMinor = amountForUnits(allottedUnits, price, q);
  if (costMinor > reservedMinor) throw new RangeError('An allotment costs more than was reserved for it.');
  return { costMinor, refundMinor: reservedMinor - costMinor };
}
