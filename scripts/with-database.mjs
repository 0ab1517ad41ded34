/**
 * Runs a TypeScript program with a database: node scripts/with-database.mjs scripts/verify.ts [arguments]
 * The embedded server is started if need be and goes on running, so that the next command is quick; `node scripts/pg.mjs stop` ends it.
 */
import { databaseEnvironment } from './lib/environment.mjs';
import { runToEnd, tsx } from './lib/processes.mjs';
import { StartError } from './lib/state.mjs';

try {
  const { env } = await databaseEnvironment();
  process.exitCode = await runToEnd(process.execPath, tsx(...process.argv.slice(2)), { env });
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
