/**
 * The site: Next behind its front, in one process. Arguments: the port, and the host if not all of them are listened on. SIGTERM lets it answer what it
 * has taken (scripts/lib/drain.mjs, which is loaded first); then it ends.
 */
import http from 'node:http';
import next from 'next';
import { root } from './lib/state.mjs';

const [port = '3000', host] = process.argv.slice(2);

const app = next({ dir: root, port: Number(port), hostname: host ?? 'localhost' });
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
// Whoever sends a request for longer than this wants something else than an answer.
server.requestTimeout = 60_000;

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

// Next keeps a process alive whatever is thrown in it; one that does not listen is of no use.
server.once('error', (error) => {
  console.error(error);
  process.exit(1);
});
server.listen(Number(port), host);
