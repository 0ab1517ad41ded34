import { batch } from '@/db/client';
import * as runs from '@/db/commands/dealing-runs';

/** Longer than any step takes; a worker that dies leaves its run to the next one after so long. Each step renews it. */
const LEASE_SECONDS = 120;

/**
 * For the job worker: starts the days of continuous dealing whose price is published, takes every step of theirs that is due, and pays what falls due
 * of earlier ones; answers how many. Days of a class come one after the other. A run that another worker holds is left to it. Killed in between, the
 * next call goes on where this one stopped.
 */
export async function advanceDealing(): Promise<number> {
  let steps = 0;
  for (;;) {
    const started = await batch((_, sql) => runs.startDueDealing(sql));
    steps += started;
    for (const day of await batch((_, sql) => runs.listUnfinishedDealing(sql))) steps += await advanceRun(day);
    if (started === 0) return steps;
  }
}

async function advanceRun(day: runs.DealingDayKey): Promise<number> {
  const fence = await batch((_, sql) => runs.claimDealing(sql, day, LEASE_SECONDS));
  if (fence === null) return 0;
  try {
    for (let steps = 0; ; steps += 1) {
      const advanced = await batch((_, sql) => runs.advanceDealing(sql, day, fence));
      if (!advanced.ok || advanced.waits) return steps;
    }
  } finally {
    await batch((_, sql) => runs.releaseDealing(sql, day, fence));
  }
}
