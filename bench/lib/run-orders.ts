/** Keeps so many orders in flight from this process and counts the answers. */
import { randomUUID } from 'node:crypto';
import type { OrderAnswer, OrderCall } from '@/db/commands/orders';

export type Submit = (call: OrderCall) => Promise<OrderAnswer>;

export type OrdersRun = {
  perSecond: number;
  settled: number;
  refused: number;
  /** Milliseconds from submit to answer. */
  latencies: number[];
};

/**
 * @param next the next order, or null when there is to be none; with `untilMs` the run ends by the clock instead.
 * Throws on the first answer that is an error, or a refusal other than `expected`.
 */
export async function runOrders(
  submit: Submit,
  next: () => OrderCall | null,
  options: { inFlight: number; untilMs?: number; expected?: string },
): Promise<OrdersRun> {
  const latencies: number[] = [];
  let settled = 0;
  let refused = 0;
  const started = performance.now();
  const end = started + (options.untilMs ?? Number.POSITIVE_INFINITY);
  const one = async () => {
    for (;;) {
      const at = performance.now();
      const call = at < end ? next() : null;
      if (!call) return;
      const answer = await submit(call);
      latencies.push(performance.now() - at);
      if (answer.ok) settled += 1;
      else if (answer.code === options.expected) refused += 1;
      else throw new Error(`An order was refused: ${answer.code}`);
    }
  };
  await Promise.all(Array.from({ length: options.inFlight }, one));
  const seconds = (performance.now() - started) / 1_000;
  return { perSecond: (settled + refused) / seconds, settled, refused, latencies };
}

/** An order by amount of a random one of the bench's investors, as its review page would send it. */
export function randomOrder(offering: { id: number; price: bigint }, investors: number, firstInvestor: bigint) {
  return (): OrderCall => ({
    investorId: firstInvestor + BigInt(Math.floor(Math.random() * investors)),
    key: randomUUID(),
    offeringId: offering.id,
    kind: 'BUY_AMOUNT',
    asked: 100n + BigInt(Math.floor(Math.random() * 100)) * 10n,
    price: offering.price,
    termsVersion: 1,
    locale: 'en',
    consent: true,
  });
}
