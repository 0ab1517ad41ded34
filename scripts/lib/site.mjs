/** The site and its worker as processes that are kept running, from first preparation to the last connection drained. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isBuilt } from './build.mjs';
import { databaseEnvironment } from './environment.mjs';
import { assertNode, ensureInstalled, isInstalled } from './install.mjs';
import { capture, endCaptured, signalGroup, tsx } from './processes.mjs';
import { claimRun, isRunning, releaseRun, writeRun } from './run-file.mjs';
import { isAlive, root, StartError, stateDirectory } from './state.mjs';

const began = Date.now();
const seconds = () => `${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s`;
export const say = (line) => console.log(`${seconds()}  ${line}`);

export function chosenPort() {
  const text = process.env.PORT || '3000';
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new StartError(`PORT is not usable: ${text} is no port number.`);
  return port;
}

async function assertPortFree(port) {
  await new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error) => {
      if (error.code === 'EACCES')
        reject(new StartError(`Port ${port} may not be opened by this user: choose another one, as in PORT=3001.`));
      else
        reject(
          new StartError(
            `Port ${port} is in use: choose another one, as in PORT=${port === 65_535 ? 3001 : port + 1}.`,
          ),
        );
    });
    server.listen(port, () => server.close(resolve));
  });
}

/** Megabytes that the steps ahead write, roughly: packages, build, a new database. */
function assertRoom(distDir) {
  const needs = [
    [root, (isInstalled() ? 0 : 900) + (!distDir || (isInstalled() && isBuilt(distDir)) ? 0 : 300) + 20],
    [stateDirectory(), existsSync(path.join(stateDirectory(), 'dev', 'cluster.json')) ? 100 : 300],
  ];
  for (const [folder, megabytes] of needs) {
    const { bavail, bsize } = statfsSync(folder);
    const free = Math.floor((bavail * bsize) / 1_000_000);
    if (free < megabytes)
      throw new StartError(`The disk under ${folder} is full: ${free} MB are free, about ${megabytes} MB are needed.`);
  }
}

async function runScript(file, env, args = []) {
  if (!existsSync(path.join(root, file))) return;
  const { code, output } = await capture(process.execPath, tsx(file, ...args), { env });
  const lines = output.trim();
  if (code !== 0) throw new StartError(lines || `${file} ended with ${code}.`);
  for (const line of lines.split('\n').filter(Boolean)) say(line.trim());
}

/**
 * The whole life of a site: prepare, serve, wait for the end, drain. Sets the exit code; throws nothing but bugs.
 *
 * @param mode names the run, and is the name of the script that calls: `start` or `dev`
 * @param steps `distDir` if a build is needed; `prepare(env)` runs before the processes; `processes(env, port)` names them: the site first;
 *   `open(port)` prints what people should know.
 */
export async function runSite(mode, { distDir, prepare, processes, open }) {
  const state = { children: new Map(), stopping: false, run: null, cluster: null, failure: null };
  const stopped = Promise.withResolvers ? Promise.withResolvers() : withResolvers();
  const stop = (why) => {
    if (state.stopping && why === 'signal')
      for (const child of state.children.values()) signalGroup(child.pid, 'SIGKILL');
    state.stopping = true;
    endCaptured();
    stopped.resolve();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop('signal'));
  watchParent(() => stop('parent'));

  try {
    assertNode();
    const port = chosenPort();
    assertRoom(distDir);
    state.run = await claimRun(mode, port, say);
    await assertPortFree(port);
    await ensureInstalled(say);
    const { env: database, cluster } = await databaseEnvironment();
    state.cluster = cluster;
    if (cluster) {
      state.run.startedDatabase ||= cluster.started;
      writeRun(mode, state.run);
      say(`${cluster.started ? 'Started' : 'Found'} the embedded Postgres 18 on port ${cluster.port}`);
    }
    const env = { SITE_URL: `http://localhost:${port}`, ...database, PORT: String(port) };
    if (process.env.SITE_URL) env.SITE_URL = process.env.SITE_URL;
    const whileWanted = (step) => (state.stopping ? undefined : step());
    await whileWanted(() => runScript('scripts/db-migrate.ts', env));
    if (process.env.SIMULATION !== 'off') await whileWanted(() => runScript('scripts/db-seed.ts', env));
    await whileWanted(() => prepare?.(env));
    await whileWanted(async () => {
      for (const definition of processes(env, port)) keepRunning(mode, state, definition, stop);
      await ready(port, state);
      if (!state.stopping) open(port);
    });
    await stopped.promise;
  } catch (error) {
    // A step that we ended ourselves has not failed.
    if (!state.stopping) state.failure = error;
  }
  await end(mode, state);
}

function withResolvers() {
  let resolve;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** npm ended by kill -9 would leave us running, with nobody who could stop us and the next start refused. */
function watchParent(stop) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const about = (pid) => {
    if (existsSync('/proc/self/stat')) {
      // The second field is the name in brackets, and may contain anything.
      const parent = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1];
      return { parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') };
    }
    const [parent, ...command] = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
    return { parent: Number(parent), command: command.join(' ') };
  };
  const masters = [process.ppid];
  try {
    // npm runs scripts through a shell, which outlives it.
    const { parent, command } = about(process.ppid);
    if (/\bsh -c /.test(command)) masters.push(parent);
  } catch {
    // Where that cannot be known, only the shell is watched.
  }
  setInterval(() => (process.ppid !== masters[0] || !masters.every(isAlive)) && stop(), 500).unref();
}

/** Starts a process, and again when it ends by itself; one that cannot stay up ends everything. */
function keepRunning(mode, state, definition, stop, failures = []) {
  const { name, args, env } = definition;
  // A group of its own: Ctrl-C comes to us alone, and we end things in order.
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  state.children.set(name, child);
  state.run.children = [...state.children.values()].map((each) => each.pid).filter(Boolean);
  writeRun(mode, state.run);
  let said = '';
  for (const [stream, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    stream.on('data', (chunk) => {
      // The framework's greeting is left out; what it says before it is up matters only if it fails.
      if (state.open) to.write(chunk);
      else said = (said + chunk).slice(-10_000);
    });
  }
  child.on('exit', (code, signal) => {
    state.children.delete(name);
    if (state.stopping) return;
    const recent = [...failures.filter((at) => Date.now() - at < 60_000), Date.now()];
    if (recent.length > 5 || !state.open) {
      if (said) console.error(said.trim());
      state.failure = new StartError(`The ${name} ended with ${signal ?? code} and does not stay up.`);
      stop('failure');
      return;
    }
    say(`The ${name} ended with ${signal ?? code}; starting it again`);
    setTimeout(
      () => state.stopping || keepRunning(mode, state, definition, stop, recent),
      recent.length === 1 ? 0 : 1_000,
    );
  });
}

/** Waits until the site answers, whatever it answers. */
async function ready(port, state) {
  for (let waited = 0; waited < 120_000 && !state.stopping; waited += 100) {
    const answered = await fetch(`http://127.0.0.1:${port}/api/health`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    }).then(
      () => true,
      () => false,
    );
    if (answered) {
      state.open = true;
      return;
    }
    await delay(100);
  }
  if (!state.stopping) throw new StartError(`The site did not answer on port ${port} within two minutes.`);
}

async function end(mode, state) {
  state.stopping = true;
  if (state.failure instanceof StartError) console.error(`\n${state.failure.message}`);
  else if (state.failure) console.error(state.failure);
  else if (state.open) console.log('\nStopping: finishing what is under way.');
  // In the order of their start: the site first, which answers the requests it has; the worker then has no new jobs.
  for (const child of state.children.values()) {
    const gone = new Promise((resolve) => child.on('exit', resolve));
    if (child.exitCode !== null || child.signalCode !== null) continue;
    signalGroup(child.pid, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), 15_000);
    await gone;
    clearTimeout(timer);
  }
  const others = ['start', 'dev'].filter((other) => other !== mode && state.run && isRunning(other));
  if (state.cluster && state.run?.startedDatabase && others.length === 0) await state.cluster.stop();
  if (state.run) releaseRun(mode);
  process.exit(state.failure ? 1 : 0);
}
