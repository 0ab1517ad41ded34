import { read } from '@/db/client';
import * as clock from '@/db/commands/clock';
import { driverError } from '@/db/errors';
import { appNow } from '@/db/queries/clock';
import type { ClockMode } from '@/lib/domain/states';
import { env } from '@/lib/env';
import { ok, type Refused, type Result, refuse } from '@/lib/result';
import { refuseWhenAway } from './refusals';

/** An operator by their session; null is somebody at the server. The database says whether they may. */
export type ClockActor = { sessionId: string } | null;

/**
 * Has the clock go to a later instant, or to the next event of some kinds, by way of everything that happens until then. The run is carried on by the
 * job (lib/jobs/advance-clock.ts); where it is going is answered at once.
 */
export const runClock = (
  actor: ClockActor,
  target: Parameters<typeof clock.startClockRun>[2],
): Promise<Result<{ to: Date }>> =>
  inSimulation(async () => {
    if ('to' in target && Number.isNaN(target.to.getTime())) return refuse('clock.invalid', { field: 'date' });
    const started = await read((_, sql) => clock.startClockRun(sql, actor?.sessionId ?? null, target));
    if (started.ok) return ok({ to: started.to });
    const { code, end } = started;
    const field = 'to' in target && code !== 'clock.running' ? { field: 'date' } : {};
    return refuse(code, { ...field, ...(code === 'clock.too-far' && end && { params: { end: { instant: end } } }) });
  });

/** On by a duration from what it shows; beside which field a refusal stands is all that is different. */
export async function runClockFor(actor: ClockActor, seconds: number): Promise<Result<{ to: Date }>> {
  const started = await inSimulation(async () =>
    runClock(actor, { to: new Date((await appNow()).getTime() + seconds * 1_000) }),
  );
  if (started.ok || started.error.field === undefined) return started;
  return { ...started, error: { ...started.error, field: 'duration' } };
}

/** Stops the clock where it is, on its way as well. */
export const freezeClock = (actor: ClockActor): Promise<Result<{ at: Date }>> =>
  inSimulation(async () => ok({ at: await read((_, sql) => clock.freezeClock(sql, actor?.sessionId ?? null)) }));

/** Lets it run on by itself: ahead of real time from where it stands, otherwise in real time, which a run catches up with first. */
export const resumeClock = (actor: ClockActor): Promise<Result<{ mode: ClockMode; to: Date }>> =>
  inSimulation(async () => {
    const resumed = await read((_, sql) => clock.resumeClock(sql, actor?.sessionId ?? null));
    return resumed.ok ? ok({ mode: resumed.mode, to: resumed.to }) : refuse(resumed.code);
  });

async function inSimulation<T>(act: () => Promise<Result<T>>): Promise<Result<T> | Refused> {
  if (env().SIMULATION === 'off') return refuse('clock.simulation-off');
  try {
    return await act();
  } catch (error) {
    // The session ended, or its role changed, after the page had looked.
    if (driverError(error)?.code === '42501') return refuse('clock.not-allowed');
    return refuseWhenAway(error);
  }
}
