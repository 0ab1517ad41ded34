import { transaction } from '@/db/client';
import { setClock } from '@/db/commands/clock';
import { enqueueJob } from '@/db/commands/mails';
import { appNow, getClock } from '@/db/queries/clock';
import type { ClockChange } from '@/lib/domain/clock-command';
import { env } from '@/lib/env';
import { ok, type Result, refuse } from '@/lib/result';

/** Sets the one clock of the simulation, and wakes the worker, so that all that falls due happens. Answers with the new time. */
export async function setSimulatedClock(change: ClockChange): Promise<Result<Date>> {
  if (env().SIMULATION === 'off') return refuse('clock.simulation-off');
  if ('at' in change && change.at && Number.isNaN(change.at.getTime())) return refuse('clock.invalid');
  if ('seconds' in change && !Number.isSafeInteger(change.seconds)) return refuse('clock.invalid');
  const before = await getClock();
  const now = await transaction(async (tx) => {
    const set = async () => {
      switch (change.to) {
        case 'real':
          return setClock(tx, { mode: 'REAL', at: null, shiftSeconds: 0 });
        case 'frozen':
          return setClock(tx, { mode: 'FROZEN', at: change.at ?? (await appNow(tx)), shiftSeconds: 0 });
        case 'shifted':
          return setClock(tx, { mode: 'SHIFTED', at: null, shiftSeconds: change.seconds });
        case 'stepped': {
          const at = 'at' in change ? change.at : new Date(before.now.getTime() + change.seconds * 1_000);
          return setClock(tx, { mode: 'STEPPED', at, shiftSeconds: 0 });
        }
      }
    };
    const time = await set();
    await enqueueJob(tx, 'run-due');
    return time;
  });
  return ok(now);
}
