/**
 * Loaded into the site's process before Next. On SIGTERM Next closes its listening socket at once, and connections that the kernel has
 * established but a busy process has not taken yet are reset: it takes one a turn of the event loop. So the queue is closed to new ones first,
 * the process takes those that wait in it, and only then the socket is closed; Next then answers what it has taken.
 */
import http from 'node:http';

const QUIET_TURNS = 3;
const LIMIT_MS = 5_000;
const close = http.Server.prototype.close;

http.Server.prototype.close = function closeWhenTaken(done) {
  // Listening again with a queue of length 0 leaves in it what it holds, and lets nobody in.
  this._handle?.listen?.(0);
  const deadline = Date.now() + LIMIT_MS;
  let quiet = 0;
  this.on('connection', () => {
    quiet = 0;
  });
  const turn = () => {
    quiet += 1;
    if (quiet > QUIET_TURNS || Date.now() > deadline) close.call(this, done);
    else setTimeout(() => setImmediate(turn), 1);
  };
  turn();
  return this;
};
