import { BATCH_LANES, batch } from '@/db/client';
import * as runs from '@/db/commands/dealing-runs';
import { redealDays } from './redeal-days';

/** Longer than any step takes; a worker that dies leaves its run to the next one after so long. Each step renews it. */
const LEASE_SECONDS = 120;

/**
 * For the job worker: deals corrected days again, starts the days of continuous dealing whose price is published, takes every step of theirs that is due, and pays what falls due
 * of earlier ones; answers how many. Days of a class come one after the other. A run that another worker holds is left to it. Killed in between, the
 * next call goes on where this one stopped.
 */
export async function advanceDealing(): Promise<number> {
  for (let steps = 0; ; ) {
    // Before the days that follow: what a corrected day takes back or issues counts in their gates.
    let taken = await redealDays();
    taken += await batch((_, sql) => runs.startDueDealing(sql));
    for (const day of await batch((_, sql) => runs.listUnfinishedDealing(sql))) taken += await advanceRun(day);
    if (taken === 0) return steps;
    steps += taken;
  }
}

/** In lanes side by side. One that fails lets the others end theirs. */
async function advanceRun(day: runs.DealingDayKey): Promise<number> {
  const fence = await batch((_, sql) => runs.claimDealing(sql, day, LEASE_SECONDS));
  if (fence === null) return 0;
  try {
    const lanes = await Promise.allSettled(Array.from({ length: BATCH_LANES }, () => takeSteps(day, fence)));
    return lanes.reduce((steps, lane) => {
      if (lane.status === 'rejected') throw lane.reason;
      return steps + lane.value;
    }, 0);
  } finally {
    await batch((_, sql) => runs.releaseDealing(sql, day, fence));
  }
}

async function takeSteps(day: runs.DealingDayKey, fence: number): Promise<number> {
  for (let steps = 0; ; steps += 1) {
    const advanced = await batch((_, sql) => runs.advanceDealing(sql, day, fence));
    if (!advanced.ok || advanced.waits) return steps;
  }
}
