/** Production servers to measure: the site on a bench's database, and the minimal Next application on the same. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { TestDatabase } from '@/db/test-database';
import { BUILD, environment, inherited } from '@/e2e/fixtures/build';
import { setEnv } from '@/lib/env';
import { ensureBuilt } from '@/scripts/lib/build.mjs';
import { site as siteProcess } from '@/scripts/lib/processes.mjs';
import { root } from '@/scripts/lib/state.mjs';

const NEXT = path.join(root, 'node_modules/next/dist/bin/next');
const MINIMAL = path.join(root, 'bench/peers/minimal-next');
const STARTUP_MS = 60_000;

export type Server = { url: string; stop(): Promise<void> };

/** The build of the end-to-end tests, made if it is not of these sources; its services in this process use the same database. */
export async function startSite(database: TestDatabase, say: (line: string) => void): Promise<Server> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const variables = { ...environment(database, url), DATABASE_POOL_SIZE: '10' };
  setEnv(variables);
  await ensureBuilt(environment(database, url), BUILD, say);
  const { args, env } = siteProcess(port, 'localhost');
  return start(args, port, { ...variables, ...env, NEXT_DIST_DIR: BUILD });
}

/** Built when it or the packages have changed. */
export async function startMinimal(database: TestDatabase, say: (line: string) => void): Promise<Server> {
  const port = await freePort();
  const variables = { ...inherited(), NODE_ENV: 'production' as const, APP_DATABASE_URL: database.appUrl };
  const stamp = path.join(MINIMAL, '.next', 'sources');
  const sources = minimalSources();
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== sources) {
    say('Building the minimal Next application');
    const build = spawn(process.execPath, [NEXT, 'build', MINIMAL], {
      env: variables,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const code = await new Promise((resolve) => build.once('exit', resolve));
    if (code !== 0) throw new Error(`The minimal Next application could not be built (${code}).`);
    writeFileSync(stamp, sources);
  }
  return start([NEXT, 'start', MINIMAL, '-H', 'localhost', '-p', String(port)], port, variables);
}

function minimalSources(): string {
  const hash = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json')));
  const files = readdirSync(MINIMAL, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^[^.].*\.m?jsx?$/.test(file),
  );
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(path.join(MINIMAL, file)));
  return hash.digest('hex');
}

async function start(args: string[], port: number, variables: Record<string, string>): Promise<Server> {
  const url = `http://localhost:${port}`;
  const server = spawn(process.execPath, args, {
    cwd: root,
    env: { ...inherited(), NODE_ENV: 'production', ...variables },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = () => ended(server);
  try {
    await answering(url, server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + STARTUP_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode} before it answered.`);
    const answer = await fetch(url, { redirect: 'manual' }).catch(() => undefined);
    if (answer && answer.status < 500) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The server did not answer within ${STARTUP_MS} ms.`);
}

function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const kill = setTimeout(() => server.kill('SIGKILL'), 5_000);
    server.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    server.kill('SIGTERM');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port is free.')),
      );
    });
  });
}
