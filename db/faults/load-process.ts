/** Starts `load.ts` as a process of its own, so that a test sees whether a fault ends it. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../scripts/lib/state.mjs';
import type { TestDatabase } from '../test-database';

type Report = {
  at: number;
  acknowledged: string[];
  unknown: string[];
  reads: number;
  refused: number;
  unexpected: string[];
};

export class Load {
  readonly reports: Report[] = [];
  stderr = '';
  private waiting: Array<() => void> = [];
  private readonly ended: Promise<number | null>;

  private constructor(private readonly child: ChildProcess) {
    this.ended = new Promise((resolve) => {
      // `close` comes after the last line was read; `exit` may come before it.
      child.on('close', (code) => {
        resolve(code);
        this.wake();
      });
    });
    child.stderr?.on('data', (chunk) => {
      this.stderr += chunk;
    });
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      this.reports.push({ at: Date.now(), ...JSON.parse(line) });
      this.wake();
    });
  }

  static start(database: TestDatabase): Load {
    const env = { ...process.env, APP_DATABASE_URL: database.appUrl, AUTH_SECRET: database.authSecret };
    const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
    return new Load(
      spawn(process.execPath, ['--import', 'tsx', 'db/faults/load.ts'], {
        cwd: root,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        argv0: tsx,
      }),
    );
  }

  get pid() {
    return this.child.pid;
  }

  get alive() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  private wake() {
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Waits for something about the reports. Throws when the process ends first. */
  private async until(found: () => boolean) {
    while (!found()) {
      if (!this.alive) throw new Error(`The process ended: ${this.stderr}`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Waits until the process has noticed the fault: a call that was refused since then. */
  hurt(since: number) {
    return this.until(() => this.reports.some((report) => report.at > since && report.refused > 0));
  }

  /** Waits for two intervals of work in both pools without a refusal. Returns how many milliseconds after `since` they began. */
  async healthy(since = Date.now()): Promise<number> {
    const fine = (report?: Report) =>
      report && report.acknowledged.length > 5 && report.reads > 5 && report.refused === 0;
    // A report tells of the interval before it: the first one after the fault still tells of the time before.
    const first = () =>
      this.reports.findIndex(
        (report, i) => report.at > since && fine(this.reports[i + 1]) && fine(this.reports[i + 2]),
      );
    await this.until(() => first() >= 0);
    return (this.reports[first()] as Report).at - since;
  }

  total(field: 'acknowledged' | 'unknown' | 'unexpected'): string[] {
    return this.reports.flatMap((report) => report[field]);
  }

  async stop() {
    this.child.kill('SIGTERM');
    return this.ended;
  }
}
