/** A lock between processes of one checkout: a file that holds the pid of its owner, taken over when that process is gone. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './state.mjs';

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  let owner;
  try {
    owner = Number(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
  // An empty file is a lock that is being written this moment; a number whose process is gone is a lock left by a kill -9.
  if (owner && !isAlive(owner)) {
    try {
      renameSync(file, `${file}.${process.pid}.stale`);
      rmSync(`${file}.${process.pid}.stale`, { force: true });
    } catch {
      // Somebody else took it over first.
    }
  }
  return false;
}

/** Runs `work` while holding `file`. Waits up to `patienceMs` for another process to let go of it. */
export async function withLock(file, work, patienceMs = 120_000) {
  const deadline = Date.now() + patienceMs;
  while (!take(file)) {
    if (Date.now() > deadline)
      throw new Error(`${file} has been held by process ${readFileSync(file, 'utf8')} for too long.`);
    await delay(50);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
