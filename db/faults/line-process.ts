/** A TypeScript program as a process of its own that prints lines of JSON, so that a test sees whether a fault ends it, and can end it itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from '../../scripts/lib/state.mjs';
import type { TestDatabase } from '../test-database';

export class LineProcess<Line extends object> {
  readonly lines: Array<Line & { at: number }> = [];
  private stderr = '';
  private waiting: Array<() => void> = [];
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | null>;

  /** `appUrl` is the database as the program shall see it; by default directly. */
  constructor(program: string, args: string[], database: TestDatabase, appUrl = database.appUrl) {
    const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
      cwd: root,
      env: { ...process.env, APP_DATABASE_URL: appUrl, AUTH_SECRET: database.authSecret },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.ended = new Promise((resolve) => {
      // `close` comes after the last line was read; `exit` may come before it.
      child.on('close', (code) => {
        resolve(code);
        this.wake();
      });
    });
    child.stderr.on('data', (chunk) => {
      this.stderr += chunk;
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      // A killed process may leave half a line.
      if (line.endsWith('}')) this.lines.push({ ...(JSON.parse(line) as Line), at: Date.now() });
      this.wake();
    });
  }

  get alive() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  private wake() {
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Waits for something about the lines. Throws when the process ends first. */
  async until(found: () => boolean): Promise<void> {
    while (!found()) {
      if (!this.alive) throw new Error(`The process ended: ${this.stderr}`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Ends the process and resolves with its exit code, null after a kill. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }
}
