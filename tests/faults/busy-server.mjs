/** A server that is busy for a while with each request, and closes on SIGTERM as Next does. Prints its port. */
import http from 'node:http';

const server = http.createServer((_, response) => {
  for (const until = Date.now() + 20; Date.now() < until; );
  response.end('done');
});
process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
