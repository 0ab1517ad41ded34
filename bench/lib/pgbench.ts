/** Runs a script of bench/peers under pgbench, or under a stand-in in Node where the machine has no pgbench. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { connect } from '@/db/connect';

const run = promisify(execFile);
const peers = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'peers');

/** On PATH, or where Debian puts the client programs, the newest first. */
async function findPgbench(): Promise<string | null> {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  for (const file of ['pgbench', ...versions.map((version) => path.join(debian, version, 'bin', 'pgbench'))]) {
    try {
      await run(file, ['--version']);
      return file;
    } catch {
      // Not there: the next place.
    }
  }
  return null;
}

let found: Promise<string | null> | undefined;
export const pgbench = (): Promise<string | null> => {
  found ??= findPgbench();
  return found;
};

/** The text of an SQL file of bench/peers, with psql's `:name` variables filled in. */
export const peerSql = (file: string, variables: Record<string, number>): string =>
  readFileSync(path.join(peers, file), 'utf8').replace(/(?<!:):([a-z]+)\b/g, (whole, name: string) =>
    name in variables ? String(variables[name]) : whole,
  );

export type PgbenchRun = { script: string; url: string; clients: number; seconds: number; investors: number };

/** Transactions a second. */
export async function runPgbench(options: PgbenchRun): Promise<number> {
  const program = await pgbench();
  return program ? withProgram(program, options) : standIn(options);
}

async function withProgram(program: string, { script, url, clients, seconds, investors }: PgbenchRun): Promise<number> {
  const { stdout } = await run(program, [
    ...['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds)],
    ...['-D', `investors=${investors}`, '-f', path.join(peers, script), url],
  ]);
  const [, rate] = /tps = ([\d.]+) \(without initial connection time\)/.exec(stdout) ?? [];
  if (!rate) throw new Error(`pgbench said no rate:\n${stdout}`);
  return Number(rate);
}

/** Each client sends the script's statement again and again; its random numbers are drawn by the server. */
async function standIn({ script, url, clients, seconds, investors }: PgbenchRun): Promise<number> {
  const lines = readFileSync(path.join(peers, script), 'utf8').split('\n');
  const statement = lines.findLast((line) => line.startsWith('select ')) ?? '';
  const draw = (name: string) =>
    name === 'amount' ? '(100 + floor(random() * 900))::bigint' : `(1 + floor(random() * ${investors}))::bigint`;
  const text = statement.replace(/(?<!:):([a-z]+)\b/g, (_, name: string) => draw(name)).replace(/;$/, '');
  const sql = connect(url, { max: clients, name: 'bench-stand-in' });
  const end = performance.now() + seconds * 1_000;
  let done = 0;
  const client = async () => {
    while (performance.now() < end) {
      await sql.unsafe(text, [], { prepare: true });
      done += 1;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const rate = done / ((performance.now() - started) / 1_000);
  await sql.end({ timeout: 5 });
  return rate;
}
