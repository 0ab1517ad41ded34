/**
 * Brings a database to the state that this code expects: the site's role, the migrations, the SQL functions, the rights. Safe to run any
 * number of times and by several processes at once; one waits for the other.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import { APP_ROLE, appRolePassword, appUrl } from '../scripts/lib/app-role.mjs';
import { connect, PATIENT_DEADLINES, type Sql } from './connect';
import { driverError } from './errors';

/** What stops a database from being used, as one sentence for the person who starts the site. */
export class UnusableDatabaseError extends Error {
  override name = 'UnusableDatabaseError';
}

const folder = path.dirname(fileURLToPath(import.meta.url));
const OLDEST_SERVER = 15;
/** Any number that no other program on the server uses. */
const LOCK = 7_309_245_118n;
/** Column defaults call it, so it has to exist before the tables do. */
const BEFORE_MIGRATIONS = ['app-now.sql'];

type Log = (line: string) => void;

/**
 * @param ownerUrl the database as its owner; the role needs CREATEROLE unless `wakachi_app` exists already with the derived password.
 * @returns the database as the site's role. Throws UnusableDatabaseError where a person has to act.
 */
export async function migrate(ownerUrl: string, authSecret: string, log: Log = () => {}): Promise<string> {
  const sql = connect(ownerUrl, { max: 1, name: 'wakachi-migrate', deadlines: PATIENT_DEADLINES });
  try {
    await assertUsable(sql, log);
    await sql`select pg_advisory_lock(${LOCK})`;
    await createAppRole(sql, ownerUrl, authSecret, log);
    await applyFiles(sql, BEFORE_MIGRATIONS);
    await migrateTables(sql, log);
    await applyFunctions(sql, log);
    return appUrl(ownerUrl, authSecret);
  } catch (error) {
    throw explained(error, ownerUrl);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Version, and the settings that make an acknowledged commit last. */
async function assertUsable(sql: Sql, log: Log) {
  const [server] = await sql<[{ version: number; text: string }]>`
    select current_setting('server_version_num')::int / 10000 as version, current_setting('server_version') as text`;
  if (server.version < OLDEST_SERVER) {
    throw new UnusableDatabaseError(
      `The database is Postgres ${server.text}; Wakachi needs ${OLDEST_SERVER} or newer.`,
    );
  }
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    const [row] = await sql<[{ value: string }]>`select current_setting(${setting}) as value`;
    if (row.value === 'off') {
      throw new UnusableDatabaseError(
        `The database runs with ${setting} = off and could lose what it has acknowledged: switch it on.`,
      );
    }
  }
  const [sums] = await sql<[{ value: string }]>`select current_setting('data_checksums') as value`;
  if (sums.value !== 'on') log('The database has no data checksums: damage on its disk would go unnoticed.');
}

async function createAppRole(sql: Sql, ownerUrl: string, authSecret: string, log: Log) {
  if (await canSignIn(appUrl(ownerUrl, authSecret))) return;
  const [known] = await sql`select 1 from pg_roles where rolname = ${APP_ROLE}`;
  const password = appRolePassword(authSecret);
  // Roles belong to the whole server: the lock of this database does not keep a neighbour from changing the same row.
  for (let attempt = 0; ; attempt += 1) {
    try {
      await sql.unsafe(`${known ? 'alter' : 'create'} role ${APP_ROLE} login password '${password}'`);
      break;
    } catch (error) {
      const code = driverError(error)?.code;
      if (code === '42501') {
        throw new UnusableDatabaseError(
          `The owner of the database may not ${known ? 'change' : 'create'} the role ${APP_ROLE}: give it CREATEROLE, or create the role.`,
        );
      }
      if ((code !== 'XX000' && code !== '42710') || attempt === 20) throw error;
      if (await canSignIn(appUrl(ownerUrl, authSecret))) break;
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 50));
    }
  }
  log(`${known ? 'Gave the role' : 'Created the role'} ${APP_ROLE}${known ? ' its password' : ''}.`);
}

async function canSignIn(url: string): Promise<boolean> {
  const sql = connect(url, { max: 1, name: 'wakachi-probe' });
  try {
    await sql`select 1`;
    return true;
  } catch (error) {
    // Wrong password, or no such role; anything else is a fault of the server, not of the role.
    if (['28P01', '28000'].includes(driverError(error)?.code ?? '')) return false;
    throw error;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function migrateTables(sql: Sql, log: Log) {
  const count = async () => {
    const [exists] = await sql<
      [{ found: boolean }]
    >`select to_regclass('drizzle.__drizzle_migrations') is not null as found`;
    if (!exists.found) return 0;
    const [row] = await sql<[{ n: number }]>`select count(*)::int as n from drizzle.__drizzle_migrations`;
    return row.n;
  };
  const before = await count();
  try {
    await runMigrations(drizzle(sql), { migrationsFolder: path.join(folder, 'migrations') });
  } catch (error) {
    // A type or table exists already: these migrations do not continue those that made it.
    if (!['42710', '42P07'].includes(driverError(error)?.code ?? '')) throw error;
    throw new UnusableDatabaseError(
      'The database holds tables of another version of Wakachi: npm run db:reset begins again where it is the embedded one.',
    );
  }
  const after = await count();
  log(
    after === before
      ? `The tables are up to date (${after} migrations).`
      : `Applied ${after - before} of ${after} migrations.`,
  );
}

async function applyFunctions(sql: Sql, log: Log) {
  const files = readdirSync(path.join(folder, 'functions'))
    .filter((file) => file.endsWith('.sql'))
    .sort();
  await applyFiles(sql, files);
  const grants = path.join(folder, 'grants.sql');
  await applyText(sql, 'grants.sql', readIfPresent(grants));
  log(`Applied ${files.length} functions and the rights of ${APP_ROLE}.`);
}

async function applyFiles(sql: Sql, files: string[]) {
  for (const file of files) await applyText(sql, file, readIfPresent(path.join(folder, 'functions', file)));
}

async function applyText(sql: Sql, file: string, text: string) {
  if (!text) return;
  try {
    // One file is one simple query, and thereby one transaction.
    await sql.unsafe(text);
  } catch (error) {
    throw new Error(`${file} could not be applied: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

function readIfPresent(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Sentences for the failures that a person can do something about. */
function explained(error: unknown, ownerUrl: string): unknown {
  const { host, pathname } = new URL(ownerUrl);
  const where = `${host}${pathname}`;
  const code = driverError(error)?.code ?? '';
  if (['28P01', '28000'].includes(code))
    return new UnusableDatabaseError(`The database ${where} refuses the user or password of DATABASE_URL.`);
  if (code === '3D000') return new UnusableDatabaseError(`The database ${where} does not exist: create it first.`);
  if (/^(E[A-Z_]+|CONNECT\w*)$/.test(code))
    return new UnusableDatabaseError(`The database ${where} cannot be reached (${code}).`);
  if (['53100', 'ENOSPC'].includes(code))
    return new UnusableDatabaseError(`The disk of the database ${where} is full.`);
  return error;
}
