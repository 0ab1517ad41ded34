import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMigrations, runOnce } from 'graphile-worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '@/db/client';
import { enqueueJob } from '@/db/commands/mails';
import { appNow } from '@/db/queries/clock';
import { stopClock } from '@/db/test-clock';
import { testDatabase } from '@/db/test-hooks';
import { makeTasks } from './tasks';

const database = testDatabase('seeded');
const waiting = async () =>
  (await database.owner<{ task: string }[]>`select task_identifier as task from graphile_worker.jobs order by 1`).map(
    (row) => row.task,
  );

describe('jobs', () => {
  it('are left out, not failed on, where there is no worker yet', async () => {
    await transaction((tx) => enqueueJob(tx, 'run-due'));
    const [schema] = await database.owner`select to_regnamespace('graphile_worker') is null as absent`;
    expect(schema?.absent).toBe(true);
  });

  describe('with the worker’s schema', () => {
    beforeAll(() => runMigrations({ connectionString: database.ownerUrl }));

    it('exist only if their transaction commits, and once however often they are asked for', async () => {
      const failed = transaction(async (tx) => {
        await enqueueJob(tx, 'run-due');
        throw new Error('changed my mind');
      });
      await expect(failed).rejects.toThrow('changed my mind');
      expect(await waiting()).toEqual([]);
      await Promise.all([1, 2, 3].map(() => transaction((tx) => enqueueJob(tx, 'run-due'))));
      expect(await waiting()).toEqual(['run-due']);
    });

    it('open and close offerings when the clock says so', async () => {
      const states = async () =>
        database.owner<{ slug: string; state: string }[]>`select slug, state from offerings order by slug`;
      const [next] = await database.owner<{ slug: string; opens: Date; closes: Date }[]>`
        select slug, opens_at as opens, closes_at as closes from offerings where state = 'APPROVED' order by opens_at, slug limit 1`;
      expect(next?.opens && next.opens > (await appNow())).toBe(true);
      const done: string[] = [];
      const run = async () => {
        await transaction((tx) => enqueueJob(tx, 'run-due'));
        await runOnce({
          connectionString: database.ownerUrl,
          taskList: makeTasks((line) => done.push(line)),
          noHandleSignals: true,
        });
      };
      const stateOf = async () => (await states()).find(({ slug }) => slug === next?.slug)?.state;
      await run();
      expect(await stateOf()).toBe('APPROVED');
      await stopClock(database.owner, next?.opens ?? new Date(0));
      await run();
      expect(await stateOf()).toBe('OPEN');
      await stopClock(database.owner, next?.closes ?? new Date(0));
      await run();
      expect(await stateOf()).toBe('CLOSED');
      expect(done.length).toBeGreaterThan(0);
    });
  });
});

describe('the worker', () => {
  it('starts, does what is due, and ends in order when it is told to', async () => {
    const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
    const env = {
      ...process.env,
      DATABASE_URL: database.ownerUrl,
      APP_DATABASE_URL: database.appUrl,
      AUTH_SECRET: database.authSecret,
    };
    // Without tsx's own process in between, which kills what has not taken a signal within 30 ms.
    const worker = spawn(process.execPath, ['--import', 'tsx', 'scripts/worker.ts'], { cwd: root, env });
    let said = '';
    await new Promise<void>((resolve, reject) => {
      worker.stdout.on('data', (chunk) => {
        said += chunk;
        if (said.includes('The job worker is ready.')) resolve();
      });
      worker.stderr.on('data', (chunk) => {
        said += chunk;
      });
      worker.once('exit', () => reject(new Error(said)));
    });
    const code = new Promise((resolve) => worker.once('exit', resolve));
    worker.kill('SIGTERM');
    expect(await code).toBe(0);
    expect(said).not.toMatch(/"level":"error"/);
  });
});
