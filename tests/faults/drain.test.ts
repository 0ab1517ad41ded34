/** Fault 17 of TRUST.md at the socket: what the kernel has accepted for a busy process is answered after SIGTERM. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '@/scripts/lib/state.mjs';

const REQUESTS = 40;

async function answeredAfterSigterm(preload: string[]): Promise<number> {
  const server = spawn(process.execPath, [...preload, path.join(root, 'tests/faults/busy-server.mjs')], { cwd: root });
  const [port] = await once(server.stdout, 'data');
  const url = `http://127.0.0.1:${String(port).trim()}/`;
  const requests = Array.from({ length: REQUESTS }, () =>
    fetch(url, { headers: { connection: 'close' } }).then((response) => response.text()),
  );
  // One answer shows that all have been sent; the server is busy with the next ones now.
  await requests[0];
  server.kill('SIGTERM');
  const outcomes = await Promise.allSettled(requests);
  if (server.exitCode === null) await once(server, 'exit');
  return outcomes.filter((outcome) => outcome.status === 'fulfilled').length;
}

test('every request that had connected is answered', async () => {
  expect(await answeredAfterSigterm(['--import', './scripts/lib/drain.mjs'])).toBe(REQUESTS);
});

test('without it some are reset, which is why it is there', async () => {
  expect(await answeredAfterSigterm([])).toBeLessThan(REQUESTS);
});
