/**
 * Lets so many requests at a time through to what is slow, and makes the others wait: in a line for each caller, which are served in turn, so that
 * one who sends much waits behind themselves alone. The wait is bounded in number and in time; whoever cannot be let in is told so at once.
 */

export type Clock = {
  /** Calls `act` once, unless what it returns is called before. */
  after(ms: number, act: () => void): () => void;
};

export type LineOptions = {
  places: number;
  /** Places that one caller may hold at a time. */
  perCaller: number;
  /** Requests that may wait, over all callers. */
  maxWaiting: number;
  maxWaitMs: number;
  /** A place passes on after this time even while its request goes on: a slow reader keeps no one else from being served. */
  maxHoldMs: number;
};

export type Turn = {
  /** True when its turn has come; false when it will not come. */
  admitted: Promise<boolean>;
  /** The request is over, or its caller has gone, whether it had its turn or not. */
  leave(): void;
};

type Waiter = { caller: string; decide(admitted: boolean): void };

export class WaitingLine {
  private held = 0;
  private waiting = 0;
  private readonly heldBy = new Map<string, number>();
  /** Callers in the order of their turns; each has somebody waiting. */
  private readonly lines = new Map<string, Waiter[]>();

  constructor(
    private readonly options: LineOptions,
    private readonly clock: Clock = TIMERS,
  ) {}

  enter(caller: string): Turn {
    let state: 'waiting' | 'inside' | 'gone' = 'waiting';
    let cancel = () => {};
    let answer = (_: boolean) => {};
    const admitted = new Promise<boolean>((resolve) => {
      answer = resolve;
    });
    const leave = () => {
      cancel();
      if (state === 'inside') this.release(caller);
      else if (state === 'waiting') this.remove(waiter);
      state = 'gone';
      answer(false);
    };
    const decide = (comesIn: boolean) => {
      cancel();
      state = comesIn ? 'inside' : 'gone';
      if (comesIn) cancel = this.clock.after(this.options.maxHoldMs, leave);
      answer(comesIn);
    };
    const waiter: Waiter = { caller, decide };
    if (this.makeRoom(caller)) {
      this.append(waiter);
      this.serve();
      if (state === 'waiting') cancel = this.clock.after(this.options.maxWaitMs, leave);
    } else decide(false);
    return { admitted, leave };
  }

  /** In a full line the one who has most waiting gives way, with what came last. */
  private makeRoom(caller: string): boolean {
    if (this.waiting < this.options.maxWaiting || this.hasPlaceFor(caller)) return true;
    let longest: Waiter[] = [];
    for (const line of this.lines.values()) if (line.length > longest.length) longest = line;
    const own = this.lines.get(caller)?.length ?? 0;
    const last = longest.at(-1);
    if (!last || longest.length <= own + 1) return false;
    this.remove(last);
    last.decide(false);
    return true;
  }

  private serve() {
    while (this.held < this.options.places) {
      const next = this.nextInTurn();
      if (!next) return;
      const { caller } = next;
      this.remove(next);
      // The others' turns come before this caller's next one.
      const rest = this.lines.get(caller);
      if (rest) {
        this.lines.delete(caller);
        this.lines.set(caller, rest);
      }
      this.held += 1;
      this.heldBy.set(caller, (this.heldBy.get(caller) ?? 0) + 1);
      next.decide(true);
    }
  }

  private nextInTurn(): Waiter | undefined {
    for (const [caller, line] of this.lines) if (this.hasPlaceFor(caller)) return line[0];
    return undefined;
  }

  private hasPlaceFor(caller: string): boolean {
    return this.held < this.options.places && (this.heldBy.get(caller) ?? 0) < this.options.perCaller;
  }

  private append(waiter: Waiter) {
    this.waiting += 1;
    const line = this.lines.get(waiter.caller);
    if (line) line.push(waiter);
    else this.lines.set(waiter.caller, [waiter]);
  }

  private remove(waiter: Waiter) {
    const line = this.lines.get(waiter.caller) ?? [];
    const at = line.indexOf(waiter);
    if (at < 0) return;
    line.splice(at, 1);
    this.waiting -= 1;
    if (line.length === 0) this.lines.delete(waiter.caller);
  }

  private release(caller: string) {
    this.held -= 1;
    const left = (this.heldBy.get(caller) ?? 0) - 1;
    if (left > 0) this.heldBy.set(caller, left);
    else this.heldBy.delete(caller);
    this.serve();
  }
}

const TIMERS: Clock = {
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
