/**
 * Orders in flight at the same time share a call of the database (SPEED): while calls are under way, arrivals queue; the next call takes up to
 * 128 of them, each investor once. Every order gets its own answer, after the commit of the call that carried it.
 */
import { sharedCall } from '@/db/client';
import { MAX_ORDERS_A_CALL, type OrderAnswer, type OrderCall, placeOrders } from '@/db/commands/orders';
import { DatabaseBusyError, DatabaseUnavailableError, isRetryable } from '@/db/errors';

export type PlaceCalls = (calls: readonly OrderCall[]) => Promise<OrderAnswer[]>;

export type CombinerOptions = {
  /** Calls under way at a time. */
  lanes: number;
  maxPerCall: number;
  /** Orders that may wait for a call; the next is refused. */
  maxWaiting: number;
  /** How often an order whose outcome is unknown is asked for again by its key. */
  retries: number;
  /** Waits before such a retry; given the number of the attempt, from 1. */
  pause: (attempt: number) => Promise<void>;
};

const DEFAULTS: CombinerOptions = {
  lanes: 2,
  maxPerCall: MAX_ORDERS_A_CALL,
  maxWaiting: 5_000,
  retries: 3,
  pause: (attempt) => new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt * (0.5 + Math.random()))),
};

type Waiting = { call: OrderCall; resolve: (answer: OrderAnswer) => void; reject: (reason: unknown) => void };

export class OrderCombiner {
  private readonly options: CombinerOptions;
  private queue: Waiting[] = [];
  private readonly underway = new Set<bigint>();
  private lanesBusy = 0;

  constructor(
    private readonly place: PlaceCalls,
    options: Partial<CombinerOptions> = {},
  ) {
    this.options = { ...DEFAULTS, ...options };
  }

  /**
   * The answer to one order. Throws DatabaseBusyError when the queue is full; DatabaseUnavailableError when the database stays away, whose
   * outcome is `unknown` when even the retries could not tell.
   */
  submit(call: OrderCall): Promise<OrderAnswer> {
    if (this.queue.length >= this.options.maxWaiting)
      return Promise.reject(new DatabaseBusyError('Too many orders are waiting.'));
    return new Promise((resolve, reject) => {
      this.queue.push({ call, resolve, reject });
      this.start();
    });
  }

  private start() {
    while (this.lanesBusy < this.options.lanes && this.queue.length > 0) {
      const batch = this.take();
      if (batch.length === 0) return;
      this.lanesBusy += 1;
      void this.run(batch).finally(() => {
        for (const { call } of batch) this.underway.delete(call.investorId);
        this.lanesBusy -= 1;
        this.start();
      });
    }
  }

  /** The next orders, oldest first; an investor who is in a call already waits for the next one, behind nobody else. */
  private take(): Waiting[] {
    const batch: Waiting[] = [];
    const left: Waiting[] = [];
    let looked = 0;
    for (const waiting of this.queue) {
      if (batch.length === this.options.maxPerCall) break;
      looked += 1;
      const { investorId } = waiting.call;
      if (this.underway.has(investorId)) left.push(waiting);
      else {
        this.underway.add(investorId);
        batch.push(waiting);
      }
    }
    this.queue = left.length === 0 ? this.queue.slice(looked) : [...left, ...this.queue.slice(looked)];
    return batch;
  }

  /**
   * A call that failed says nothing of its orders: the connection may have been lost after the commit. It is repeated with the same keys, which
   * answer with what has happened or let it happen now. An error that is not the database's absence is one order's doing, and the others
   * must not suffer for it: then each is settled by itself.
   */
  private async run(batch: Waiting[]): Promise<void> {
    let unknown = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answers = await this.place(batch.map(({ call }) => call));
        batch.forEach(({ resolve, reject }, n) => {
          const answer = answers[n];
          if (answer) resolve(answer);
          else reject(new Error('The call came back without an answer for this order.'));
        });
        return;
      } catch (error) {
        const absent = error instanceof DatabaseUnavailableError;
        unknown ||= absent && error.outcome === 'unknown';
        if (!absent && !(error instanceof DatabaseBusyError) && batch.length > 1) {
          for (const waiting of batch) await this.run([waiting]);
          return;
        }
        // A busy database has done nothing, unless an attempt before it may have: then the key must be asked again.
        const again = absent || isRetryable(error) || (unknown && error instanceof DatabaseBusyError);
        if (!again || attempt > this.options.retries) {
          const reason = unknown
            ? new DatabaseUnavailableError('The outcome is not known.', 'unknown', { cause: error })
            : error;
          for (const { reject } of batch) reject(reason);
          return;
        }
        await this.options.pause(attempt);
      }
    }
  }
}

// On globalThis, because the bundler may load this module several times, and two combiners would share less.
const shared = globalThis as typeof globalThis & { wakachiCombiner?: OrderCombiner };

/** The combiner of this process, over the pool of shared calls. */
export function orderCombiner(): OrderCombiner {
  shared.wakachiCombiner ??= new OrderCombiner((calls) => sharedCall((_, sql) => placeOrders(sql, calls)));
  return shared.wakachiCombiner;
}
