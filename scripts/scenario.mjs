/**
 * Plays a scenario on a fresh database of the embedded cluster: npm run scenario -- scenarios/three-weeks.json [--export FILE]
 * The database is made and seeded at the scenario's start, and dropped at the next scenario; the site's own is not touched.
 */
import { readFileSync } from 'node:fs';
import { databaseEnvironment } from './lib/environment.mjs';
import { dropDatabase, startCluster } from './lib/postgres.mjs';
import { runToEnd, tsx } from './lib/processes.mjs';
import { StartError } from './lib/state.mjs';

const SCENARIO_DATABASE = 'wakachi_scenario';

try {
  const [file, ...rest] = process.argv.slice(2);
  if (!file) throw new StartError('Usage: npm run scenario -- <file> [--export FILE]');
  if (process.env.DATABASE_URL)
    throw new StartError(
      'DATABASE_URL is set: a scenario is played in a database of its own, on the embedded cluster.',
    );
  const { start } = JSON.parse(readFileSync(file, 'utf8'));
  await dropDatabase(await startCluster('dev'), SCENARIO_DATABASE);
  const { env } = await databaseEnvironment('dev', SCENARIO_DATABASE);
  for (const command of [
    ['scripts/db-migrate.ts'],
    ['scripts/db-seed.ts', '--freeze-at', String(start)],
    ['scripts/scenario.ts', file, ...rest],
  ]) {
    process.exitCode = await runToEnd(process.execPath, tsx(...command), { env });
    if (process.exitCode !== 0) break;
  }
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
