/** Starts the cluster of the tests before the first of them; after the last, stops it and that of the faults if they were not running. */
import { startCluster, stopCluster } from '../scripts/lib/postgres.mjs';

export default async function setup() {
  const cluster = await startCluster('test');
  return async () => {
    await stopCluster('faults');
    if (cluster.started) await cluster.stop();
  };
}
