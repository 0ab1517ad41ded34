/** The variables that every process of ours needs, from those that are set and what can be made. */
import { appUrl } from './app-role.mjs';
import { ensureDatabase, startCluster } from './postgres.mjs';
import { authSecret, StartError } from './state.mjs';

export const DATABASE = 'wakachi';

function assertDatabaseUrl(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    url = null;
  }
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2) {
    throw new StartError('DATABASE_URL is not usable: it has the form postgres://user:password@host:5432/database.');
  }
}

/**
 * DATABASE_URL as given, or that of the embedded cluster, which is started if need be; APP_DATABASE_URL and AUTH_SECRET likewise.
 *
 * @returns {Promise<{ env: Record<string, string>, cluster: object | null }>} `cluster` is null where DATABASE_URL was given.
 */
export async function databaseEnvironment(name = 'dev', database = DATABASE) {
  const secret = authSecret();
  if (secret.length < 32) throw new StartError('AUTH_SECRET is not usable: it needs at least 32 characters.');
  let url = process.env.DATABASE_URL;
  let cluster = null;
  if (url) {
    assertDatabaseUrl(url);
  } else {
    cluster = await startCluster(name);
    ({ url } = await ensureDatabase(cluster, database));
  }
  const app = (cluster ? '' : process.env.APP_DATABASE_URL) || appUrl(url, secret);
  return { env: { DATABASE_URL: url, APP_DATABASE_URL: app, AUTH_SECRET: secret }, cluster };
}
