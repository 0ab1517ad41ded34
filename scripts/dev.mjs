/** `npm run dev`: the site as it is being written, with the embedded database and the worker. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { next, tsx } from './lib/processes.mjs';
import { runSite } from './lib/site.mjs';
import { root } from './lib/state.mjs';

await runSite('dev', {
  processes(env, port) {
    const list = [{ name: 'site', args: [next, 'dev', '-p', String(port)], env }];
    if (existsSync(path.join(root, 'scripts/worker.ts')))
      list.push({ name: 'worker', args: tsx('scripts/worker.ts'), env });
    return list;
  },
  open: (port) => console.log(`\n  http://localhost:${port}   Ctrl-C stops it.\n`),
});
