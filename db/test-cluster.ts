/** Starts the cluster of the tests before the first of them, and stops it after the last if it was not running. */
import { startCluster } from '../scripts/lib/postgres.mjs';

export default async function setup() {
  const cluster = await startCluster('test');
  return async () => {
    if (cluster.started) await cluster.stop();
  };
}
