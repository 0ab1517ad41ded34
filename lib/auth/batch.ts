import { DatabaseBusyError } from '@/db/errors';

export type BatchOptions = { lanes: number; most: number; maxWaiting: number };

type Waiting<V> = { resolve: (value: V | undefined) => void; reject: (reason: unknown) => void };

/**
 * Questions in flight at the same time share a call, as orders do (lib/services/order-combiner.ts): the first goes out at once, what arrives while
 * calls are under way goes with the next. An answer is never older than its question.
 */
export class Batch<K, V> {
  private waiting = new Map<K, Waiting<V>[]>();
  private count = 0;
  private busy = 0;

  constructor(
    private readonly load: (keys: K[]) => Promise<Map<K, V>>,
    private readonly options: BatchOptions,
  ) {}

  /** Undefined where `load` has nothing for the key. Throws what `load` throws, and DatabaseBusyError when too many wait. */
  ask(key: K): Promise<V | undefined> {
    if (this.count >= this.options.maxWaiting)
      return Promise.reject(new DatabaseBusyError('Too many questions are waiting.'));
    return new Promise((resolve, reject) => {
      const one = { resolve, reject };
      const same = this.waiting.get(key);
      if (same) same.push(one);
      else this.waiting.set(key, [one]);
      this.count += 1;
      this.start();
    });
  }

  private start() {
    while (this.busy < this.options.lanes && this.waiting.size > 0) {
      const batch = [...this.waiting].slice(0, this.options.most);
      for (const [key, ones] of batch) {
        this.waiting.delete(key);
        this.count -= ones.length;
      }
      this.busy += 1;
      void this.run(batch).finally(() => {
        this.busy -= 1;
        this.start();
      });
    }
  }

  private async run(batch: [K, Waiting<V>[]][]) {
    try {
      const found = await this.load(batch.map(([key]) => key));
      for (const [key, ones] of batch) for (const { resolve } of ones) resolve(found.get(key));
    } catch (error) {
      for (const [, ones] of batch) for (const { reject } of ones) reject(error);
    }
  }
}
