/**
 * The embedded database by hand:
 *   node scripts/pg.mjs url [database]     starts the server if need be, makes the database, prints its owner's URL
 *   node scripts/pg.mjs super [database]   the same as the superuser, for faults and benchmarks
 *   node scripts/pg.mjs stop | where
 * `--test` addresses the cluster of the tests.
 */
import { ensureDatabase, startCluster, stopCluster } from './lib/postgres.mjs';
import { StartError, stateDirectory } from './lib/state.mjs';

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const [command = 'help', database = 'wakachi'] = words;
const name = process.argv.includes('--test') ? 'test' : 'dev';

const commands = {
  async url() {
    const { url } = await ensureDatabase(await startCluster(name), database);
    console.log(url);
  },
  async super() {
    const cluster = await startCluster(name);
    await ensureDatabase(cluster, database);
    console.log(cluster.superUrl(database));
  },
  async stop() {
    console.log((await stopCluster(name)) ? 'Stopped.' : 'It was not running.');
  },
  where() {
    console.log(stateDirectory());
  },
  help() {
    console.log('node scripts/pg.mjs url [database] | super [database] | stop | where [--test]');
  },
};

try {
  await (commands[command] ?? commands.help)();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
