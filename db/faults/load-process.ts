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

const works = (report: Report) => report.acknowledged.length > 0 && report.reads > 0;

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
  private hurt(since: number) {
    return this.until(() => this.reports.some((report) => report.at > since && report.refused > 0));
  }

  /** Waits until both pools do their work. */
  working() {
    return this.until(() => this.reports.some(works));
  }

  /** Waits until both pools do their work again after a fault at `since`. Returns how many milliseconds that took. */
  async back(since: number): Promise<number> {
    await this.hurt(since);
    const refused = this.reports.findIndex((report) => report.at > since && report.refused > 0);
    // The interval of the refusals may hold work from before the fault; the ones after it do not.
    const first = () => this.reports.slice(refused + 1).find(works);
    await this.until(() => first() !== undefined);
    return (first() as Report).at - since;
  }

  total(field: 'acknowledged' | 'unknown' | 'unexpected'): string[] {
    return this.reports.flatMap((report) => report[field]);
  }

  async stop() {
    this.child.kill('SIGTERM');
    return this.ended;
  }
}
