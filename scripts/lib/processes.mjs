/** Child processes that end when we are told to end. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './state.mjs';

/** Runs TypeScript in one process: the command line of tsx would be a second one that a kill -9 leaves behind. */
export const tsx = (file, ...args) => ['--import', 'tsx', file, ...args];
export const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');

/** The site as people get it: Next behind its front. `host` if not all of them are listened on. */
export const site = (port, host) => ({
  args: ['--import', './scripts/lib/drain.mjs', ...tsx('scripts/site.ts', String(port), ...(host ? [host] : []))],
  // Where Next asks itself for the page that an action leads to; `next start` sets it, too. Otherwise a proxy's word for "https" would be part of it.
  env: { __NEXT_PRIVATE_ORIGIN: `http://${host ?? 'localhost'}:${port}` },
});

function started(file, args, { env = {}, ...options } = {}) {
  return spawn(file, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
}

/** Runs a program in the foreground: it gets our terminal and our signals. Resolves with its exit code, 128 + n for a signal. */
export function runToEnd(file, args, options) {
  return new Promise((resolve, reject) => {
    const child = started(file, args, options);
    // Ctrl-C reaches the child by itself; we only must not die before it. A SIGTERM is for us alone and is passed on.
    const ignore = () => {};
    const pass = () => child.kill('SIGTERM');
    process.on('SIGINT', ignore);
    process.on('SIGTERM', pass);
    const done = () => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', pass);
    };
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      done();
      resolve(code ?? 128 + (signal === 'SIGINT' ? 2 : 15));
    });
  });
}

const running = new Set();

/** Runs a program and keeps what it says. Resolves with its exit code and output; `endCaptured` ends it. */
export function capture(file, args, options) {
  return new Promise((resolve, reject) => {
    // A group of its own: Ctrl-C is ours to pass on, and ending the group ends what the program has started itself.
    const child = started(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('error', (error) => {
      running.delete(child);
      reject(error);
    });
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Ends the whole group of a detached child. */
export function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It is gone.
  }
}

export function endCaptured() {
  for (const child of running) signalGroup(child.pid, 'SIGTERM');
}
