/**
 * The site: Next behind its front, in one process. Arguments: the port, and the host if not all of them are listened on. SIGTERM lets it answer what it
 * has taken (scripts/lib/drain.mjs, which is loaded first); then it ends.
 */
import http from 'node:http';
import next from 'next';
import { root } from './lib/state.mjs';

const [port = '3000', host] = process.argv.slice(2);

const app = next({ dir: root, port: Number(port), hostname: host ?? 'localhost', quiet: true });
await app.prepare();
// Our modules name some of Next's, which stand only on what it has prepared.
const { makeFront } = await import('@/front/front');
const { closeDatabase } = await import('@/db/client');
const front = makeFront(app.getRequestHandler());

let ending = false;
const server = http.createServer((incoming, outgoing) => {
  // A connection that is kept would go on asking.
  if (ending) outgoing.setHeader('connection', 'close');
  front(incoming, outgoing);
});
// As `next start` has it: longer than that of proxies in front would be safer, shorter keeps fewer sockets.
server.keepAliveTimeout = 5_000;

async function end() {
  if (ending) return;
  ending = true;
  await new Promise((closed) => server.close(closed));
  await app.close();
  await closeDatabase();
  process.exit(0);
}
process.once('SIGTERM', end);
process.once('SIGINT', end);

server.listen(Number(port), host);
