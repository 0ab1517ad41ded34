/**
 * A database of its own for each test file, in a fraction of a second: a copy of a template that was migrated once. The template's name
 * carries a hash of everything that it was made from, so a changed migration or function makes a new one.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { appUrl } from '../scripts/lib/app-role.mjs';
import { type Cluster, OWNER, startCluster } from '../scripts/lib/postgres.mjs';
import { authSecret, isAlive, root } from '../scripts/lib/state.mjs';
import { migrate } from './migrate';

export type TestDatabase = {
  name: string;
  cluster: Cluster;
  /** As the owner of the tables: sets scenes, sees every row. */
  ownerUrl: string;
  /** As the role that the site uses. */
  appUrl: string;
  /** As the superuser: for faults, such as ending a backend. */
  superUrl: string;
  authSecret: string;
  drop(): Promise<void>;
  /** Its first state again, under the same address: whoever is connected is cut off. */
  renew(): Promise<void>;
};

export type Contents = 'migrated' | 'seeded';
/** Tests that kill the server have one of their own, since their neighbours run at the same time. */
export type ClusterName = 'test' | 'faults';

/** Where the clock of a seeded database stands still: noon in Tokyo on a Wednesday, ten in the evening of Tuesday in New York. */
export const SEEDED_AT = new Date('2026-11-18T03:00:00Z');

const LOCK = 7_309_245_119n;
let made = 0;

function filesOf(folder: string, wanted: (file: string) => boolean): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(folder, file))
    .filter(wanted)
    .sort();
}

/** What the template is made from: the SQL alone, or for the demonstration data also the code that writes it. */
function fingerprint(contents: Contents): string {
  const files = filesOf('db', (file) => /\.sql$|_journal\.json$/.test(file) || file.endsWith('db/migrate.ts'));
  if (contents === 'seeded') {
    const code = (file: string) => /\.(ts|mjs|md|json)$/.test(file) && !/\.test\.ts$/.test(file);
    files.push(...filesOf('db', code), ...filesOf('lib', code), 'scripts/db-seed.ts', 'scripts/lib/personas.mjs');
  }
  const hash = createHash('sha256').update(authSecret());
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A few statements on the cluster's own database. */
async function onCluster<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, fetch_types: false });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function template(cluster: Cluster, contents: Contents): Promise<string> {
  const name = `wakachi_template_${contents}_${fingerprint(contents)}`;
  await onCluster(cluster.superUrl(), async (sql) => {
    await sql`select pg_advisory_lock(${String(LOCK)}::bigint)`;
    const [ready] = await sql`select 1 from pg_database where datname = ${name}`;
    if (ready) return;
    const old = await sql<
      { datname: string }[]
    >`select datname from pg_database where datname like ${`wakachi_template_${contents}_%`}`;
    for (const { datname } of old) await sql.unsafe(`drop database if exists ${quoted(datname)} with (force)`);
    const partial = `${name}_partial`;
    await sql.unsafe(`create database ${quoted(partial)} owner ${OWNER}`);
    const url = await migrate(cluster.ownerUrl(partial), authSecret());
    if (contents === 'seeded') await seed(cluster.ownerUrl(partial), url);
    // Renamed when complete: a run that is killed half way leaves nothing that looks ready.
    await sql.unsafe(`alter database ${quoted(partial)} rename to ${quoted(name)}`);
  });
  return name;
}

async function seed(ownerUrl: string, app: string) {
  const variables = { DATABASE_URL: ownerUrl, APP_DATABASE_URL: app, AUTH_SECRET: authSecret() };
  await promisify(execFile)(
    process.execPath,
    [path.join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/db-seed.ts', '--freeze-at', SEEDED_AT.toISOString()],
    {
      cwd: root,
      env: { ...process.env, ...variables },
    },
  );
}

/** Databases of test runs that were killed: their names carry the pid that made them. */
async function dropOrphans(sql: postgres.Sql) {
  const rows = await sql<{ datname: string }[]>`select datname from pg_database where datname ~ '^wakachi_t_[0-9]+_'`;
  for (const { datname } of rows) {
    if (!isAlive(Number(datname.split('_')[2])))
      await sql.unsafe(`drop database if exists ${quoted(datname)} with (force)`);
  }
}

/** A fresh copy: migrated and empty, or with the demonstration data of `npm start`. Call `drop` when done. */
export async function createTestDatabase(
  contents: Contents = 'migrated',
  clusterName: ClusterName = 'test',
): Promise<TestDatabase> {
  const cluster = await startCluster(clusterName);
  const source = await template(cluster, contents);
  made += 1;
  const name = `wakachi_t_${process.pid}_${made}_${Date.now().toString(36)}`;
  const [create, drop] = [
    `create database ${quoted(name)} template ${quoted(source)} owner ${OWNER}`,
    `drop database if exists ${quoted(name)} with (force)`,
  ];
  await onCluster(cluster.superUrl(), async (sql) => {
    if (made === 1) await dropOrphans(sql);
    await sql.unsafe(create);
  });
  return {
    name,
    cluster,
    ownerUrl: cluster.ownerUrl(name),
    appUrl: appUrl(cluster.ownerUrl(name), authSecret()),
    superUrl: cluster.superUrl(name),
    authSecret: authSecret(),
    drop: () => onCluster(cluster.superUrl(), async (sql) => void (await sql.unsafe(drop))),
    renew: () =>
      onCluster(cluster.superUrl(), async (sql) => {
        await sql.unsafe(drop);
        await sql.unsafe(create);
      }),
  };
}
