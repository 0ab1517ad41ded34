import { DatabaseBusyError } from './errors';

/**
 * Lets so many calls at a time through to a pool and makes the others wait in line. The line is bounded in length and in time, so that
 * an overload is answered at once instead of piling up; and since no more calls come through than the pool has connections, the
 * driver's own queue stays empty, in which BEGIN of one call can end up on a connection that serves others (postgres.js #823, #1189).
 */
export class Gate {
  private inside = 0;
  private readonly line: Array<{ enter: () => void; timer: NodeJS.Timeout }> = [];

  constructor(
    private readonly places: number,
    private readonly maxWaiting: number,
    private readonly maxWaitMs: number,
  ) {}

  /** Runs `work` when a place is free. Throws DatabaseBusyError when the line is full or did not move in time. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private enter(): Promise<void> | undefined {
    if (this.inside < this.places) {
      this.inside += 1;
      return undefined;
    }
    if (this.line.length >= this.maxWaiting) throw new DatabaseBusyError('Too many calls wait for the database.');
    return new Promise((resolve, reject) => {
      const waiter = {
        enter: resolve,
        timer: setTimeout(() => {
          // Where the process itself was held up, answers that free a place lie in its sockets: those are looked at first.
          setImmediate(() => {
            const at = this.line.indexOf(waiter);
            if (at < 0) return;
            this.line.splice(at, 1);
            reject(new DatabaseBusyError(`No connection was free for ${this.maxWaitMs} ms.`));
          });
        }, this.maxWaitMs),
      };
      this.line.push(waiter);
    });
  }

  private leave() {
    const next = this.line.shift();
    if (!next) {
      this.inside -= 1;
      return;
    }
    // The place passes to the first in line without becoming free in between.
    clearTimeout(next.timer);
    next.enter();
  }
}
