/**
 * What a running site writes down so that the next start knows about it: after a kill -9 its processes go on without a master, and are
 * found and ended here.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { signalGroup } from './processes.mjs';
import { isAlive, root, StartError, stateDirectory } from './state.mjs';

const fileOf = (mode) => path.join(stateDirectory(), `run-${mode}.json`);

function read(mode) {
  try {
    return JSON.parse(readFileSync(fileOf(mode), 'utf8'));
  } catch {
    return null;
  }
}

/** A pid may have been given to another program since: only a process that was started in this checkout is one of ours. */
function isOurs(pid, mark) {
  if (!isAlive(pid)) return false;
  try {
    if (existsSync('/proc/self/cmdline')) {
      if (path.resolve(execFileSync('readlink', [`/proc/${pid}/cwd`], { encoding: 'utf8' }).trim()) !== root)
        return false;
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').includes(mark);
    }
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).includes(mark);
  } catch {
    return false;
  }
}

/** next renames its process. */
const isChildOfOurs = (pid) => ['next', 'tsx'].some((mark) => isOurs(pid, mark));
export const isRunning = (mode) => isOurs(read(mode)?.pid, `${mode}.mjs`);

/**
 * Takes the place of the running site. Throws a StartError when one is running; ends what a killed one has left.
 *
 * @returns whether the database was started by the one that was killed, and is ours to stop now.
 */
export async function claimRun(mode, port, say) {
  const former = read(mode);
  if (former && isOurs(former.pid, `${mode}.mjs`)) {
    throw new StartError(`Wakachi is running already at http://localhost:${former.port} (process ${former.pid}).`);
  }
  const orphans = (former?.children ?? []).filter(isChildOfOurs);
  if (orphans.length > 0) {
    say('Ending what a killed run has left');
    for (const signal of ['SIGTERM', 'SIGKILL']) {
      for (const pid of orphans) signalGroup(pid, signal);
      for (let waited = 0; waited < 5_000 && orphans.some(isChildOfOurs); waited += 50) await delay(50);
    }
  }
  const run = { pid: process.pid, port, children: [], startedDatabase: former?.startedDatabase ?? false };
  writeRun(mode, run);
  return run;
}

export const writeRun = (mode, run) => writeFileSync(fileOf(mode), JSON.stringify(run), { mode: 0o600 });

export function releaseRun(mode) {
  if (read(mode)?.pid === process.pid) rmSync(fileOf(mode), { force: true });
}
