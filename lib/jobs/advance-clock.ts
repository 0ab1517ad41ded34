import { alone, batch, ifAlone } from '@/db/client';
import { type ClockStep, claimClockRun, stepClock } from '@/db/commands/clock';
import { doDue, whileNobodyElse } from './run-due';

export type WatchClock = (step: ClockStep) => void;

/**
 * Carries the run of the clock that is under way to its end: at each event everything that is due there happens, in order, before the clock goes on.
 * Killed anywhere, the next call first does what is left at the instant where the clock stands. Answers with the last step, or null where there was no
 * run, another mover took over, or somebody stopped the clock. `isEnding` ends it between two events; the run stays under way.
 */
export const advanceClock = (watch?: WatchClock, isEnding?: () => boolean): Promise<ClockStep | null> =>
  alone('clock', () => move(watch, isEnding));

/** The same for a worker that need not wait: null where somebody else moves the clock. */
export const advanceClockIfAlone = (watch?: WatchClock, isEnding?: () => boolean): Promise<ClockStep | null> =>
  ifAlone('clock', () => move(watch, isEnding));

async function move(watch?: WatchClock, isEnding: () => boolean = () => false): Promise<ClockStep | null> {
  const mover = await batch((_, sql) => claimClockRun(sql));
  if (!mover) return null;
  for (;;) {
    const step = await whileNobodyElse(async () => {
      await doDue();
      return batch((_, sql) => stepClock(sql, mover));
    });
    if (step) watch?.(step);
    if (!step || step.finished || isEnding()) return step;
  }
}
