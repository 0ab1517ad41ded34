/** Begins again with an empty embedded database: drops it, makes it, migrates and seeds it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DATABASE, databaseEnvironment } from './lib/environment.mjs';
import { dropDatabase, startCluster } from './lib/postgres.mjs';
import { runToEnd, tsx } from './lib/processes.mjs';
import { root, StartError } from './lib/state.mjs';

try {
  if (process.env.DATABASE_URL)
    throw new StartError('DATABASE_URL is set: only the embedded database is dropped by this command.');
  await dropDatabase(await startCluster('dev'), DATABASE);
  const { env } = await databaseEnvironment();
  for (const script of ['scripts/db-migrate.ts', 'scripts/db-seed.ts']) {
    if (!existsSync(path.join(root, script))) continue;
    process.exitCode = await runToEnd(process.execPath, tsx(script), { env });
    if (process.exitCode !== 0) break;
  }
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
