/** Child processes that end when we are told to end. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './state.mjs';

export const tsx = path.join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
export const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');

/** Runs a program in the foreground: it gets our terminal and our signals. Resolves with its exit code, 128 + n for a signal. */
export function runToEnd(file, args, { env = {}, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, stdio: 'inherit', ...options, env: { ...process.env, ...env } });
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
