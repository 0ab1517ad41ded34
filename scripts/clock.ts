/**
 * The simulated clock by hand: npm run clock -- <command>
 *   show            what the clock says
 *   freeze          stands still where it is; a run that is under way ends there
 *   next <what>     to the next cut-off, nav, close, settlement, record-date or event
 *   to <when>       to a date (its first moment in Tokyo), or an instant: 2026-12-01T09:00:00Z
 *   step <duration> on by 90m, 3h, 2d
 *   real            runs on by itself: in real time, or ahead of it from where it stands
 * On the way it stops at every event, and everything that is due there happens. It never goes back.
 */
import { closeDatabase } from '@/db/client';
import type { ClockStep } from '@/db/commands/clock';
import { getClock } from '@/db/queries/clock';
import { type ClockCommand, parseClockCommand } from '@/lib/domain/clock/command';
import { CLOCK_TARGETS, eventsOf, percentOf } from '@/lib/domain/clock/events';
import { env } from '@/lib/env';
import { advanceClock } from '@/lib/jobs/advance-clock';
import { expirePublicData } from '@/lib/jobs/expire-public-data';
import { runDue } from '@/lib/jobs/run-due';
import type { Refusal, Result } from '@/lib/result';
import { freezeClock, resumeClock, runClock, runClockFor } from '@/lib/services/move-clock';
import en from '@/messages/en/errors.json';

async function main(typed: string[]): Promise<number> {
  const command = parseClockCommand(typed);
  if (!command) {
    console.error(
      `Usage: npm run clock -- show | freeze | next ${CLOCK_TARGETS.join('|')} | to <date|instant> | step <90m|3h|2d> | real`,
    );
    return 1;
  }
  if (command.act === 'show') return show();
  if (env().SIMULATION === 'off') {
    console.error('The clock is not available when SIMULATION=off.');
    return 1;
  }
  const refused = await move(command);
  if (refused) {
    console.error(words(refused));
    return 1;
  }
  await follow();
  return show();
}

function words({ code, params }: Refusal): string {
  const end = params?.end;
  const until = typeof end === 'object' && 'instant' in end ? end.instant.toISOString() : '';
  const texts: Record<string, string> = en.clock;
  return (texts[code.replace('clock.', '')] ?? code).replace('{end}', until);
}

async function show(): Promise<number> {
  const { mode, now } = await getClock();
  console.log(`${now.toISOString()} (${mode.toLowerCase()})`);
  return 0;
}

async function move(command: Exclude<ClockCommand, { act: 'show' }>) {
  const errorOf = <T>(result: Result<T>) => (result.ok ? null : result.error);
  switch (command.act) {
    case 'freeze':
      return errorOf(await freezeClock(null));
    case 'real':
      return errorOf(await resumeClock(null));
    case 'next':
      return errorOf(await runClock(null, { kinds: eventsOf(command.target) }));
    case 'to':
      return errorOf(await runClock(null, { to: command.at }));
    case 'for':
      return errorOf(await runClockFor(null, command.seconds));
  }
}

/** Carries the run to its end, with a line that says how far it is: in place on a terminal, and each tenth of the way in a file. */
async function follow() {
  const here = process.stdout.isTTY;
  let tenth = -1;
  await advanceClock((step) => {
    const line = progress(step);
    if (here) process.stdout.write(`\r\x1b[K${line}`);
    else if (step.finished || Math.floor(percentOf(step) / 10) > tenth) console.log(line);
    tenth = Math.floor(percentOf(step) / 10);
  });
  if (here) process.stdout.write('\r\x1b[K');
  await runDue();
  await expirePublicData();
}

function progress(step: ClockStep): string {
  const percent = percentOf(step);
  const bar = '#'.repeat(Math.floor(percent / 5)).padEnd(20, '.');
  const what = step.kinds.map((kind) => kind.toLowerCase().replaceAll('_', ' ')).join(', ');
  return `[${bar}] ${String(percent).padStart(3)} %  ${step.at.toISOString().slice(0, 16)}Z  ${step.events} events  ${what}`.trimEnd();
}

process.exitCode = await main(process.argv.slice(2));
await closeDatabase();
