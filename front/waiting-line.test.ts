import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clock, type LineOptions, type Turn, WaitingLine } from './waiting-line';

/** Time that passes when a test says so. */
class HandClock implements Clock {
  private now = 0;
  private readonly due = new Set<{ at: number; act: () => void }>();

  after(ms: number, act: () => void) {
    const one = { at: this.now + ms, act };
    this.due.add(one);
    return () => this.due.delete(one);
  }

  pass(ms: number) {
    this.now += ms;
    for (const one of [...this.due].sort((a, b) => a.at - b.at)) {
      if (one.at > this.now || !this.due.delete(one)) continue;
      one.act();
    }
  }

  get pending() {
    return this.due.size;
  }
}

const OPTIONS: LineOptions = { places: 2, perCaller: 2, maxWaiting: 3, maxWaitMs: 1_000, maxHoldMs: 5_000 };

function open(options: Partial<LineOptions> = {}) {
  const clock = new HandClock();
  const line = new WaitingLine({ ...OPTIONS, ...options }, clock);
  const log: string[] = [];
  const turns = new Map<string, Turn>();
  /** `a1` is the first request of caller a; what becomes of it is written down as `a1+` or `a1-`. */
  const enter = (...names: string[]) => {
    for (const name of names) {
      const turn = line.enter(name.replace(/\d+$/, ''));
      turns.set(name, turn);
      void turn.admitted.then((admitted) => log.push(name + (admitted ? '+' : '-')));
    }
  };
  const leave = (...names: string[]) => {
    for (const name of names) turns.get(name)?.leave();
  };
  /** What has been decided since the last look. */
  const decided = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return log.splice(0);
  };
  return { clock, enter, leave, decided };
}

describe('places', () => {
  it('go to those who come first; the next wait until one is given back', async () => {
    const { enter, leave, decided } = open();
    enter('a1', 'a2', 'a3', 'a4');
    expect(await decided()).toEqual(['a1+', 'a2+']);
    leave('a2');
    expect(await decided()).toEqual(['a3+']);
    leave('a1', 'a3');
    expect(await decided()).toEqual(['a4+']);
  });

  it('are given back once, however often their holder leaves', async () => {
    const { enter, leave, decided } = open();
    enter('a1', 'a2', 'a3', 'a4');
    leave('a1', 'a1', 'a1');
    expect(await decided()).toEqual(['a1+', 'a2+', 'a3+']);
  });

  it('pass on after a while, though their request goes on', async () => {
    const { clock, enter, leave, decided } = open({ maxWaitMs: 9_000 });
    enter('slow1', 'slow2', 'b1');
    clock.pass(4_999);
    expect(await decided()).toEqual(['slow1+', 'slow2+']);
    clock.pass(1);
    expect(await decided()).toEqual(['b1+']);
    // Its late end gives nothing back a second time.
    leave('slow1', 'slow2');
    enter('c1', 'c2');
    expect(await decided()).toEqual(['c1+']);
  });

  it('are not all one caller’s', async () => {
    const { enter, leave, decided } = open({ perCaller: 1 });
    enter('a1', 'a2', 'b1');
    expect(await decided()).toEqual(['a1+', 'b1+']);
    leave('b1');
    expect(await decided()).toEqual([]);
    leave('a1');
    expect(await decided()).toEqual(['a2+']);
  });
});

describe('the wait', () => {
  it('is bounded in number', async () => {
    const { enter, decided } = open();
    enter('a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7');
    expect(await decided()).toEqual(['a1+', 'a2+', 'a6-', 'a7-']);
  });

  it('is bounded in time, each one’s own', async () => {
    const { clock, enter, leave, decided } = open();
    enter('a1', 'a2', 'a3');
    clock.pass(600);
    enter('a4');
    clock.pass(399);
    expect(await decided()).toEqual(['a1+', 'a2+']);
    clock.pass(1);
    expect(await decided()).toEqual(['a3-']);
    leave('a1');
    expect(await decided()).toEqual(['a4+']);
  });

  it('ends for whoever goes away, and makes room', async () => {
    const { enter, leave, decided } = open();
    enter('a1', 'a2', 'a3', 'a4', 'a5');
    leave('a4');
    expect(await decided()).toEqual(['a1+', 'a2+', 'a4-']);
    enter('a6');
    leave('a1', 'a2');
    expect(await decided()).toEqual(['a3+', 'a5+']);
    leave('a3');
    expect(await decided()).toEqual(['a6+']);
  });

  it('leaves no timer behind', () => {
    const { clock, enter, leave } = open();
    enter('a1', 'a2', 'a3', 'a4', 'a5', 'a6');
    leave('a1', 'a2', 'a3', 'a4', 'a5', 'a6');
    expect(clock.pending).toBe(0);
  });
});

describe('callers', () => {
  it('are served in turn, whoever sent more', async () => {
    const { enter, leave, decided } = open({ places: 1, maxWaiting: 9 });
    enter('a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1');
    for (const name of ['a1', 'a2', 'b1', 'c1', 'a3', 'b2']) leave(name);
    expect(await decided()).toEqual(['a1+', 'a2+', 'b1+', 'c1+', 'a3+', 'b2+', 'a4+']);
  });

  it('get room in a full line from the one who has most in it', async () => {
    const { enter, decided } = open({ places: 1, maxWaiting: 3 });
    enter('a1', 'a2', 'a3', 'a4');
    expect(await decided()).toEqual(['a1+']);
    enter('b1');
    expect(await decided()).toEqual(['a4-']);
    // Now two against one: taking turns to push each other out would help nobody.
    enter('b2', 'a5');
    expect(await decided()).toEqual(['b2-', 'a5-']);
  });
});

it('holds its bounds and forgets nobody, whatever comes in whichever order', () => {
  const step = fc.oneof(
    fc.record({ enter: fc.constantFrom('a', 'b', 'c', 'd') }),
    fc.record({ leave: fc.nat(40) }),
    fc.record({ pass: fc.integer({ min: 1, max: 2_000 }) }),
  );
  fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const clock = new HandClock();
      const line = new WaitingLine({ ...OPTIONS, maxHoldMs: 1_000_000 }, clock);
      const turns: { turn: Turn; is: 'waiting' | 'inside' | 'out'; since: number }[] = [];
      const settle = () => new Promise((resolve) => setImmediate(resolve));
      let now = 0;
      for (const one of steps) {
        if ('enter' in one) {
          const entry = { turn: line.enter(one.enter), is: 'waiting' as 'waiting' | 'inside' | 'out', since: now };
          turns.push(entry);
          void entry.turn.admitted.then((admitted) => {
            if (entry.is === 'waiting') entry.is = admitted ? 'inside' : 'out';
          });
        } else if ('leave' in one) {
          const entry = turns[one.leave % Math.max(1, turns.length)];
          await settle();
          if (entry) entry.is = 'out';
          entry?.turn.leave();
        } else {
          now += one.pass;
          clock.pass(one.pass);
        }
        await settle();
        const inside = turns.filter(({ is }) => is === 'inside').length;
        const waiting = turns.filter(({ is }) => is === 'waiting');
        expect(inside).toBeLessThanOrEqual(OPTIONS.places);
        expect(waiting.length).toBeLessThanOrEqual(OPTIONS.maxWaiting);
        for (const { since } of waiting) expect(now - since).toBeLessThan(OPTIONS.maxWaitMs);
        if (inside < OPTIONS.places) expect(waiting).toEqual([]);
      }
      for (const { turn } of turns) turn.leave();
      expect(clock.pending).toBe(0);
    }),
    { numRuns: 200 },
  );
});
