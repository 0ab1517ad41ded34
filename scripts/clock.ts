/**
 * The simulated clock by hand: npm run clock -- <command>
 *   show                      what the clock says
 *   freeze [instant]          stands still, now or at an instant (2026-12-01T09:00:00Z)
 *   step <duration|instant>   moves a standing clock on: 90m, 3h, 2d, or to an instant
 *   shift <duration>          runs on, so much away from real time (-2d is the past)
 *   real                      real time again
 * What falls due is then done at once.
 */
import { closeDatabase } from '@/db/client';
import { getClock } from '@/db/queries/clock';
import { parseClockCommand } from '@/lib/domain/clock-command';
import { runDue } from '@/lib/jobs/run-due';
import { setSimulatedClock } from '@/lib/services/set-clock';
import en from '@/messages/en/errors.json';

const words = process.argv.slice(2);

async function main(): Promise<number> {
  if (words.length === 0 || words[0] === 'show') {
    const { mode, now } = await getClock();
    console.log(`${now.toISOString()} (${mode.toLowerCase()})`);
    return 0;
  }
  const change = parseClockCommand(words);
  if (!change) {
    console.error(
      'Usage: npm run clock -- show | freeze [instant] | step <90m|3h|2d|instant> | shift <±duration> | real',
    );
    return 1;
  }
  const result = await setSimulatedClock(change);
  if (!result.ok) {
    console.error(result.error.code === 'clock.simulation-off' ? en.clock['simulation-off'] : en.clock.invalid);
    return 1;
  }
  const { offerings, proposals, valuations, dealing, reviews, expiries, withdrawals } = await runDue();
  console.log(result.value.toISOString());
  console.log(
    `Done: proposals expired ${proposals}, offerings opened or closed ${offerings}, steps of valuation ${valuations} and of dealing ${dealing}, identity reviews ${reviews}, suitability expired ${expiries}, withdrawals paid ${withdrawals}.`,
  );
  return 0;
}

process.exitCode = await main();
await closeDatabase();
